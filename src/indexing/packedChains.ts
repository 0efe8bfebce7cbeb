import { type FoundPlaces, type HashChains, MARK_MASK } from './hashChains.ts';

/** Seven bits of a number and whether more follow, as in LEB128. */
const MORE = 0x80;
const GROUP = 7;
/** Bytes of a mark and the longest gap; chains hold less than 2^28 tokens. */
const LONGEST = 5;

/**
 * Hash chains that cannot grow: for each chain its places one after the other, newest first, each as its mark (a byte) and
 * the gap to the one before (one to three bytes), and of each mark no more than are ever walked.
 */
export class PackedChains {
  readonly base: number;
  readonly end: number;
  readonly bits: number;
  /** For each context: where each chain begins in its bytes, and where the last one ends. */
  readonly #starts: readonly Uint32Array[];
  readonly #lists: readonly Uint8Array[];

  constructor({ base, end, bits }: HashChains, starts: readonly Uint32Array[], lists: readonly Uint8Array[]) {
    this.base = base;
    this.end = end;
    this.bits = bits;
    this.#starts = starts;
    this.#lists = lists;
  }

  get bytes(): number {
    return [...this.#starts, ...this.#lists].reduce((sum, { byteLength }) => sum + byteLength, 0);
  }

  /** Adds the places, newest first, that a hash of a context stands before. */
  collect(which: number, hash: number, found: FoundPlaces): void {
    const list = this.#lists[which]!;
    const starts = this.#starts[which]!;
    const { places, most } = found;
    const mark = hash & MARK_MASK;
    const slot = hash >>> (32 - this.bits);
    const end = starts[slot + 1]!;
    let { count } = found;
    let place = this.end;
    for (let at = starts[slot]!; at < end && count < most; ) {
      const isSame = list[at++] === mark;
      let byte = list[at++]!;
      let gap = byte & (MORE - 1);
      for (let shift = GROUP; byte >= MORE; shift += GROUP) {
        byte = list[at++]!;
        gap |= (byte & (MORE - 1)) << shift;
      }
      place -= gap;
      if (isSame) places[count++] = place;
    }
    found.count = count;
  }
}

/** Packs hash chains bit by bit, so that nobody waits for all of it. They must not change meanwhile. */
export class Packing {
  readonly chains: HashChains;
  readonly #most: readonly number[];
  readonly #starts: Uint32Array[];
  readonly #lists: Uint8Array[];
  /** What comes next. */
  #which = 0;
  #slot = 0;
  /** Bytes of the context so far. */
  #length = 0;
  /** Places of the chain so far, by mark. */
  readonly #kept = new Uint16Array(MARK_MASK + 1);

  /** `most` places are kept of each mark in a chain, for each context. */
  constructor(chains: HashChains, most: readonly number[]) {
    this.chains = chains;
    this.#most = most;
    this.#starts = most.map(() => new Uint32Array((1 << chains.bits) + 1));
    this.#lists = most.map(() => new Uint8Array(0));
  }

  /** Packs about so many places; gives the packed chains once all are. */
  pack(places: number): PackedChains | undefined {
    for (let done = 0; done < places && this.#which < this.#most.length; ) done += 1 + this.#packChain();
    if (this.#which < this.#most.length) return undefined;
    return new PackedChains(this.chains, this.#starts, this.#lists);
  }

  /** How many places there were. */
  #packChain(): number {
    const which = this.#which;
    const most = this.#most[which]!;
    const kept = this.#kept.fill(0);
    let before = this.chains.end;
    let count = 0;
    this.chains.each(which, this.#slot, (place, mark) => {
      count++;
      if (kept[mark]! >= most) return;
      kept[mark]!++;
      this.#put(mark, before - place);
      before = place;
    });
    this.#starts[which]![++this.#slot] = this.#length;
    if (this.#slot === 1 << this.chains.bits) this.#endContext();
    return count;
  }

  #put(mark: number, gap: number): void {
    const list = this.#withRoom(this.#length + LONGEST);
    list[this.#length++] = mark;
    let rest = gap;
    for (; rest >= MORE; rest >>>= GROUP) list[this.#length++] = rest | MORE;
    list[this.#length++] = rest;
  }

  #endContext(): void {
    this.#lists[this.#which] = this.#lists[this.#which]!.slice(0, this.#length);
    this.#which++;
    this.#slot = 0;
    this.#length = 0;
  }

  #withRoom(length: number): Uint8Array {
    const list = this.#lists[this.#which]!;
    if (length <= list.length) return list;
    const { base, end } = this.chains;
    const larger = new Uint8Array(Math.max(length, Math.ceil(list.length * 1.5), 2 * (end - base)));
    larger.set(list);
    this.#lists[this.#which] = larger;
    return larger;
  }
}
