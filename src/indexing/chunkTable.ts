import { withRoom } from './growing.ts';

/** A chunk of an indexed file. Tokens count from the file's first; strings are ids of the vocabulary. */
export interface ChunkRow {
  /** Place of the file in the index. */
  readonly file: number;
  /** Lines count from 1, both ends included. */
  readonly startLine: number;
  readonly endLine: number;
  readonly startToken: number;
  readonly endToken: number;
  /** Line of the token at `startToken`; above or below `startLine` where blank lines meet the chunk's edge. */
  readonly tokenLine: number;
  readonly kind: number;
  /** -1 without a name. */
  readonly name: number;
  /** Line and tokens of the header, all 0 without one. */
  readonly headerLine: number;
  readonly headerStart: number;
  readonly headerEnd: number;
}

/** Integers of a row. */
export const COLUMNS = 11;
const KIND = 6;
const NAME = 7;

/** Chunks by id, eleven integers each, so that a hundred thousand of them load in one copy. */
export class ChunkTable {
  #rows: Int32Array;
  #size: number;

  constructor(rows: Int32Array = new Int32Array(0)) {
    this.#rows = rows;
    this.#size = rows.length / COLUMNS;
  }

  get size(): number {
    return this.#size;
  }

  get bytes(): number {
    return this.state().byteLength;
  }

  push(row: ChunkRow): number {
    this.#rows = withRoom(this.#rows, (this.#size + 1) * COLUMNS);
    const { file, startLine, endLine, startToken, endToken, tokenLine, kind, name } = row;
    const { headerLine, headerStart, headerEnd } = row;
    const own = [file, startLine, endLine, startToken, endToken, tokenLine, kind, name];
    this.#rows.set([...own, headerLine, headerStart, headerEnd], this.#size * COLUMNS);
    return this.#size++;
  }

  get(id: number): ChunkRow {
    const at = id * COLUMNS;
    const rows = this.#rows;
    return {
      file: rows[at]!,
      startLine: rows[at + 1]!,
      endLine: rows[at + 2]!,
      startToken: rows[at + 3]!,
      endToken: rows[at + 4]!,
      tokenLine: rows[at + 5]!,
      kind: rows[at + 6]!,
      name: rows[at + 7]!,
      headerLine: rows[at + 8]!,
      headerStart: rows[at + 9]!,
      headerEnd: rows[at + 10]!,
    };
  }

  fileOf(id: number): number {
    return this.#rows[id * COLUMNS]!;
  }

  tokenLineOf(id: number): number {
    return this.#rows[id * COLUMNS + 5]!;
  }

  /** All rows, valid until the next `push`. */
  state(): Int32Array {
    return this.#rows.subarray(0, this.#size * COLUMNS);
  }
}

/** Marks with 1 the vocabulary's ids that rows name. */
export function markChunkNames(rows: Int32Array, marks: Uint8Array): void {
  for (let at = 0; at < rows.length; at += COLUMNS) {
    marks[rows[at + KIND]!] = 1;
    if (rows[at + NAME]! >= 0) marks[rows[at + NAME]!] = 1;
  }
}

/** Names rows as `ids` gives the names, by old id; for when the vocabulary is numbered anew. */
export function renameChunks(rows: Int32Array, ids: Int32Array): void {
  for (let at = 0; at < rows.length; at += COLUMNS) {
    rows[at + KIND] = ids[rows[at + KIND]!]!;
    if (rows[at + NAME]! >= 0) rows[at + NAME] = ids[rows[at + NAME]!]!;
  }
}
