import type { CompletionContext } from '../domain/request.ts';

/** A place that may help with what is written at the cursor. Lines count from 1, both ends included. */
export interface Found {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  /** The first line behind a place that is like the cursor's, where there is one. */
  readonly next?: number;
  /** Comparable only within one retriever. */
  readonly score: number;
}

/** One way to find such places. */
export interface Retriever {
  readonly name: string;
  /** Best first; the same context and workspace give the same places in the same order. */
  retrieve(context: CompletionContext): readonly Found[];
}

/** What one retriever found at a place, best first. */
export interface Findings {
  readonly retriever: string;
  readonly found: readonly Found[];
}
