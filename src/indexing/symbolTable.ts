import { SYMBOL_KINDS, type SymbolKind, type SymbolSpan } from '../syntax/symbols.ts';
import { withRoom } from './growing.ts';

/** Integers that a file's record keeps of a symbol: name, container, kind, two lines. */
const RECORD_COLUMNS = 5;
/** The table adds the file in front. */
export const COLUMNS = RECORD_COLUMNS + 1;
const FILE = 0;
const NAME = 1;
const CONTAINER = 2;
const KIND = 3;
const START_LINE = 4;
const SIGNATURE_END_LINE = 5;
const NOBODY = -1;

/** The places of a file's symbols, which follow each other; end excluded. */
export interface SymbolRange {
  firstSymbol: number;
  endSymbol: number;
}

/** A row, with numbers for names (ids of the vocabulary) and for the file (its place in the index). */
export interface SymbolRow {
  readonly file: number;
  readonly name: number;
  /** -1 without one. */
  readonly container: number;
  readonly kind: SymbolKind;
  /** Lines count from 1, both ends included (`syntax/symbols.ts`). */
  readonly startLine: number;
  readonly signatureEndLine: number;
}

/** A file's symbols as integers; names are places in `strings`, and what has no such name is left out. */
export function packSymbols(symbols: readonly SymbolSpan[], strings: readonly string[]): Int32Array {
  const ids = new Map(strings.map((text, id) => [text, id]));
  const packed: number[] = [];
  for (const { kind, name, container, startLine, signatureEndLine } of symbols) {
    const id = ids.get(name);
    if (id === undefined) continue;
    const holder = container === undefined ? undefined : ids.get(container);
    packed.push(id, holder ?? NOBODY, SYMBOL_KINDS.indexOf(kind), startLine, signatureEndLine);
  }
  return Int32Array.from(packed);
}

/** The symbols of all files, to be found by the name of their container: chains through one table. */
export class SymbolTable {
  #rows: Int32Array;
  #size: number;
  readonly #byContainer = new Chains();

