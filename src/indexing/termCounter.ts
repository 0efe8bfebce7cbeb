import { withRoom } from './growing.ts';
import { ID_MASK } from './lexer.ts';
import type { TermCounts } from './postings.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Counts the terms of token sequences; keeps its scratch memory between two of them. */
export class TermCounter {
  readonly #vocabulary: Vocabulary;
  #words = new Int32Array(1 << 12);
  #terms = new Int32Array(1 << 12);
  #found = new Int32Array(1 << 10);
  #listed = new Int32Array(1 << 10);
  #counts = new Int32Array(1 << 10);

  constructor(vocabulary: Vocabulary) {
    this.#vocabulary = vocabulary;
  }

  /**
   * `tokens` carry ids of the vocabulary. The terms come in the order in which they first stand there; both arrays are
   * valid until the next count.
   */
  count(...stretches: readonly Uint32Array[]): TermCounts {
    const distinct = this.#countWords(stretches);
    let length = 0;
    for (let i = 0; i < distinct; i++) {
      const word = this.#found[i]!;
      const occurrences = this.#words[word]!;
      this.#words[word] = 0;
      for (let place = 0; ; place++) {
        const term = this.#vocabulary.termAt(word, place);
        if (term < 0) break;
        this.#terms = withRoom(this.#terms, term + 1);
        this.#listed = withRoom(this.#listed, length + 1);
        if (this.#terms[term] === 0) this.#listed[length++] = term;
        this.#terms[term]! += occurrences;
      }
    }
    this.#counts = withRoom(this.#counts, length);
    for (let i = 0; i < length; i++) {
      this.#counts[i] = this.#terms[this.#listed[i]!]!;
      this.#terms[this.#listed[i]!] = 0;
    }
    return { terms: this.#listed.subarray(0, length), counts: this.#counts.subarray(0, length) };
  }

  /** Words first: a chunk repeats most of its words, and each has several terms. How many there are. */
  #countWords(stretches: readonly Uint32Array[]): number {
    this.#words = withRoom(this.#words, this.#vocabulary.size);
    let distinct = 0;
    for (const tokens of stretches) {
      this.#found = withRoom(this.#found, distinct + tokens.length);
      for (let place = 0; place < tokens.length; place++) {
        const word = tokens[place]! & ID_MASK;
        if (this.#words[word]!++ === 0) this.#found[distinct++] = word;
      }
    }
    return distinct;
  }
}
