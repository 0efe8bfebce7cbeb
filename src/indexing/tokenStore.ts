import { ID_MASK } from './lexer.ts';

/** Stands before every file and in the place of every removed one; no vocabulary gives this id to a word. */
export const BOUNDARY = ID_MASK;

/**
 * Context lengths that have a hash chain of their own. One finds the many places where any continuation has been
 * seen, six is about as long as contexts in code stay frequent enough to be worth a chain.
 */
export const ORDERS = [1, 2, 3, 6] as const;

/**
 * Chain heads of a small and of a large store, as powers of two. 2^18 lost no accuracy against 2^22 in the prototype
 * and halved the memory; a workspace has many families with a few files each, for which even that would be a waste.
 */
const FEWEST_HEADS = 10;
const MOST_HEADS = 18;

/**
 * The packed tokens (`lexer.ts`) of all files of one language family, one after the other, with LZ77-style hash
 * chains: for each order, the place before which the same context stood last. Appending is cheap; a removed file is
 * overwritten with `BOUNDARY`, which no context matches, until `codeIndex` rebuilds the store.
 */
export class TokenStore {
  #tokens = new Uint32Array(1 << 12);
  #length = 0;
  /** Where the last append began, if it can still be taken back. */
  #lastStart = -1;
  /** For each order and place: the previous place after the same hashed context, or -1. */
  #previous = ORDERS.map(() => new Int32Array(1 << 12));
  #headBits = FEWEST_HEADS;
  #heads = headsOf(FEWEST_HEADS);

  get length(): number {
    return this.#length;
  }

  /** The tokens themselves; valid until the next `append`. */
  get tokens(): Uint32Array {
    return this.#tokens.subarray(0, this.#length);
  }

  /** Bytes held, for reports. */
  get bytes(): number {
    const chains = this.#previous.reduce((sum, chain) => sum + chain.byteLength, 0);
    const heads = this.#heads.reduce((sum, head) => sum + head.byteLength, 0);
    return this.#tokens.byteLength + chains + heads;
  }

  /** Adds one file's tokens and returns the place of the first. */
  append(tokens: Uint32Array): number {
    this.reserve(this.#length + tokens.length + 1);
    this.#tokens[this.#length] = BOUNDARY;
    const start = this.#length + 1;
    this.#tokens.set(tokens, start);
    this.#length = start + tokens.length;
    this.#lastStart = start;
    if (this.#length > 1 << this.#headBits && this.#headBits < MOST_HEADS) this.#linkAll();
    else this.#link(start, this.#length);
    return start;
  }

  /**
   * Forgets the tokens from `start` to `end`, end excluded. What was appended last leaves no trace: a file that is
   * typed in is replaced again and again, and its dead places would use up every walk.
   */
  kill(start: number, end: number): void {
    if (start === this.#lastStart && end === this.#length) this.#takeBack(start);
    else this.#tokens.fill(BOUNDARY, start, end);
  }

  /**
   * Calls `visit` with places, newest first, that are preceded by the last `ORDERS[orderIndex]` tokens of `context`
   * (compared by id), until `visit` returns false or `steps` links have been followed.
   */
  walk(
    orderIndex: number,
    context: Uint32Array,
    end: number,
    steps: number,
    visit: (place: number) => boolean,
  ): void {
    const order = ORDERS[orderIndex]!;
    if (end < order) return;
    const chain = this.#previous[orderIndex]!;
    const tokens = this.#tokens;
    let place = this.#heads[orderIndex]![slotOf(context, end, order, this.#headBits)]!;
    for (let step = 0; place >= 0 && step < steps; step++, place = chain[place]!) {
      let same = 1;
      while (same <= order && ((tokens[place - same]! ^ context[end - same]!) & ID_MASK) === 0) same++;
      if (same > order && !visit(place)) return;
    }
  }

  /** A store of raw tokens, boundaries included. Chains are made anew, which is as fast as reading them would be. */
  static from(tokens: Uint32Array): TokenStore {
    const store = new TokenStore();
    store.reserve(tokens.length);
    store.#tokens.set(tokens);
    store.#length = tokens.length;
    store.#linkAll();
    return store;
  }

  /** Puts the places of one file at the heads of their chains. */
  #link(start: number, end: number): void {
    ORDERS.forEach((order, o) => {
      const chain = this.#previous[o]!;
      const heads = this.#heads[o]!;
      for (let place = start + order; place < end; place++) {
        const slot = slotOf(this.#tokens, place, order, this.#headBits);
        chain[place] = heads[slot]!;
        heads[slot] = place;
      }
    });
  }

  /** Makes all chains anew, with as many heads as the store's size asks for. */
  #linkAll(): void {
    while (this.#headBits < MOST_HEADS && this.#length > 1 << this.#headBits) this.#headBits += 2;
    this.#heads = headsOf(this.#headBits);
    for (let start = 1; start <= this.#length; ) {
      let end = start;
      while (end < this.#length && this.#tokens[end] !== BOUNDARY) end++;
      this.#link(start, end);
      start = end + 1;
    }
  }

  /** Every place from `start` on is the head of its chain once those after it have gone. */
  #takeBack(start: number): void {
    ORDERS.forEach((order, o) => {
      const chain = this.#previous[o]!;
      const heads = this.#heads[o]!;
      for (let place = this.#length - 1; place >= start + order; place--) {
        heads[slotOf(this.#tokens, place, order, this.#headBits)] = chain[place]!;
      }
    });
    this.#length = start - 1;
    this.#lastStart = -1;
  }

  /** Makes room for so many tokens in all. */
  reserve(length: number): void {
    if (length <= this.#tokens.length) return;
    const capacity = Math.max(length, Math.ceil(this.#tokens.length * 1.25));
    const tokens = new Uint32Array(capacity);
    tokens.set(this.#tokens);
    this.#tokens = tokens;
    this.#previous = this.#previous.map(chain => {
      const larger = new Int32Array(capacity);
      larger.set(chain);
      return larger;
    });
  }
}

function headsOf(bits: number): Int32Array[] {
  return ORDERS.map(() => new Int32Array(1 << bits).fill(-1));
}

/** Chain head of the `order` tokens before `place`. Multiplicative hashing (Knuth, TAOCP 3, 6.4). */
function slotOf(tokens: Uint32Array, place: number, order: number, bits: number): number {
  let hash = order;
  for (let back = 1; back <= order; back++) {
    hash = Math.imul(hash ^ (tokens[place - back]! & ID_MASK), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  return hash >>> (32 - bits);
}
