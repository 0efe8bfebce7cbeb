/** Words by number, as `indexing/vocabulary.ts` has them. */
export interface Words {
  readonly size: number;
  text(id: number): string;
}

/** A longer list would cost more than a word is worth that nothing else speaks for. */
const MOST_WORDS = 24;
const KEY_CHARS = 2;

/** Finds the words that begin in a given way; follows the vocabulary as it grows. */
export class TypedWords {
  readonly #words: Words;
  readonly #byStart = new Map<string, number[]>();
  #known = 0;

  constructor(words: Words) {
    this.#words = words;
  }

  /** The commonest words that begin with `typed` but are longer; none for a single character, which tells too little. */
  beginningWith(typed: string, count: (id: number) => number): readonly number[] {
    if (typed.length < KEY_CHARS) return [];
    this.#follow();
    const fitting = (this.#byStart.get(typed.slice(0, KEY_CHARS)) ?? []).filter(id => {
      const text = this.#words.text(id);
      return text.length > typed.length && text.startsWith(typed) && count(id) > 0;
    });
    return fitting.sort((a, b) => count(b) - count(a) || a - b).slice(0, MOST_WORDS);
  }

  #follow(): void {
    for (; this.#known < this.#words.size; this.#known++) {
      const text = this.#words.text(this.#known);
      if (text.length <= KEY_CHARS || !/^[\p{L}_$]/u.test(text)) continue;
      const key = text.slice(0, KEY_CHARS);
      const list = this.#byStart.get(key);
      if (list) list.push(this.#known);
      else this.#byStart.set(key, [this.#known]);
    }
  }
}
