import { renamed } from './renaming.ts';

/** Words by number, as `indexing/vocabulary.ts` has them. */
export interface Words {
  find(text: string): number | undefined;
  text(id: number): string;
}

/** Ids of words that are in no vocabulary; far above those of words that are. */
const FIRST_MADE = 0xfe_0000;
const MOST_MADE = 0xffff;

/** Names made while one question is answered. What is not in the vocabulary gets an id that means nothing elsewhere. */
export class MadeNames {
  readonly #words: Words;
  readonly #texts: string[] = [];
  readonly #ids = new Map<string, number>();
  readonly #known = new Map<number, number>();

  constructor(words: Words) {
    this.#words = words;
  }

  text(id: number): string {
    return id < FIRST_MADE ? this.#words.text(id) : (this.#texts[id - FIRST_MADE] ?? '');
  }

  /** What a name would be called where `theirs` is called `ours`; -1 if that does not tell. All are ids. */
  renamed(name: number, theirs: number, ours: number): number {
    // Three ids of 24 bits do not fit a whole number, but a clash within one question is a matter of luck.
    const key = (name * 0x100_0193 + theirs) * 0x100_0193 + ours;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const made = renamed(this.text(name), this.text(theirs), this.text(ours));
    const id = made === undefined ? -1 : this.idOf(made);
    this.#known.set(key, id);
    return id;
  }

  /** The id of a word, in the vocabulary or not; -1 if there is no more room. */
  idOf(text: string): number {
    const known = this.#words.find(text) ?? this.#ids.get(text);
    if (known !== undefined) return known;
    if (this.#texts.length === MOST_MADE) return -1;
    const id = FIRST_MADE + this.#texts.push(text) - 1;
    this.#ids.set(text, id);
    return id;
  }
}