  constructor(rows: Int32Array = new Int32Array(0)) {
    this.#rows = rows;
    this.#size = rows.length / COLUMNS;
    for (let row = 0; row < this.#size; row++) this.#link(row);
  }

  get size(): number {
    return this.#size;
  }

  get bytes(): number {
    return this.state().byteLength + this.#byContainer.bytes;
  }

  /** Adds what `packSymbols` made of a file; `ids` gives the vocabulary's id for each of the file's strings. */
  add(file: number, packed: Int32Array, ids: ArrayLike<number>): SymbolRange {
    const firstSymbol = this.#size;
    this.#rows = withRoom(this.#rows, (this.#size + packed.length / RECORD_COLUMNS) * COLUMNS);
    for (let from = 0; from < packed.length; from += RECORD_COLUMNS) {
      const to = this.#size * COLUMNS;
      this.#rows[to + FILE] = file;
      for (let column = 0; column < RECORD_COLUMNS; column++)
        this.#rows[to + 1 + column] = packed[from + column]!;
      this.#rows[to + NAME] = ids[this.#rows[to + NAME]!]!;
      const container = this.#rows[to + CONTAINER]!;
      if (container !== NOBODY) this.#rows[to + CONTAINER] = ids[container]!;
      this.#link(this.#size++);
    }
    return { firstSymbol, endSymbol: this.#size };
  }

  remove({ firstSymbol, endSymbol }: SymbolRange): void {
    for (let row = firstSymbol; row < endSymbol; row++) this.#rows[row * COLUMNS + FILE] = NOBODY;
  }

  /** What `add` was given; `ids` gives the file's own number of a word. */
  packed({ firstSymbol, endSymbol }: SymbolRange, ids: ReadonlyMap<number, number>): Int32Array {
    const packed: number[] = [];
    for (let row = firstSymbol; row < endSymbol; row++) {
      const [, name, container, ...rest] = this.#rows.subarray(row * COLUMNS, (row + 1) * COLUMNS);
      packed.push(ids.get(name!)!, container === NOBODY ? NOBODY : ids.get(container!)!, ...rest);
    }
    return Int32Array.from(packed);
  }

  get(row: number): SymbolRow {
    const rows = this.#rows;
    const at = row * COLUMNS;
    return {
      file: rows[at + FILE]!,
      name: rows[at + NAME]!,
      container: rows[at + CONTAINER]!,
      kind: SYMBOL_KINDS[rows[at + KIND]!]!,
      startLine: rows[at + START_LINE]!,
      signatureEndLine: rows[at + SIGNATURE_END_LINE]!,
    };
  }

  /** The file of a row. */
  fileOf(row: number): number {
    return this.#rows[row * COLUMNS + FILE]!;
  }

  /** The members of all types and modules of a name, last added first. */
  *membersOf(container: number): Generator<number> {
    for (const row of this.#byContainer.at(container)) {
      if (this.#rows[row * COLUMNS + FILE] !== NOBODY) yield row;
    }
  }

  /** The same without what was removed; `files` are those that are left, by their new numbers. */
  renumbered(files: readonly SymbolRange[]): SymbolTable {
    const kept = new SymbolTable();
    for (const [file, range] of files.entries()) {
      const firstSymbol = kept.size;
      for (let row = range.firstSymbol; row < range.endSymbol; row++) {
        const [, ...rest] = this.#rows.subarray(row * COLUMNS, (row + 1) * COLUMNS);
        kept.#push([file, ...rest]);
      }
      range.firstSymbol = firstSymbol;
      range.endSymbol = kept.size;
    }
    return kept;
  }

  /** All rows, valid until the next `add`. */
  state(): Int32Array {
    return this.#rows.subarray(0, this.#size * COLUMNS);
  }

  #push(columns: readonly number[]): void {
    this.#rows = withRoom(this.#rows, (this.#size + 1) * COLUMNS);
    this.#rows.set(columns, this.#size * COLUMNS);
    this.#link(this.#size++);
  }

  #link(row: number): void {
    const at = row * COLUMNS;
    if (this.#rows[at + FILE] === NOBODY) return;
    if (this.#rows[at + CONTAINER] !== NOBODY) this.#byContainer.add(this.#rows[at + CONTAINER]!, row);
  }
}

/** Names rows as `ids` gives the names, by old id; for when the vocabulary is numbered anew. */
export function renameSymbols(rows: Int32Array, ids: Int32Array): void {
  for (let at = 0; at < rows.length; at += COLUMNS) {
    if (rows[at + FILE] === NOBODY) continue;
    rows[at + NAME] = ids[rows[at + NAME]!]!;
    if (rows[at + CONTAINER] !== NOBODY) rows[at + CONTAINER] = ids[rows[at + CONTAINER]!]!;
  }
}

/** Marks with 1 the vocabulary's ids that rows name. */
export function markSymbolNames(rows: Int32Array, marks: Uint8Array): void {
  for (let at = 0; at < rows.length; at += COLUMNS) {
    if (rows[at + FILE] === NOBODY) continue;
    marks[rows[at + NAME]!] = 1;
    if (rows[at + CONTAINER] !== NOBODY) marks[rows[at + CONTAINER]!] = 1;
  }
}

/** For each key a chain of rows, newest first. */
class Chains {
  /** By key: the newest row and one, 0 for none. */
  #heads = new Int32Array(1 << 10);
  /** By row: the next older one of its key, and one. */
  #next = new Int32Array(1 << 10);
  #keys = 0;
  #rows = 0;

  get bytes(): number {
    return (this.#keys + this.#rows) * Int32Array.BYTES_PER_ELEMENT;
  }

  add(key: number, row: number): void {
    this.#keys = Math.max(this.#keys, key + 1);
    this.#rows = row + 1;
    this.#heads = withRoom(this.#heads, this.#keys);
    this.#next = withRoom(this.#next, this.#rows);
    this.#next[row] = this.#heads[key]!;
    this.#heads[key] = row + 1;
  }

  *at(key: number): Generator<number> {
    for (let row = this.#heads[key] ?? 0; row > 0; row = this.#next[row - 1]!) yield row - 1;
  }
}
