import type { FileRecord } from './fileRecord.ts';

/**
 * What files held before they were typed in, by path: tokens of the text that was read from disk last. Saving what was
 * typed keeps it; another text from the disk, such as another branch's, ends it. Not kept with the index.
 */
export class EditedFiles {
  readonly #before = new Map<string, Uint32Array>();

  /** A text takes the place of a file's tokens, of which there are none if the file is new. */
  replaced({ path, size, mtimeMs }: FileRecord, tokens: () => Uint32Array): void {
    // Unsaved text has no size and no time.
    if (size !== 0 || mtimeMs !== 0) {
      this.forget(path);
      return;
    }
    const before = this.#before.get(path) ?? tokens();
    // The last one to be edited stands last.
    this.#before.delete(path);
    this.#before.set(path, before);
  }

  forget(path: string): void {
    this.#before.delete(path);
  }

  /** In the order in which they were typed in last. */
  get paths(): readonly string[] {
    return [...this.#before.keys()];
  }

  /** The tokens that such a file had before, none if it was new; undefined for all other files. */
  before(path: string): Uint32Array | undefined {
    return this.#before.get(path);
  }
}
