import type { CompletionContext } from './request.ts';

/** Where the embedding of the workspace stands. */
export type EmbeddingState =
  | { readonly state: 'off' | 'ready' }
  /** Bytes while a model is fetched, files while their vectors are made. */
  | { readonly state: 'fetching' | 'embedding'; readonly done: number; readonly total: number }
  | { readonly state: 'failed'; readonly problem: string };

/** What the engine needs of the embedding; `retrieval/embedded.ts` and `embedding/embeddings.ts` together are it. */
export interface Embedding {
  readonly state: EmbeddingState;
  use(model: string): void;
  /** Resolves when retrieval has an answer to this very place. */
  prepare(context: CompletionContext, signal: AbortSignal): Promise<void>;
  shutdown(): Promise<void>;
}
