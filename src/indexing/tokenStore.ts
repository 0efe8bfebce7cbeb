import { type Context, hashBefore } from './contexts.ts';
import { resized, Stacked, withRoom } from './growing.ts';
import { type FoundPlaces, HashChains } from './hashChains.ts';
import { ID_MASK } from './lexer.ts';
import { type PackedChains, Packing } from './packedChains.ts';
import { SpareMemory } from './packingMemory.ts';

/** Stands before every file and in the place of every removed one; no vocabulary gives this id to a word. */
export const BOUNDARY = ID_MASK;

/** A context that the store finds places by, and how many places a walk looks at, at most. */
interface StoreContext extends Context {
  readonly most: number;
}

/**
 * Two tokens find the many places where any continuation has been seen, five are about as many as stay frequent enough
 * in code to be worth a chain; the shapes find places that are alike but for what things are called. A walk has an end,
 * so that a frequent context costs no more than a rare one.
 */
export const CONTEXTS: readonly StoreContext[] = [
  { order: 2, shape: false, most: 96 },
  { order: 5, shape: false, most: 64 },
  { order: 4, shape: true, most: 64 },
  { order: 8, shape: true, most: 48 },
];
const MOST = CONTEXTS.map(({ most }) => most);

/**
 * Tokens of a stretch; a file that would make it longer begins another one. What packing them works on fits into the
 * caches of a processor core.
 */
const STRETCH = 1 << 18;
/** Tokens that the first stretch has room for. */
const FEWEST = 1 << 12;
/** Places that packing looks at with each token that is added, so that a stretch is packed before the next is full. */
const PACE = 20;
/** Places that packing looks at in one step when nobody waits; about a millisecond. */
const AT_ONCE = 1 << 17;
/** The last stretch is packed with fewer tokens than this share of a whole one only to make room for another. */
const WORTH_PACKING = 0.25;

/**
 * The packed tokens (`lexer.ts`) of all files of one language family, one after the other, and where each context
 * stood: for the newest stretch in hash chains, which can grow, for all before it packed. Appending is cheap; a removed
 * file is overwritten with `BOUNDARY`, which no context matches, until `codeIndex` rebuilds the store.
 */
export class TokenStore {
  readonly #stretch: number;
  #tokens: Uint32Array = new Uint32Array(FEWEST);
  #length = 0;
  /** So many tokens are expected in all. */
  #expected = 0;
  /** Where the last append began, if it can still be taken back. */
  #lastStart = -1;
  /** The newest first: the chains that grow, those that are being packed, and all others. */
  #growing = new HashChains(CONTEXTS, 0, FEWEST);
  #packing: Packing | undefined;
  #packed: readonly PackedChains[] = [];
  readonly #spare: SpareMemory;
  /** Where the packed chains stand. */
  readonly #kept = new Stacked();
  readonly #found: FoundPlaces = { places: new Int32Array(Math.max(...MOST)), count: 0, most: 0 };
  /** By id, and how many ids there are. */
  #counts = new Uint32Array(0);
  #words = 0;

  /** `spare` may be that of other stores, too; `stretch` is for tests. */
  constructor(spare = new SpareMemory(), stretch = STRETCH) {
    this.#spare = spare;
    this.#stretch = stretch;
  }

  get length(): number {
    return this.#length;
  }

  /** The tokens themselves; valid until the next `append`. */
  get tokens(): Uint32Array {
    return this.#tokens.subarray(0, this.#length);
  }

