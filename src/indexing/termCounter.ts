import { withRoom } from './growing.ts';
import { ID_MASK } from './lexer.ts';
import type { TermCounts } from './postings.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Counts the terms of token sequences; keeps its scratch memory between two of them. */
export class TermCounter {
  readonly #vocabulary: Vocabulary;
  #words = new Int32Array(1 << 12);
  #terms = new Int32Array(1 << 12);

  constructor(vocabulary: Vocabulary) {
    this.#vocabulary = vocabulary;
  }

  /** `tokens` carry ids of the vocabulary. The terms come in the order in which they first stand there. */
  count(...stretches: readonly Uint32Array[]): TermCounts {
    this.#words = withRoom(this.#words, this.#vocabulary.size);
    const words: number[] = [];
    // Words first: a chunk repeats most of its words, and each has several terms.
    for (const tokens of stretches) {
      for (const token of tokens) {
        const word = token & ID_MASK;
        if (this.#words[word]!++ === 0) words.push(word);
      }
    }
    const terms: number[] = [];
    for (const word of words) {
      const occurrences = this.#words[word]!;
      this.#words[word] = 0;
      for (const term of this.#vocabulary.termsOf(word)) {
        this.#terms = withRoom(this.#terms, term + 1);
        if (this.#terms[term] === 0) terms.push(term);
        this.#terms[term]! += occurrences;
      }
    }
    const counts = Int32Array.from(terms, term => this.#terms[term]!);
    for (const term of terms) this.#terms[term] = 0;
    return { terms: Int32Array.from(terms), counts };
  }
}
