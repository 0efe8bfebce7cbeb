import type { CodeIndex } from './codeIndex.ts';
import type { Typings } from './typings.ts';

export interface KnowledgeParts {
  readonly index: () => CodeIndex;
  /** Whether the index agrees with the disk, as far as is known. */
  readonly settled: () => boolean;
  /** The text of a file of the workspace as it is now, without waiting; undefined if there is none. */
  readonly read: (path: string) => string | undefined;
  readonly typings: Typings;
}

/** What the index can tell at once of names and files, for the guards that ask whether something exists. */
export class Knowledge {
  readonly #parts: KnowledgeParts;
  /** Names of files and folders, and of how many files they were gathered. */
  #places: { readonly names: ReadonlySet<string>; readonly files: number } = { names: new Set(), files: 0 };

  constructor(parts: KnowledgeParts) {
    this.#parts = parts;
  }

  /** The workspace has been read, and there is something in it. */
  get ready(): boolean {
    return this.#parts.settled() && this.#parts.index().paths().length > 0;
  }

  /** Whether a name stands in an indexed file. The vocabulary also has words of texts that are gone by now. */
  has(name: string): boolean {
    const { vocabulary } = this.#parts.index();
    // A single letter names nothing and is not counted (`terms.ts`).
    if (name.length < 2) return true;
    return vocabulary.find(name) !== undefined && this.#parts.index().frequency(name.toLowerCase()) > 0;
  }

  /** Whether a file, with its ending, or a folder of the workspace is called so. */
  hasPlace(name: string): boolean {
    const paths = this.#parts.index().paths();
    if (this.#places.files !== paths.length) {
      this.#places = { names: new Set(paths.flatMap(path => path.split('/'))), files: paths.length };
    }
    return this.#places.names.has(name);
  }

  /** Whether the typings of a module, as a file sees it, have a name; undefined if that cannot be told now. */
  typed(module: string, name: string, path: string): boolean | undefined {
    return this.#parts.typings.has(module, name, path);
  }

  exists(path: string): boolean {
    return this.#parts.index().stamp(path) !== undefined || this.read(path) !== undefined;
  }

  read(path: string): string | undefined {
    return this.#parts.read(path);
  }
}
