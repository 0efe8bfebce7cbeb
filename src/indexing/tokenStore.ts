import { type Context, hashAll, hashBefore } from './contexts.ts';
import { withRoom } from './growing.ts';
import { ID_MASK } from './lexer.ts';

/** Stands before every file and in the place of every removed one; no vocabulary gives this id to a word. */
export const BOUNDARY = ID_MASK;

/**
 * The contexts that have a hash chain of their own, at four bytes a token each. Two tokens find the many places where
 * any continuation has been seen, five are about as many as stay frequent enough in code to be worth a chain; the shapes
 * find places that are alike but for what things are called.
 */
const EXACT: readonly Context[] = [2, 5].map(order => ({ order, shape: false }));
const SHAPES: readonly Context[] = [4, 8].map(order => ({ order, shape: true }));
export const CONTEXTS: readonly Context[] = [...EXACT, ...SHAPES];

/**
 * Chain heads of a small and of a large store, as powers of two. 2^18 lost no accuracy against 2^22 in the prototype
 * and halved the memory; a workspace has many families with a few files each, for which even that would be a waste.
 */
const FEWEST_HEADS = 10;
/**
 * Tokens for each head, at most: several contexts may share one, and are told apart when they are walked. The prototype
 * was as accurate with 34 as with 9, and each halving costs half a byte a token.
 */
const PER_HEAD = 32;
const MOST_HEADS = 18;

/**
 * The packed tokens (`lexer.ts`) of all files of one language family, one after the other, with LZ77-style hash
 * chains: for each context, the place before which the same stood last. Appending is cheap; a removed file is
 * overwritten with `BOUNDARY`, which no context matches, until `codeIndex` rebuilds the store.
 */
export class TokenStore {
  #tokens = new Uint32Array(1 << 12);
  #length = 0;
  /** Where the last append began, if it can still be taken back. */
  #lastStart = -1;
  /** For each context and place: the previous place after the same hash of it, or -1. */
  #previous = CONTEXTS.map(() => new Int32Array(1 << 12));
  #headBits = FEWEST_HEADS;
  #heads = headsOf(FEWEST_HEADS);
  /** By id. */
  #counts = new Uint32Array(0);

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
    return this.#tokens.byteLength + this.#counts.byteLength + chains + heads;
  }

  /** Adds one file's tokens and returns the place of the first. */
  append(tokens: Uint32Array): number {
    this.#makeRoom(this.#length + tokens.length + 1);
    this.#tokens[this.#length] = BOUNDARY;
    const start = this.#length + 1;
    this.#tokens.set(tokens, start);
    this.#length = start + tokens.length;
    this.#count(start, this.#length, 1);
    this.#lastStart = start;
    if (bitsFor(this.#length) > this.#headBits) this.#linkAll(this.#length);
    else this.#link(start, this.#length);
    return start;
  }

  /**
   * Forgets the tokens from `start` to `end`, end excluded. What was appended last leaves no trace: a file that is
   * typed in is replaced again and again, and its dead places would use up every walk.
   */
  kill(start: number, end: number): void {
    this.#count(start, end, -1);
    if (start === this.#lastStart && end === this.#length) this.#takeBack(start);
    else this.#tokens.fill(BOUNDARY, start, end);
  }

  /** How often a word stands in the store. */
  count(id: number): number {
    return this.#counts[id] ?? 0;
  }

  /**
   * Calls `visit` with places, newest first, that are preceded by the last tokens of `context` as `CONTEXTS[which]`
   * tells, until `visit` returns false or `steps` links have been followed. Of a shape only the hash is compared.
   */
  walk(
    which: number,
    context: Uint32Array,
    end: number,
    steps: number,
    visit: (place: number) => boolean,
  ): void {
    const { order, shape } = CONTEXTS[which]!;
    if (end < order) return;
    const chain = this.#previous[which]!;
    const tokens = this.#tokens;
    const verified = shape ? 0 : order;
    let place = this.#heads[which]![hashBefore(context, end, CONTEXTS[which]!, this.#headBits)]!;
    for (let step = 0; place >= 0 && step < steps; step++, place = chain[place]!) {
      let same = 1;
      while (same <= verified && ((tokens[place - same]! ^ context[end - same]!) & ID_MASK) === 0) same++;
      if (same > verified && !visit(place)) return;
    }
  }

  /** A store of raw tokens, boundaries included. Chains are made anew, which is as fast as reading them would be. */
  static from(tokens: Uint32Array): TokenStore {
    const store = new TokenStore();
    store.#makeRoom(tokens.length);
    store.#tokens.set(tokens);
    store.#length = tokens.length;
    store.#count(0, tokens.length, 1);
    store.#linkAll(tokens.length);
    return store;
  }

  /** Puts the places of one file at the heads of their chains. */
  #link(start: number, end: number): void {
    const link = (c: number, slots: Int32Array) => {
      const chain = this.#previous[c]!;
      const heads = this.#heads[c]!;
      for (let place = start + CONTEXTS[c]!.order; place < end; place++) {
        const slot = slots[place - start]!;
        chain[place] = heads[slot]!;
        heads[slot] = place;
      }
    };
    const places = { start, from: start, end };
    hashAll(this.#tokens, places, EXACT, this.#headBits, link);
    hashAll(this.#tokens, places, SHAPES, this.#headBits, (c, slots) => link(EXACT.length + c, slots));
  }

  /** Makes all chains anew, with as many heads as so many tokens ask for. */
  #linkAll(length: number): void {
    this.#headBits = bitsFor(length);
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
    CONTEXTS.forEach((context, c) => {
      const chain = this.#previous[c]!;
      const heads = this.#heads[c]!;
      for (let place = this.#length - 1; place >= start + context.order; place--) {
        heads[hashBefore(this.#tokens, place, context, this.#headBits)] = chain[place]!;
      }
    });
    this.#length = start - 1;
    this.#lastStart = -1;
  }

  #count(start: number, end: number, change: 1 | -1): void {
    for (let place = start; place < end; place++) {
      const id = this.#tokens[place]! & ID_MASK;
      if (id === BOUNDARY) continue;
      if (id >= this.#counts.length) this.#counts = withRoom(this.#counts, id + 1);
      this.#counts[id]! += change;
    }
  }

  /** Makes room for so many tokens in all: until there are more, nothing is copied and no chain is made anew. */
  reserve(length: number): void {
    this.#makeRoom(length);
    if (bitsFor(length) > this.#headBits) this.#linkAll(length);
  }

  #makeRoom(length: number): void {
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

function bitsFor(length: number): number {
  let bits = FEWEST_HEADS;
  while (bits < MOST_HEADS && length > PER_HEAD << bits) bits++;
  return bits;
}

function headsOf(bits: number): Int32Array[] {
  return CONTEXTS.map(() => new Int32Array(1 << bits).fill(-1));
}
