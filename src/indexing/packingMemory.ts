import { letGo, memoryFor } from './growing.ts';
import type { HashChains } from './hashChains.ts';

/** A gap that is longer is told as steps of this length, which lead to no place, and the rest. */
export const STEP = 0xffff;

/** What packing so many tokens works in. */
export class PackingRoom {
  readonly places: Int32Array;
  readonly marks: Uint8Array;
  readonly gaps: Uint16Array;

  constructor(tokens: number, bits: number) {
    const most = mostIn(tokens, bits);
    const [places, gaps] = [tokens * Int32Array.BYTES_PER_ELEMENT, most * Uint16Array.BYTES_PER_ELEMENT];
    const memory = memoryFor(places + gaps + most);
    this.places = new Int32Array(memory, 0, tokens);
    this.gaps = new Uint16Array(memory, places, most);
    this.marks = new Uint8Array(memory, places + gaps, most);
  }

  /** Gives back its memory; it may not be used any more. */
  letGo(): void {
    letGo(this.places.buffer as ArrayBuffer);
  }

  fits(tokens: number, bits: number): boolean {
    return tokens <= this.places.length && mostIn(tokens, bits) <= this.gaps.length;
  }
}

/** Gaps in the chains of so many tokens, at most. */
const mostIn = (tokens: number, bits: number) => tokens + Math.floor(tokens / STEP) * (1 << bits);

/**
 * Memory of chains that are packed, and of their packing: whichever store comes next takes it. Where no store left any
 * it is mapped anew, and to touch that takes as long as half of all that is done in it.
 */
export class SpareMemory {
  #chains: HashChains | undefined;
  #room: PackingRoom | undefined;

  leave(chains: HashChains, room: PackingRoom): void {
    this.letGo();
    this.#chains = chains;
    this.#room = room;
  }

  /** Chains for so many tokens from `base` on, if there are such. */
  chains(base: number, room: number): HashChains | undefined {
    const chains = this.#chains?.anew(base, room);
    if (chains) this.#chains = undefined;
    return chains;
  }

  /** Where chains of so many tokens can be packed. */
  room(tokens: number, bits: number): PackingRoom {
    const room = this.#room?.fits(tokens, bits) ? this.#room : new PackingRoom(tokens, bits);
    if (room === this.#room) this.#room = undefined;
    return room;
  }

  /** Gives back what nobody has taken. */
  letGo(): void {
    this.#chains?.letGo();
    this.#room?.letGo();
    this.#chains = undefined;
    this.#room = undefined;
  }
}
