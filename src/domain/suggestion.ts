import type { Range } from './document.ts';

/** Who wrote a suggestion. */
export type Source = 'workspace' | 'retrieved-line' | 'openai';

/** A place in the workspace that a suggestion or a snippet comes from. Lines count from 1, both ends included. */
export interface Provenance {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  /** The retriever or expert that found the place. */
  readonly retriever: string;
  /** Comparable only within one retriever. */
  readonly score: number;
}

/** Ghost text, frozen once made. It keeps its id from birth to the last survival check. */
export interface Suggestion {
  readonly id: string;
  readonly text: string;
  /** What `text` replaces; stays within the cursor's line. */
  readonly range: Range;
  readonly source: Source;
  /** Probability that all of `text` is what the user wants, 0 to 1. */
  readonly confidence: number;
  readonly provenance: readonly Provenance[];
}
