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
      for (let place = 0; place < tokens.length; place++) {
        const word = tokens[place]! & ID_MASK;
        if (this.#words[word]!++ === 0) words.push(word);
      }
    }
    const terms: number[] = [];
    for (const word of words) {
      const occurrences = this.#words[word]!;
      this.#words[word] = 0;
      for (let place = 0; ; place++) {
        const term = this.#vocabulary.termAt(word, place);
        if (term < 0) break;
        this.#terms = withRoom(this.#terms, term + 1);
        if (this.#terms[term] === 0) terms.push(term);
        this.#terms[term]! += occurrences;
      }
    }
    const distinct = Int32Array.from(terms);
    const counts = new Int32Array(terms.length);
    for (let place = 0; place < terms.length; place++) {
      counts[place] = this.#terms[terms[place]!]!;
      this.#terms[terms[place]!] = 0;
    }
    return { terms: distinct, counts };
  }
}
