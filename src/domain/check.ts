/** A text that is to be judged as if a model had made it for the place between `prefix` and `suffix`. */
export interface CheckRequest {
  /** Slash-separated path within a workspace; no file need be there. */
  readonly path: string;
  /** A VS Code language id. */
  readonly languageId: string;
  readonly prefix: string;
  readonly text: string;
  readonly suffix: string;
  /** Tell also whether it parses, which takes several parses of the whole document. */
  readonly parses?: boolean;
}

/** What the guards make of it, in the order in which a suggestion would meet them. */
export interface CheckReport {
  readonly verdict: 'kept' | 'repaired' | 'refused' | 'undecided';
  /** What may be shown; of a refused text, what was refused. */
  readonly text: string;
  /** The guard that decided, and why; null if every guard kept the text as it is. */
  readonly guard: string | null;
  readonly reason: string | null;
  /** What makes a guard that keeps it less sure of it, one sentence each. */
  readonly doubts: readonly string[];
  /** What the guards took, in milliseconds. */
  readonly ms: number;
  /**
   * Whether the document with the text as it was given, not as it was repaired, has no more syntax errors than without
   * the line, or could go on to have none; taking all the time it needs. Null where nobody asked or where there is no grammar.
   */
  readonly parses: boolean | null;
}
