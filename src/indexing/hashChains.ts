import { type Context, hashAll } from './contexts.ts';
import { letGo, memoryFor } from './growing.ts';

/** Chain heads of the smallest and of the largest chains, as powers of two. */
const FEWEST_BITS = 8;
const MOST_BITS = 13;
/**
 * Tokens for each head, at most: several contexts may share one, and are told apart when they are walked. The prototype
 * was as accurate with 34 as with 9.
 */
const PER_HEAD = 32;

/**
 * A place in a chain is one number: the low bits are one more than the place, the high ones a part of the hash that does
 * not say which chain it is, so that hardly a place of another context is taken for one.
 */
export const PLACE_BITS = 24;
export const PLACE_MASK = (1 << PLACE_BITS) - 1;
export const MARK_MASK = 0xff;
/** Of a place with too few tokens before it. Another that has it by chance, one of 2^32, is not found once packed. */
export const NO_HASH = 0;
/** Links followed in a walk: a rare context may share its chain with one that stands everywhere. */
const MOST_LINKS = 1_000;

/** Places that were found, and how many may be. */
export interface FoundPlaces {
  readonly places: Int32Array;
  count: number;
  most: number;
}

/**
 * LZ77-style hash chains over a stretch of tokens: for each context, the place before which the same stood last. They
 * take eight bytes a token and context; `PackedChains` tell the same in a quarter of that, but cannot grow.
 */
export class HashChains {
  readonly #contexts: readonly Context[];
  #base: number;
  /** So many tokens can be linked. */
  readonly room: number;
  /** Of the number of heads the logarithm to base 2. */
  readonly bits: number;
  #end: number;
  /** For each context and place from `base`: its hash. */
  readonly hashes: readonly Int32Array[];
  /** For each context and place: the previous place in the same chain, or 0; counted from `base`. */
  readonly #previous: readonly Int32Array[];
  /** For each context and chain: its last place. */
  readonly #heads: readonly Int32Array[];
  /** Of all of these. */
  readonly #memory: ArrayBuffer;

  constructor(contexts: readonly Context[], base: number, room: number) {
    this.#contexts = contexts;
    this.#base = base;
    this.room = room;
    this.bits = bitsFor(room);
    this.#end = base;
    const lengths = [room, room, 1 << this.bits];
    const words = contexts.length * lengths.reduce((sum, length) => sum + length, 0);
    this.#memory = memoryFor(words * Int32Array.BYTES_PER_ELEMENT);
    let at = 0;
    const [hashes, previous, heads] = lengths.map(length =>
      contexts.map(() => {
        const array = new Int32Array(this.#memory, at, length);
        at += array.byteLength;
        return array;
      }),
    );
    this.hashes = hashes!;
    this.#previous = previous!;
    this.#heads = heads!;
  }

  /** The place of the first token. */
  get base(): number {
    return this.#base;
  }

  /** The place behind the last token. */
  get end(): number {
    return this.#end;
  }

  get bytes(): number {
    return [...this.hashes, ...this.#previous, ...this.#heads].reduce(
      (sum, { byteLength }) => sum + byteLength,
      0,
    );
  }

  /** The same memory for tokens from `base` on, if it has just the room; what it told is gone. */
  anew(base: number, room: number): HashChains | undefined {
    if (room !== this.room) return undefined;
    for (const array of [...this.hashes, ...this.#heads]) array.fill(0);
    this.#base = base;
    this.#end = base;
    return this;
  }

  /** Gives back its memory; it may not be used any more. */
  letGo(): void {
    letGo(this.#memory);
  }

  /** Puts the places of one file, which stands behind all others, at the heads of their chains. */
  link(tokens: Uint32Array, start: number, end: number): void {
    const shift = 32 - this.bits;
    const link = (c: number, hashes: Int32Array) => {
      const own = this.hashes[c]!;
      const chain = this.#previous[c]!;
      const heads = this.#heads[c]!;
      // What stands further on in a file of sixteen million tokens is not found.
      const last = Math.min(hashes.length, PLACE_MASK - (start - this.#base));
      for (let at = this.#contexts[c]!.order, i = start - this.#base + at; at < last; at++, i++) {
        const hash = hashes[at]!;
        own[i] = hash;
        const slot = hash >>> shift;
        chain[i] = heads[slot]!;
        heads[slot] = (i + 1) | ((hash & MARK_MASK) << PLACE_BITS);
      }
    };
    hashAll(tokens, { start, from: start, end }, this.#contexts, link);
    this.#end = end;
  }

  /** Takes the last file away again, which begins at `start`; the last one is then the one that ends at `end`. */
  unlink(start: number, end: number): void {
    // Every place from `start` on is the head of its chain once those after it have gone.
    this.#contexts.forEach((context, c) => {
      const chain = this.#previous[c]!;
      const heads = this.#heads[c]!;
      for (let place = this.#end - 1; place >= start + context.order; place--) {
        const i = place - this.#base;
        heads[this.hashes[c]![i]! >>> (32 - this.bits)] = chain[i]!;
        this.hashes[c]![i] = NO_HASH;
      }
    });
    this.#end = end;
  }

  /** Adds the places, newest first, that a hash of a context stands before. */
  collect(which: number, hash: number, found: FoundPlaces): void {
    const chain = this.#previous[which]!;
    const { places, most } = found;
    const mark = hash & MARK_MASK;
    let { count } = found;
    let at = this.#heads[which]![hash >>> (32 - this.bits)]!;
    for (let links = 0; at !== 0 && links < MOST_LINKS && count < most; links++) {
      const i = (at & PLACE_MASK) - 1;
      if (at >>> PLACE_BITS === mark) places[count++] = this.#base + i;
      at = chain[i]!;
    }
    found.count = count;
  }
}

function bitsFor(tokens: number): number {
  let bits = FEWEST_BITS;
  while (bits < MOST_BITS && tokens > PER_HEAD << bits) bits++;
  return bits;
}
