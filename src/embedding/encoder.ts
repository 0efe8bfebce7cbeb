/** Whether a text is what is searched for or what is found: some models want to be told. */
export type Role = 'query' | 'passage';

/** Turns texts into vectors of length 1, so that their product is their likeness. */
export interface Encoder {
  readonly dimensions: number;
  /** One vector a text, in their order. */
  encode(texts: readonly string[], role: Role): Promise<readonly Float32Array[]>;
  dispose(): Promise<void>;
}
