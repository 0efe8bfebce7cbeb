/** The words that the windows of peers are compared by: identifiers in lower case, cut where letters and digits end. */
export function wordsIn(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Shared over all (Jaccard, 1901) of a set that stays and of a window that moves over lines. */
export class MovingJaccard {
  readonly #here: ReadonlySet<string>;
  readonly #counts = new Map<string, number>();
  #shared = 0;

  constructor(here: Iterable<string>) {
    this.#here = new Set(here);
  }

  add(words: readonly string[]): void {
    for (const word of words) {
      const count = this.#counts.get(word) ?? 0;
      this.#counts.set(word, count + 1);
      if (count === 0 && this.#here.has(word)) this.#shared++;
    }
  }

  remove(words: readonly string[]): void {
    for (const word of words) {
      const count = this.#counts.get(word)!;
      if (count > 1) this.#counts.set(word, count - 1);
      else {
        this.#counts.delete(word);
        if (this.#here.has(word)) this.#shared--;
      }
    }
  }

  /** 0 if there is nothing to share. */
  get similarity(): number {
    const all = this.#here.size + this.#counts.size - this.#shared;
    return all === 0 ? 0 : this.#shared / all;
  }
}
