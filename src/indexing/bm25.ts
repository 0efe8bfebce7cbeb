import { withRoom } from './growing.ts';
import type { Postings } from './postings.ts';

/**
 * BM25 (Robertson & Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009).
 * `k1`: how much a repeated term still counts, 0 not at all. `b`: how far long documents are held back, 0 not, 1 fully.
 */
export interface Bm25Parameters {
  readonly k1: number;
  readonly b: number;
}

export const BM25: Bm25Parameters = { k1: 1.2, b: 0.75 };

/** Rarity of a term that `frequency` of `documents` hold. The 1 inside keeps it positive, as in Lucene. */
export function idf(documents: number, frequency: number): number {
  return Math.log(1 + (documents - frequency + 0.5) / (frequency + 0.5));
}

/** What `count` occurrences in a document of `length` terms are worth, before the term's rarity. */
export function saturation(
  count: number,
  length: number,
  averageLength: number,
  { k1, b }: Bm25Parameters = BM25,
): number {
  return (count * (k1 + 1)) / (count + k1 * (1 - b + (b * length) / averageLength));
}

export interface Scored {
  readonly document: number;
  readonly score: number;
}

export interface RankOptions {
  readonly limit: number;
  /** Asked only for documents that are good enough to be among the best. */
  readonly accept?: (document: number) => boolean;
  /** Whether the first of two documents of equal score comes before the second. */
  readonly before?: (one: number, other: number) => boolean;
}

/** Finds the best documents, exactly: every posting of every query term is scored. */
export class Ranker {
  #scores = new Float64Array(0);
  #touched = new Int32Array(0);

  /** `query` has a weight for each term id. Best first. */
  top(postings: Postings, query: Iterable<readonly [term: number, weight: number]>, options: RankOptions) {
    const { documents, averageLength } = postings;
    this.#scores = withRoom(this.#scores, postings.size);
    this.#touched = withRoom(this.#touched, postings.size);
    const scores = this.#scores;
    const touched = this.#touched;
    let count = 0;
    for (const [term, weight] of query) {
      const worth = weight * idf(documents, postings.frequency(term));
      if (worth <= 0) continue;
      postings.visit(term, (document, occurrences, length) => {
        if (scores[document] === 0) touched[count++] = document;
        scores[document]! += worth * saturation(occurrences, length, averageLength);
      });
    }
    const best = new Best(options.limit, options.before ?? ((one, other) => one < other));
    for (let i = 0; i < count; i++) {
      const document = touched[i]!;
      const score = scores[document]!;
      scores[document] = 0;
      if (best.admits(document, score) && (options.accept?.(document) ?? true)) best.add(document, score);
    }
    return best.sorted();
  }
}

/** The `limit` best of what was added: a bounded heap with the worst on top. */
export class Best {
  readonly #limit: number;
  readonly #before: (one: number, other: number) => boolean;
  readonly #heap: Scored[] = [];

  constructor(limit: number, before: (one: number, other: number) => boolean) {
    this.#limit = limit;
    this.#before = before;
  }

  /** Whether `add` would keep it. */
  admits(document: number, score: number): boolean {
    if (this.#heap.length < this.#limit) return true;
    const worst = this.#heap[0];
    if (worst === undefined || score < worst.score) return false;
    return score > worst.score || this.#before(document, worst.document);
  }

  add(document: number, score: number): void {
    if (!this.admits(document, score)) return;
    const added = { document, score };
    if (this.#heap.length < this.#limit) this.#rise(added);
    else this.#sink(added);
  }

  /** Best first. */
  sorted(): readonly Scored[] {
    return [...this.#heap].sort((one, other) => (this.#better(one, other) ? -1 : 1));
  }

  #better(one: Scored, other: Scored): boolean {
    return one.score === other.score ? this.#before(one.document, other.document) : one.score > other.score;
  }

  #rise(item: Scored): void {
    const heap = this.#heap;
    let place = heap.length;
    heap.push(item);
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (!this.#better(heap[parent]!, item)) break;
      heap[place] = heap[parent]!;
      place = parent;
    }
    heap[place] = item;
  }

  /** Puts the item in the place of the worst. */
  #sink(item: Scored): void {
    const heap = this.#heap;
    let place = 0;
    for (;;) {
      let child = place * 2 + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && this.#better(heap[child]!, heap[child + 1]!)) child++;
      if (!this.#better(item, heap[child]!)) break;
      heap[place] = heap[child]!;
      place = child;
    }
    heap[place] = item;
  }
}
