import type { SymbolKind } from '../syntax/symbols.ts';
import { type SymbolRange, SymbolTable } from './symbolTable.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Where something with a name is defined. Lines count from 1, both ends included (`syntax/symbols.ts`). */
export interface Definition {
  readonly path: string;
  readonly languageId: string;
  readonly name: string;
  /** The type or module that it is a member of. */
  readonly container?: string;
  readonly kind: SymbolKind;
  readonly startLine: number;
  readonly signatureEndLine: number;
}

interface DefiningFile extends SymbolRange {
  readonly path: string;
  readonly languageId: string;
}

/** What the files of an index define: each file's own, and the members of a type wherever they stand. */
export class Definitions {
  readonly #vocabulary: Vocabulary;
  readonly #fileAt: (place: number) => DefiningFile;
  #table: SymbolTable;

  /** `fileAt` gives a file by its place in the index; `rows` are those of an earlier `state`. */
  constructor(vocabulary: Vocabulary, fileAt: (place: number) => DefiningFile, rows?: Int32Array) {
    this.#vocabulary = vocabulary;
    this.#fileAt = fileAt;
    this.#table = new SymbolTable(rows);
  }

  get bytes(): number {
    return this.#table.bytes;
  }

  /** Adds a file's symbols (`packSymbols`); `ids` gives the vocabulary's id for each of the file's strings. */
  add(place: number, packed: Int32Array, ids: ArrayLike<number>): SymbolRange {
    return this.#table.add(place, packed, ids);
  }

  remove(range: SymbolRange): void {
    this.#table.remove(range);
  }

  /** Drops what was removed; the files that are left get their place in `files` as number. */
  renumber(files: readonly SymbolRange[]): void {
    this.#table = this.#table.renumbered(files);
  }

  /**
   * The members of the types and modules of a name, last indexed first: those that stand in the file `path`, if that is
   * given, and of them the first indexed ones, if there are more than `most`.
   */
  membersOf(container: string, path?: string, most: number = Number.POSITIVE_INFINITY): Definition[] {
    const id = this.#vocabulary.find(container);
    if (id === undefined) return [];
    const rows: number[] = [];
    for (const row of this.#table.membersOf(id)) {
      if (path === undefined || this.#fileAt(this.#table.fileOf(row)).path === path) rows.push(row);
    }
    return this.#definitions(rows.slice(-most));
  }

  /** What a file defines, in its order. */
  within({ firstSymbol, endSymbol }: SymbolRange): Definition[] {
    return this.#definitions(Array.from({ length: endSymbol - firstSymbol }, (_, i) => firstSymbol + i));
  }

  /** A file's symbols as they were added; `ids` gives the file's own number of each of its words. */
  packed(range: SymbolRange, ids: ReadonlyMap<number, number>): Int32Array {
    return this.#table.packed(range, ids);
  }

  /** All rows, valid until the next `add`. */
  state(): Int32Array {
    return this.#table.state();
  }

  #definitions(rows: Iterable<number>): Definition[] {
    return Array.from(rows, row => {
      const { file, name, container, ...rest } = this.#table.get(row);
      const { path, languageId } = this.#fileAt(file);
      const definition = { path, languageId, name: this.#vocabulary.text(name), ...rest };
      return container < 0 ? definition : { ...definition, container: this.#vocabulary.text(container) };
    });
  }
}
