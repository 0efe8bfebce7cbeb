import type { CheckReport, CheckRequest } from '../domain/check.ts';
import type { ContentChange, Position } from '../domain/document.ts';
import type { EmbeddingState } from '../domain/embedding.ts';
import type { GuardCounts } from '../domain/guardCounts.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { CompletionRequest } from '../domain/request.ts';
import type { Settings } from '../domain/settings.ts';
import type { Retrieved } from '../domain/snippet.ts';
import type { Trace } from '../domain/trace.ts';

export interface WorkspaceFolder {
  readonly name: string;
  /** Absolute path on disk. */
  readonly directory: string;
}

export interface Workspace {
  readonly folders: readonly WorkspaceFolder[];
  /** Nothing of an untrusted workspace is read, and nothing is sent. */
  readonly trusted: boolean;
  /** The editor's own globs, of `files.exclude` and `search.exclude`, that are switched on. */
  readonly filesExclude: readonly string[];
}

export interface OpenDocument {
  readonly uri: string;
  /** Absolute path on disk; undefined for untitled and virtual documents. */
  readonly file?: string;
  readonly languageId: string;
  readonly version: number;
  readonly text: string;
  /** The text differs from the disk. */
  readonly dirty: boolean;
  /** The text with which the user's edits began, if that is another. */
  readonly before?: string;
}

export interface FileChange {
  /** Absolute path; a directory stands for everything in it. */
  readonly file: string;
  readonly kind: 'written' | 'deleted';
}

export interface Answer {
  readonly outcome: Outcome;
  readonly trace: Trace;
}

/** A past answer, kept for `Wisp: Why No Suggestion?`. */
export interface Decision extends Answer {
  readonly at: number;
  readonly path: string;
  /** Zero-based. */
  readonly position: Position;
}

/** A name in a document, and the lines that define its type: absolute paths, lines from 1. */
export interface ResolvedName {
  readonly name: string;
  readonly lines: readonly { readonly file: string; readonly line: number }[];
}

/** What the index holds; `skipped` counts files left out, by reason. */
export interface IndexReport {
  readonly files: number;
  readonly chunks: number;
  readonly bytes: number;
  readonly skipped: Readonly<Record<string, number>>;
  readonly seconds: number;
  /** Files taken from the stored index without being read again. */
  readonly fromCache: number;
}

export interface EngineStatus {
  readonly index:
    | { readonly state: 'none' | 'ready' }
    | { readonly state: 'indexing'; readonly done: number; readonly total: number };
  readonly report: IndexReport;
  readonly model: 'none' | 'ready' | { readonly outage: string };
  readonly embedding: EmbeddingState;
}

export type ExportFormat = 'fim' | 'sft' | 'dpo' | 'kto';

export interface SearchRequest {
  readonly uri: string;
  readonly position: Position;
  /** Tokens that the snippets may take together; if left out, what a prompt has for them by the settings. */
  readonly budget?: number;
}

/**
 * The engine as its users see it. Every method takes one structured-cloneable value and a signal, and gives one back,
 * so that it can stand on another thread (`worker.ts`) or in this one (`base/port.ts`, `inProcess`).
 */
export interface EngineApi {
  configure(input: { settings: Settings; apiKey?: string }): void;
  openWorkspace(workspace: Workspace): void;
  open(document: OpenDocument): void;
  change(edit: { uri: string; version: number; changes: readonly ContentChange[] }): void;
  saved(document: { uri: string }): void;
  close(document: { uri: string }): void;
  filesChanged(changes: readonly FileChange[]): void;
  /** Never rejects: every ending is an `Outcome`. */
  complete(request: CompletionRequest, signal: AbortSignal): Promise<Answer>;
  /** Quiet until the given time, in milliseconds since the epoch; 0 ends it. */
  snooze(input: { until: number }): void;
  /** What `complete` answered last in this document is not shown; nor is it again soon, if it is wrong for a reason. */
  withheld(document: { uri: string; because?: string }): void;
  accepted(suggestion: { id: string }): void;
  dismissed(suggestion: { id: string }): void;
  cursorMoved(cursor: { uri: string; position: Position }): void;
  /** Lines of which something was copied or cut, from 0, both ends included. */
  copied(stretch: { uri: string; lines: readonly { start: number; end: number }[] }): void;
  /** What language servers say of the types of names in a document. */
  resolved(found: { uri: string; names: readonly ResolvedName[] }): void;
  /** What a prompt would be told at a place, and what not. Waits for the embedding model, if there is one. */
  search(request: SearchRequest, signal: AbortSignal): Promise<Retrieved>;
  /** What the guards say of a text that no model was asked for; leaves open documents alone. */
  check(request: CheckRequest): Promise<CheckReport>;
  /** Paths of the files in the index, sorted. */
  files(input: Record<string, never>): readonly string[];
  /** The last decisions, newest first; of one document if `uri` is given. */
  decisions(filter: { uri?: string }): readonly Decision[];
  /** What the guards did since the engine started. */
  guardCounts(input: Record<string, never>): GuardCounts;
  /** Forgets the index, reads everything again and reports when done. */
  reindex(input: Record<string, never>, signal: AbortSignal): Promise<IndexReport>;
  /** Resolves when the index agrees with the disk. */
  indexed(input: Record<string, never>, signal: AbortSignal): Promise<IndexReport>;
  exportFeedback(input: { format: ExportFormat; file: string }): Promise<{ records: number }>;
  status(input: Record<string, never>): EngineStatus;
  /** Writes what is pending to disk and stops. */
  shutdown(input: Record<string, never>): Promise<void>;
}

/** What the engine says unasked. */
export interface EngineEvents {
  status(status: EngineStatus): void;
  /** A stronger answer for this document has arrived: asking again will be a cache hit. */
  improved(at: { uri: string; version: number }): void;
  /** One per outage. */
  outage(outage: { message: string }): void;
  log(line: { level: 'info' | 'warn' | 'error'; message: string }): void;
}
