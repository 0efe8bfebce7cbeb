/** A stretch of a file that is found and shown as one. Lines count from 1, both ends included. */
export interface Chunk {
  readonly startLine: number;
  readonly endLine: number;
  /** The tokens of those lines in the file's `tokens`, end excluded. */
  readonly startToken: number;
  readonly endToken: number;
  /** The tree-sitter node type, or `lines` where there is no grammar. */
  readonly kind: string;
  /** What the chunk declares, if it is one declaration. */
  readonly name?: string;
}

/** Everything the index keeps of one file: a pure function of its path and bytes, so that any thread can make it. */
export interface FileRecord {
  /** Slash-separated path within the workspace. */
  readonly path: string;
  readonly languageId: string;
  /** Bytes on disk and time of last change, to see cheaply that nothing changed. For unsaved text both are 0. */
  readonly size: number;
  readonly mtimeMs: number;
  /** Of the bytes. */
  readonly hash: string;
  readonly lines: number;
  /** Distinct token texts of this file (`lexer.ts`); a token's id is an index into it. */
  readonly strings: readonly string[];
  readonly tokens: Uint32Array;
  readonly chunks: readonly Chunk[];
}

/** Why a file is not in the index. Each reason is counted and told to the user. */
export type SkipReason =
  | 'ignored by git'
  | 'excluded by settings'
  | 'secret'
  | 'binary'
  | 'not UTF-8'
  | 'generated'
  | 'minified'
  | 'too large'
  | 'no language'
  | 'unreadable'
  | 'broken link'
  | 'over the source cap';
