import type { Stacked } from './growing.ts';
import {
  type FoundPlaces,
  type HashChains,
  MARK_MASK,
  NO_HASH,
  PLACE_BITS,
  PLACE_MASK,
} from './hashChains.ts';
import { type PackingRoom, type SpareMemory, STEP } from './packingMemory.ts';

/** Packed chains of one context. */
interface PackedList {
  /** Where each chain begins, and where the last one ends. */
  readonly starts: Uint32Array;
  readonly marks: Uint8Array;
  readonly gaps: Uint16Array;
}

/**
 * Hash chains that cannot grow: for each chain its places one after the other, newest first, each as its mark (one byte)
 * and the gap to the one before (two bytes), and of each mark no more than are ever walked.
 */
export class PackedChains {
  readonly #end: number;
  readonly #bits: number;
  readonly #lists: readonly PackedList[];

  constructor({ end, bits }: HashChains, lists: readonly PackedList[]) {
    this.#end = end;
    this.#bits = bits;
    this.#lists = lists;
  }

  get bytes(): number {
    const bytes = ({ starts, marks, gaps }: PackedList) =>
      starts.byteLength + marks.byteLength + gaps.byteLength;
    return this.#lists.reduce((sum, list) => sum + bytes(list), 0);
  }

  /** Adds the places, newest first, that a hash of a context stands before. */
  collect(which: number, hash: number, found: FoundPlaces): void {
    const { starts, marks, gaps } = this.#lists[which]!;
    const { places, most } = found;
    const mark = hash & MARK_MASK;
    const chain = hash >>> (32 - this.#bits);
    const end = starts[chain + 1]!;
    let { count } = found;
    let place = this.#end;
    for (let at = starts[chain]!; at < end && count < most; at++) {
      const gap = gaps[at]!;
      place -= gap;
      if (marks[at] === mark && gap !== STEP) places[count++] = place;
    }
    found.count = count;
  }
}

/** What is done between two looks at how much it was: so many places, so many chains. */
const PLACES_AT_ONCE = 4_096;
const CHAINS_AT_ONCE = 64;

/** Packs hash chains bit by bit, so that nobody waits for all of it. They must not change meanwhile. */
export class Packing {
  readonly chains: HashChains;
  /** What it works in. */
  readonly room: PackingRoom;
  readonly #most: readonly number[];
  readonly #kept: Stacked;
  readonly #steps: Generator<number, PackedChains>;

  /** `most` places are kept of each mark in a chain, for each context; all that is kept, in `kept`. */
  constructor(chains: HashChains, most: readonly number[], kept: Stacked, spare: SpareMemory) {
    const { base, end, bits } = chains;
    this.chains = chains;
    this.room = spare.room(end - base, bits);
    this.#most = most;
    this.#kept = kept;
    this.#steps = this.#packAll();
  }

  /** Looks at so many places, at each a dozen times in all; gives the packed chains once all is done. */
  pack(places: number): PackedChains | undefined {
    for (let done = 0; done < places; ) {
      const step = this.#steps.next();
      if (step.done) return step.value;
      done += step.value;
    }
    return undefined;
  }

  /**
   * Counting sort by chain (Knuth, TAOCP 3, 5.2): the chains themselves lead all over the memory, and to follow them took
   * four times as long.
   */
  *#packAll(): Generator<number, PackedChains> {
    const { base, end, bits, hashes } = this.chains;
    const length = end - base;
    const chains = 1 << bits;
    const { places } = this.room;
    const writer = new ListWriter(this.room, bits, length);
    const lists: PackedList[] = [];
    for (const [which, own] of hashes.entries()) {
      const starts = new Uint32Array(chains + 1);
      for (let from = 0; from < length; from += PLACES_AT_ONCE) {
        count(own, from, Math.min(length, from + PLACES_AT_ONCE), starts, bits);
        yield PLACES_AT_ONCE;
      }
      for (let chain = 0; chain < chains; chain++) starts[chain + 1]! += starts[chain]!;
      const next = starts.slice();
      for (let to = length; to > 0; to -= PLACES_AT_ONCE) {
        distribute(own, Math.max(0, to - PLACES_AT_ONCE), to, next, places, bits);
        yield PLACES_AT_ONCE;
      }
      writer.begin(this.#most[which]!);
      for (let chain = 0; chain < chains; chain += CHAINS_AT_ONCE) {
        writer.add(places, starts, chain, Math.min(chains, chain + CHAINS_AT_ONCE));
        yield starts[Math.min(chains, chain + CHAINS_AT_ONCE)]! - starts[chain]!;
      }
      lists.push(writer.end(this.#kept));
    }
    return new PackedChains(this.chains, lists);
  }
}

// What runs a million times is no part of the generator: V8 would run it slowly after each rest.

/** Counts the places of each chain, in the element behind its own. */
function count(hashes: Int32Array, from: number, to: number, counts: Uint32Array, bits: number): void {
  for (let i = from; i < to; i++) {
    const hash = hashes[i]!;
    if (hash !== NO_HASH) counts[(hash >>> (32 - bits)) + 1]!++;
  }
}

/** Puts places with their marks, newest first, where their chains go on. */
function distribute(
  hashes: Int32Array,
  from: number,
  to: number,
  next: Uint32Array,
  places: Int32Array,
  bits: number,
): void {
  for (let i = to - 1; i >= from; i--) {
    const hash = hashes[i]!;
    if (hash !== NO_HASH) places[next[hash >>> (32 - bits)]!++] = i | ((hash & MARK_MASK) << PLACE_BITS);
  }
}

/** Writes the packed chains of one context after the other. */
class ListWriter {
  readonly #chains: number;
  readonly #room: PackingRoom;
  /** The end of what the chains are made of. */
  readonly #end: number;
  readonly #kept = new Uint16Array(MARK_MASK + 1);
  #most = 0;
  #starts = new Uint32Array(0);
  #chain = 0;
  #length = 0;

  constructor(room: PackingRoom, bits: number, end: number) {
    this.#chains = 1 << bits;
    this.#room = room;
    this.#end = end;
  }

  begin(most: number): void {
    this.#most = most;
    this.#starts = new Uint32Array(this.#chains + 1);
    this.#chain = 0;
    this.#length = 0;
  }

  /** Adds the next chains, of which `starts` tells where each begins. */
  add(places: Int32Array, starts: Uint32Array, from: number, to: number): void {
    for (let chain = from; chain < to; chain++) this.#add(places, starts[chain]!, starts[chain + 1]!);
  }

  /** Adds a chain: places with their marks, newest first. */
  #add(places: Int32Array, from: number, to: number): void {
    const { marks, gaps } = this.#room;
    const most = this.#most;
    const kept = this.#kept;
    const isShort = to - from <= most;
    if (!isShort) kept.fill(0);
    let length = this.#length;
    let before = this.#end;
    for (let i = from; i < to; i++) {
      const mark = places[i]! >>> PLACE_BITS;
      if (!isShort && kept[mark]!++ >= most) continue;
      const place = places[i]! & PLACE_MASK;
      let gap = before - place;
      for (; gap >= STEP; gap -= STEP) gaps[length++] = STEP;
      marks[length] = mark;
      gaps[length++] = gap;
      before = place;
    }
    this.#length = length;
    this.#starts[++this.#chain] = length;
  }

  end(kept: Stacked): PackedList {
    const { marks, gaps } = this.#room;
    return {
      starts: kept.keep(this.#starts),
      marks: kept.keep(marks.subarray(0, this.#length)),
      gaps: kept.keep(gaps.subarray(0, this.#length)),
    };
  }
}
