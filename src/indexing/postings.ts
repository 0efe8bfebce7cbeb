import { withRoom } from './growing.ts';

/** The distinct terms of one document, each with how often it stands there. */
export interface TermCounts {
  readonly terms: Int32Array;
  readonly counts: Int32Array;
}

export interface PostingsState {
  readonly pool: Int32Array;
  readonly heads: Int32Array;
  readonly lengths: Int32Array;
}

/** A posting is one number: document in the high 24 bits, term frequency in the low 8. */
const FREQUENCY_BITS = 8;
const MOST_FREQUENT = 0xff;

/** Columns of `#heads`, for each term. */
const FIRST = 0;
const NEXT = 1;
const WRITTEN = 2;
const ALIVE = 3;
export const HEAD_COLUMNS = 4;
const COLUMNS = HEAD_COLUMNS;

/** Postings in a term's first slice; each further slice is twice as long. */
const FIRST_SLICE = 2;

/**
 * An inverted index that only grows at its end. The postings of a term stand in slices of doubling size, linked through
 * one pool of integers, so that a rare term takes little and a frequent one is read nearly in sequence: the layout of
 * Lucene's in-memory index (`ByteSlicePool`) and of Twitter's Earlybird (Busch et al., ICDE 2012). A removed document
 * leaves its postings behind, passed over when read, until all are `renumbered`.
 */
export class Postings {
  #pool: Int32Array;
  #poolLength: number;
  #heads: Int32Array;
  /** Terms in each document; 0 for one that is removed or was empty, which nothing can find either way. */
  #lengths: Int32Array;
  #size: number;
  /** Terms ever added are below it. */
  #terms: number;
  #documents = 0;
  #totalLength = 0;

  constructor(state?: PostingsState) {
    this.#pool = state?.pool ?? new Int32Array(1 << 12);
    this.#poolLength = state?.pool.length ?? 0;
    this.#heads = state?.heads ?? new Int32Array(COLUMNS << 10);
    this.#terms = (state?.heads.length ?? 0) / COLUMNS;
    this.#lengths = state?.lengths ?? new Int32Array(1 << 10);
    this.#size = state?.lengths.length ?? 0;
    for (let document = 0; document < this.#size; document++) {
      if (this.#lengths[document] === 0) continue;
      this.#documents++;
      this.#totalLength += this.#lengths[document]!;
    }
  }

  /** Documents ever added, removed ones included; ids are below it. */
  get size(): number {
    return this.#size;
  }

  /** Documents that can be found. */
  get documents(): number {
    return this.#documents;
  }

  get averageLength(): number {
    return this.#documents === 0 ? 0 : this.#totalLength / this.#documents;
  }

  get bytes(): number {
    const { pool, heads, lengths } = this.state();
    return pool.byteLength + heads.byteLength + lengths.byteLength;
  }

  /** Terms in the document, repetitions counted; 0 once it is removed. */
  lengthOf(document: number): number {
    return this.#lengths[document] ?? 0;
  }

  /** Documents that hold the term. */
  frequency(term: number): number {
    return this.#heads[term * COLUMNS + ALIVE] ?? 0;
  }

  /** Adds a document and returns its id. */
  add({ terms, counts }: TermCounts): number {
    const document = this.#size++;
    let length = 0;
    for (let i = 0; i < terms.length; i++) {
      this.#append(terms[i]!, (document << FREQUENCY_BITS) | Math.min(counts[i]!, MOST_FREQUENT));
      length += counts[i]!;
    }
    this.#lengths = withRoom(this.#lengths, this.#size);
    this.#lengths[document] = length;
    if (length > 0) this.#documents++;
    this.#totalLength += length;
    return document;
  }

  /** Removes a document; `terms` must be those that it was added with. */
  remove(document: number, terms: Int32Array): void {
    const length = this.#lengths[document] ?? 0;
    if (length === 0) return;
    for (const term of terms) this.#heads[term * COLUMNS + ALIVE]!--;
    this.#lengths[document] = 0;
    this.#documents--;
    this.#totalLength -= length;
  }

  /**
   * Calls `visit` with every document that holds the term, how often it does, and the document's length, in the order in
   * which they were added.
   */
  visit(term: number, visit: (document: number, count: number, length: number) => void): void {
    const head = term * COLUMNS;
    let left = this.#heads[head + WRITTEN] ?? 0;
    let slice = this.#heads[head + FIRST] ?? 0;
    const pool = this.#pool;
    const lengths = this.#lengths;
    for (let room = FIRST_SLICE; left > 0; room *= 2) {
      const end = slice + Math.min(room, left);
      for (let place = slice; place < end; place++) {
        const posting = pool[place]!;
        const document = posting >>> FREQUENCY_BITS;
        const length = lengths[document]!;
        if (length !== 0) visit(document, posting & MOST_FREQUENT, length);
      }
      left -= end - slice;
      slice = pool[slice + room]!;
    }
  }

  /** The documents under new ids, one for each old id; -1 leaves one out. Their order must stay the same. */
  renumbered(ids: Int32Array): Postings {
    const renumbered = new Postings();
    for (let term = 0; term < this.#terms; term++) {
      this.visit(term, (document, count) =>
        renumbered.#append(term, (ids[document]! << FREQUENCY_BITS) | count),
      );
    }
    const kept = ids.reduce((count, id) => (id < 0 ? count : count + 1), 0);
    const lengths = new Int32Array(kept);
    for (const [document, id] of ids.entries()) if (id >= 0) lengths[id] = this.#lengths[document]!;
    const { pool, heads } = renumbered.state();
    return new Postings({ pool: pool.slice(), heads, lengths });
  }

  /** Everything, valid until the next change. */
  state(): PostingsState {
    return {
      pool: this.#pool.subarray(0, this.#poolLength),
      heads: this.#heads.subarray(0, this.#terms * COLUMNS),
      lengths: this.#lengths.subarray(0, this.#size),
    };
  }

  #append(term: number, posting: number): void {
    const head = term * COLUMNS;
    this.#heads = withRoom(this.#heads, head + COLUMNS);
    this.#terms = Math.max(this.#terms, term + 1);
    const heads = this.#heads;
    const written = heads[head + WRITTEN]!;
    // Slices of 2, 4, 8 … postings are full after 2, 6, 14 …: two less than a power of two.
    if (((written + FIRST_SLICE) & (written + FIRST_SLICE - 1)) === 0) {
      const slice = this.#allocate(written + FIRST_SLICE);
      if (written === 0) heads[head + FIRST] = slice;
      else this.#pool[heads[head + NEXT]!] = slice;
      heads[head + NEXT] = slice;
    }
    this.#pool[heads[head + NEXT]!] = posting;
    heads[head + NEXT]!++;
    heads[head + WRITTEN]!++;
    heads[head + ALIVE]!++;
  }

  /** Room for `postings` and, after them, the link to the next slice. */
  #allocate(postings: number): number {
    const slice = this.#poolLength;
    this.#poolLength += postings + 1;
    this.#pool = withRoom(this.#pool, this.#poolLength);
    return slice;
  }
}

/** Marks with 1, of so many terms, those that some document holds. */
export function foundTerms({ heads }: PostingsState, count: number): Uint8Array {
  const marks = new Uint8Array(count);
  for (let term = 0; term < count; term++) if (heads[term * COLUMNS + ALIVE]! > 0) marks[term] = 1;
  return marks;
}
