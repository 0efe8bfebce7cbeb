import { ID_MASK, kindOf, NAME, NUMBER } from '../../indexing/lexer.ts';
import { BOUNDARY } from '../../indexing/tokenStore.ts';
import type { MadeNames } from './madeNames.ts';

/** Longer agreement says nothing new. */
export const LONGEST = 24;

/**
 * How far the tokens before two places agree, looking back: token by token, and further by shape, in which names may
 * differ as long as one always stands for the same other. Made once and used for one place after the other.
 */
export class Alignment {
  /** Tokens that are the same, up to `LONGEST`. */
  exact = 0;
  /** Tokens that are the same but for names and numbers. */
  shape = 0;
  /** Names among those of the shape that are the same on both sides. */
  sameNames = 0;
  readonly #theirs = new Int32Array(LONGEST);
  readonly #ours = new Int32Array(LONGEST);
  #names = 0;

  align(ours: Uint32Array, end: number, theirs: Uint32Array, place: number): void {
    const most = Math.min(LONGEST, end, place);
    let back = 0;
    let exact = -1;
    this.#names = 0;
    this.sameNames = 0;
    for (; back < most; back++) {
      const our = ours[end - 1 - back]!;
      const their = theirs[place - 1 - back]!;
      const ourId = our & ID_MASK;
      const theirId = their & ID_MASK;
      if (theirId === BOUNDARY || ourId === BOUNDARY) break;
      const kind = kindOf(our);
      if (ourId === theirId) {
        if (kind !== NAME) continue;
        if (!this.#pair(theirId, ourId)) {
          if (exact < 0) exact = back;
          break;
        }
        this.sameNames++;
        continue;
      }
      if (exact < 0) exact = back;
      if (kind !== kindOf(their)) break;
      if (kind === NUMBER) continue;
      if (kind !== NAME || !this.#pair(theirId, ourId)) break;
    }
    this.shape = back;
    this.exact = exact < 0 ? back : exact;
  }

  /** What a name of theirs is called here, if the agreement tells; else -1. */
  ourNameFor(theirId: number): number {
    for (let i = 0; i < this.#names; i++) if (this.#theirs[i] === theirId) return this.#ours[i]!;
    return -1;
  }

  /** What a name that has no counterpart would be called here, by what other names became; -1 if nothing tells. */
  adapt(theirId: number, names: MadeNames): number {
    for (let i = 0; i < this.#names; i++) {
      if (this.#theirs[i] === this.#ours[i]) continue;
      const made = names.renamed(theirId, this.#theirs[i]!, this.#ours[i]!);
      if (made >= 0) return made;
    }
    return -1;
  }

  /** Whether a name of theirs can stand for one of ours. */
  #pair(theirId: number, ourId: number): boolean {
    for (let i = 0; i < this.#names; i++) {
      const sameTheirs = this.#theirs[i] === theirId;
      const sameOurs = this.#ours[i] === ourId;
      if (sameTheirs !== sameOurs) return false;
      if (sameTheirs) return true;
    }
    this.#theirs[this.#names] = theirId;
    this.#ours[this.#names++] = ourId;
    return true;
  }
}
