/** A stretch of a file that is found and shown as one. Lines count from 1, both ends included. */
export interface Chunk {
  readonly startLine: number;
  readonly endLine: number;
  /** The tokens of those lines in the file's `tokens`, end excluded. */
  readonly startToken: number;
  readonly endToken: number;
  /**
   * The tree-sitter node type of what is declared, `declarations` for several small ones of different types,
   * `statements` for what stands between them, or `lines` where there is no grammar.
   */
  readonly kind: string;
  /**
   * The line above the chunk that opens what it is a part of, such as the signature of a long function or the name of
   * a class. Its words count as the chunk's, too.
   */
  readonly header?: Header;
  /** What the chunk declares, if that is one thing. A long declaration's name stands at its first chunk. */
  readonly name?: string;
}

export interface Header {
  readonly line: number;
  /** Its tokens in the file's `tokens`, end excluded. */
  readonly startToken: number;
  readonly endToken: number;
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
  /** Distinct token texts of this file (`lexer.ts`); a token's id is an index into it. */
  readonly strings: readonly string[];
  readonly tokens: Uint32Array;
  readonly chunks: readonly Chunk[];
  /** What the file defines (`symbolTable.ts`, `packSymbols`). */
  readonly symbols: Int32Array;
}

/**
 * Why something is not in the index. Each reason is counted and told to the user; a folder that is left out whole is
 * never looked into and counts once.
 */
export type SkipReason =
  | 'ignored by git'
  | 'excluded by settings'
  | 'dependency or build folder'
  | 'secret'
  | 'binary'
  | 'not UTF-8'
  | 'generated'
  | 'minified'
  | 'too large'
  | 'in no known language'
  | 'unreadable'
  /** A link whose target is read at its own place, if it lies in the workspace at all. */
  | 'link'
  | 'broken link'
  | 'over the source cap';

/** A file or folder that was left out. */
export interface Skipped {
  /** Slash-separated path within the workspace. */
  readonly path: string;
  readonly skipped: SkipReason;
}
