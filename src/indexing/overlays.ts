import type { LooseText } from './analyser.ts';
import { isAmong } from './comparison.ts';

/** The unsaved texts of open documents. Each stands in the index for the file on disk until that is written. */
export class Overlays {
  readonly #texts = new Map<string, LooseText>();
  readonly #pending = new Set<string>();
  readonly #placed = new Set<string>();

  /** Paths whose text stands in the index. */
  get placed(): ReadonlySet<string> {
    return this.#placed;
  }

  /** Texts that the index does not have yet. */
  get pending(): readonly LooseText[] {
    return [...this.#pending].map(path => this.#texts.get(path)!);
  }

  /** The newest text of a document. */
  set(text: LooseText): void {
    this.#texts.set(text.path, text);
    this.#pending.add(text.path);
  }

  /** The disk counts again. */
  drop(path: string): void {
    this.#texts.delete(path);
    this.#pending.delete(path);
    this.#placed.delete(path);
  }

  clear(): void {
    for (const path of [...this.#texts.keys()]) this.drop(path);
  }

  /** Whether a newer text, or a save, has come meanwhile. */
  isOutdated(text: LooseText): boolean {
    return this.#texts.get(text.path) !== text;
  }

  /** The text has been dealt with: it stands in the index, or may not. */
  done({ path }: LooseText, placed: boolean): void {
    this.#pending.delete(path);
    if (placed) this.#placed.add(path);
    else this.#placed.delete(path);
  }

  /** The texts at these paths and below have to be dealt with again: the index, or what may be read, is another. */
  again(paths: ReadonlySet<string>): void {
    for (const path of this.#texts.keys()) if (isAmong(paths, path)) this.#pending.add(path);
  }
}
