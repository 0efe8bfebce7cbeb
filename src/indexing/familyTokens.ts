import type { SpareMemory } from './packingMemory.ts';
import { BOUNDARY, TokenStore } from './tokenStore.ts';

/** Something whose tokens stand in a store; `start` and `end` (excluded) are kept up to date when they move. */
export interface TokenOwner {
  start: number;
  end: number;
}

/** The token store of one language family, and whose tokens stand where in it. */
export class FamilyTokens<Owner extends TokenOwner> {
  #store: TokenStore;
  /** In the order of their tokens. */
  readonly #owners: Owner[] = [];

  readonly #spare: SpareMemory | undefined;

  /** `spare` may be that of other families, too. */
  constructor(spare?: SpareMemory) {
    this.#store = new TokenStore(spare);
    this.#spare = spare;
  }

  get store(): TokenStore {
    return this.#store;
  }

  /** Share of the store that belongs to nobody any more, 0 to 1. */
  get dead(): number {
    // Each owner's tokens follow a boundary.
    const alive = this.#owners.reduce((sum, { start, end }) => sum + end - start + 1, 0);
    return this.#store.length === 0 ? 0 : 1 - alive / this.#store.length;
  }

  /** Takes over memory in which the tokens stand that will be appended (`TokenStore.adopt`). */
  adopt(tokens: Uint32Array, expected: number): void {
    this.#store.adopt(tokens, expected);
  }

  /** Makes room for so many tokens in all: until there are more, nothing has to be copied. */
  reserve(length: number): void {
    this.#store.reserve(length);
  }

  append(owner: Owner, tokens: Uint32Array): void {
    owner.start = this.#store.append(tokens);
    owner.end = owner.start + tokens.length;
    this.#owners.push(owner);
  }

  remove(owner: Owner): void {
    const index = this.#owners.indexOf(owner, Math.max(0, this.#indexAt(owner.start)));
    if (index < 0) return;
    this.#owners.splice(index, 1);
    this.#store.kill(owner.start, owner.end);
  }

  /** The owner of the token at a place. */
  ownerAt(place: number): Owner | undefined {
    const owner = this.#owners[this.#indexAt(place)];
    return owner && place < owner.end ? owner : undefined;
  }

  /** Where the tokens of the accepted owners stand: start and end of stretch after stretch, ascending. */
  stretches(accept: (owner: Owner) => boolean): Int32Array {
    const ends: number[] = [];
    for (const owner of this.#owners) {
      if (!accept(owner) || owner.start === owner.end) continue;
      // Between the tokens of two files stands one boundary.
      if (ends.at(-1) === owner.start - 1) ends[ends.length - 1] = owner.end;
      else ends.push(owner.start, owner.end);
    }
    return Int32Array.from(ends);
  }

  /** Rebuilds the store without the dead. */
  vacuum(): void {
    const old = this.#store.tokens;
    const tokens = new Uint32Array(this.#owners.reduce((sum, { start, end }) => sum + end - start + 1, 0));
    let length = 0;
    for (const owner of this.#owners) {
      tokens[length++] = BOUNDARY;
      tokens.set(old.subarray(owner.start, owner.end), length);
      const start = length;
      length += owner.end - owner.start;
      owner.start = start;
      owner.end = length;
    }
    this.#store = TokenStore.from(tokens, this.#spare);
  }

  /** Index of the last owner whose tokens begin at or before `place`, -1 if none do. */
  #indexAt(place: number): number {
    let low = 0;
    let high = this.#owners.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#owners[middle]!.start <= place) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}
