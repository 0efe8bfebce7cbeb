/** Where the embedding of the workspace stands. */
export type EmbeddingState =
  | { readonly state: 'off' | 'ready' }
  /** Bytes while a model is fetched, files while their vectors are made. */
  | { readonly state: 'fetching' | 'embedding'; readonly done: number; readonly total: number }
  | { readonly state: 'failed'; readonly problem: string };