  /** Bytes used, for reports. */
  get bytes(): number {
    const chains = [this.#growing, this.#packing?.chains, ...this.#packed];
    const numbers = (this.#length + this.#words) * Uint32Array.BYTES_PER_ELEMENT;
    return chains.reduce((sum, held) => sum + (held?.bytes ?? 0), numbers);
  }

  /** Adds one file's tokens and returns the place of the first. */
  append(tokens: Uint32Array): number {
    const start = this.#length + 1;
    const end = start + tokens.length;
    this.#makeRoom(end);
    this.#tokens[this.#length] = BOUNDARY;
    this.#tokens.set(tokens, start);
    this.#length = end;
    this.#count(start, end, 1);
    this.#lastStart = start;
    this.#growing.link(this.#tokens, start, end);
    this.pack(tokens.length);
    return start;
  }

  /** Goes on packing as much as becomes so many tokens that are added, here or to another store. */
  pack(tokens: number): void {
    this.#pack(tokens * PACE);
  }

  /**
   * Forgets the tokens from `start` to `end`, end excluded. What was appended last leaves no trace: a file that is
   * typed in is replaced again and again, and its dead places would use up every walk.
   */
  kill(start: number, end: number): void {
    this.#count(start, end, -1);
    if (start !== this.#lastStart || end !== this.#length) {
      this.#tokens.fill(BOUNDARY, start, end);
      return;
    }
    this.#length = start - 1;
    this.#lastStart = -1;
    this.#growing.unlink(start, this.#length);
  }

  /** How often a word stands in the store. */
  count(id: number): number {
    return this.#counts[id] ?? 0;
  }

  /**
   * Calls `visit` with places, newest first, that are preceded by the last tokens of `past` as `CONTEXTS[which]` tells,
   * until `visit` returns false or so many places have been looked at; it must not walk itself. Of a shape only the hash
   * is compared.
   */
  walk(
    which: number,
    past: Uint32Array,
    end: number,
    visit: (place: number) => boolean,
    most = CONTEXTS[which]!.most,
  ): void {
    const { order, shape } = CONTEXTS[which]!;
    if (end < order) return;
    const { places, count } = this.#collect(which, past, end, most);
    const tokens = this.#tokens;
    const verified = shape ? 0 : order;
    for (let i = 0; i < count; i++) {
      const place = places[i]!;
      let same = 1;
      while (same <= verified && ((tokens[place - same]! ^ past[end - same]!) & ID_MASK) === 0) same++;
      if (same > verified && !visit(place)) return;
    }
  }

  /** A store of raw tokens, boundaries included. Chains are made anew, which is as fast as reading them would be. */
  static from(tokens: Uint32Array, spare?: SpareMemory): TokenStore {
    const store = new TokenStore(spare);
    store.reserve(tokens.length);
    for (const [start, end] of filesIn(tokens, 1)) store.append(tokens.subarray(start, end));
    return store;
  }

  /**
   * Takes over the memory of an empty store for tokens that stand there in the order in which they will be appended, each
   * file at its place or behind it: they are not moved far, and nothing is copied. So many tokens are expected in all.
   */
  adopt(tokens: Uint32Array, expected: number): void {
    this.#tokens = tokens;
    this.#expected = expected;
  }

  /** Makes room for so many tokens in all: until there are more, nothing has to be copied or linked anew. */
  reserve(length: number): void {
    this.#expected = length;
    if (length > this.#tokens.length) this.#tokens = resized(this.#tokens, length);
  }

  /** Gives back what chains can do without, in steps between which others may have a turn. */
  *settling(): Generator<void> {
    yield* this.#packAll();
    if (this.#length - this.#growing.base >= this.#stretch * WORTH_PACKING) this.#beginStretch(0);
    yield* this.#packAll();
  }

  *#packAll(): Generator<void> {
    for (; this.#packing; yield) this.#pack(AT_ONCE);
    this.#spare.letGo();
  }

  #collect(which: number, past: Uint32Array, end: number, most: number): FoundPlaces {
    const found = this.#found;
    found.count = 0;
    found.most = Math.min(most, CONTEXTS[which]!.most);
    const hash = hashBefore(past, end, CONTEXTS[which]!);
    this.#growing.collect(which, hash, found);
    this.#packing?.chains.collect(which, hash, found);
    for (let i = 0; i < this.#packed.length && found.count < found.most; i++) {
      this.#packed[i]!.collect(which, hash, found);
    }
    return found;
  }

  #count(start: number, end: number, change: 1 | -1): void {
    for (let place = start; place < end; place++) {
      const id = this.#tokens[place]! & ID_MASK;
      if (id === BOUNDARY) continue;
      if (id >= this.#words) {
        this.#words = id + 1;
        this.#counts = withRoom(this.#counts, this.#words);
      }
      this.#counts[id]! += change;
    }
  }

  /** Makes room for another file, which ends at `end`. */
  #makeRoom(end: number): void {
    if (end > this.#tokens.length)
      this.#tokens = resized(this.#tokens, Math.max(end, Math.ceil(this.#tokens.length * 1.25)));
    const { base, room } = this.#growing;
    const length = end - base;
    if (length > this.#stretch && this.#length > base) this.#beginStretch(end - this.#length);
    else if (length > room) {
      const smaller = this.#growing;
      this.#growing = this.#linkedAnew(length);
      smaller.letGo();
    }
  }

  /** Leaves the chains that grow to be packed and begins others with room for so many tokens. */
  #beginStretch(length: number): void {
    this.#pack(Number.POSITIVE_INFINITY);
    this.#packing = new Packing(this.#growing, MOST, this.#kept, this.#spare);
    this.#lastStart = -1;
    const room = this.#roomFor(length, this.#length);
    this.#growing = this.#spare.chains(this.#length, room) ?? new HashChains(CONTEXTS, this.#length, room);
  }

  #linkedAnew(length: number): HashChains {
    const { base, room } = this.#growing;
    const larger = new HashChains(CONTEXTS, base, this.#roomFor(Math.max(length, room * 2), base));
    for (const [start, end] of filesIn(this.tokens, base + 1)) larger.link(this.#tokens, start, end);
    return larger;
  }

  /** Room for so many tokens at least, for a stretch at most unless they are more. Untouched room costs no memory. */
  #roomFor(length: number, base: number): number {
    return Math.max(length, Math.min(this.#stretch, Math.max(FEWEST, this.#expected - base)));
  }

  #pack(places: number): void {
    const packed = this.#packing?.pack(places);
    if (!packed) return;
    const { chains, room } = this.#packing!;
    this.#packed = [packed, ...this.#packed];
    this.#spare.leave(chains, room);
    this.#packing = undefined;
  }
}

/** The first place and the end of each file whose tokens stand from a place on, of a removed one nothing. */
function* filesIn(tokens: Uint32Array, from: number): Generator<readonly [start: number, end: number]> {
  for (let start = from; start <= tokens.length; ) {
    const boundary = tokens.indexOf(BOUNDARY, start);
    const end = boundary < 0 ? tokens.length : boundary;
    yield [start, end];
    start = end + 1;
  }
}
