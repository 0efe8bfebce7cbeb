import { type Context, hashAll, hashBefore } from '../../indexing/contexts.ts';
import { withRoom } from '../../indexing/growing.ts';
import { idOf } from '../../indexing/lexer.ts';

/** The contexts by which places of an open file are found; fewer than the store has, for it is small. */
export const FILE_CONTEXTS: readonly Context[] = [
  { order: 1, shape: false },
  { order: 3, shape: false },
  { order: 4, shape: true },
  { order: 8, shape: true },
];

const HEAD_BITS = 12;
/** Of a hash of 32 bits the head of its chain. */
const slotOf = (hash: number): number => hash >>> (32 - HEAD_BITS);
/** A context of one word; only ever read while it is being walked. */
const ONE = new Uint32Array(1);

/**
 * Tokens of an open file with hash chains like those of the token store. They grow and shrink at their end, so that
 * typing a line costs no more than that line.
 */
export class LinkedTokens {
  #tokens = new Uint32Array(64);
  #lines = new Int32Array(64);
  #previous = FILE_CONTEXTS.map(() => new Int32Array(64));
  readonly #heads = FILE_CONTEXTS.map(() => new Int32Array(1 << HEAD_BITS).fill(-1));
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** Valid until the next change. */
  get tokens(): Uint32Array {
    return this.#tokens.subarray(0, this.#length);
  }

  /** The number that was given with a token. */
  lineAt(place: number): number {
    return this.#lines[place]!;
  }

  append(tokens: ArrayLike<number>, line: number): void {
    const start = this.#length;
    const end = start + tokens.length;
    this.#tokens = withRoom(this.#tokens, end);
    this.#lines = withRoom(this.#lines, end);
    this.#tokens.set(tokens, start);
    this.#lines.fill(line, start, end);
    this.#length = end;
  }

  /** Links what has been appended since the last time; until then it is not found. */
  link(from: number): void {
    const end = this.#length;
    if (from >= end) return;
    this.#previous = this.#previous.map(chain => withRoom(chain, end));
    const link = (c: number, hashes: Int32Array) => {
      const previous = this.#previous[c]!;
      const heads = this.#heads[c]!;
      for (let place = Math.max(from, FILE_CONTEXTS[c]!.order); place < end; place++) {
        const slot = slotOf(hashes[place - from]!);
        previous[place] = heads[slot]!;
        heads[slot] = place;
      }
    };
    hashAll(this.#tokens, { start: 0, from, end }, FILE_CONTEXTS, link);
  }

  /** Links all tokens, of which none are linked yet, so that the first are found first. */
  linkUpwards(): void {
    const end = this.#length;
    this.#previous = this.#previous.map(chain => withRoom(chain, end));
    const link = (c: number, hashes: Int32Array) => {
      for (let place = end - 1; place >= FILE_CONTEXTS[c]!.order; place--) {
        const slot = slotOf(hashes[place]!);
        this.#previous[c]![place] = this.#heads[c]![slot]!;
        this.#heads[c]![slot] = place;
      }
    };
    hashAll(this.#tokens, { start: 0, from: 0, end }, FILE_CONTEXTS, link);
  }

  /** Takes the tokens from `length` on away again; all of them must have been linked. */
  truncate(length: number): void {
    if (length >= this.#length) return;
    const range = { start: 0, from: length, end: this.#length };
    const unlink = (c: number, hashes: Int32Array) => {
      const heads = this.#heads[c]!;
      for (let place = this.#length - 1; place >= Math.max(length, FILE_CONTEXTS[c]!.order); place--) {
        heads[slotOf(hashes[place - length]!)] = this.#previous[c]![place]!;
      }
    };
    hashAll(this.#tokens, range, FILE_CONTEXTS, unlink);
    this.#length = length;
  }

  /** Calls `visit` with up to `steps` places, last first, whose tokens before have the hash of the end of `past`. */
  walk(which: number, past: Uint32Array, end: number, steps: number, visit: (place: number) => void): void {
    const context = FILE_CONTEXTS[which]!;
    if (end < context.order) return;
    const previous = this.#previous[which]!;
    let place = this.#heads[which]![slotOf(hashBefore(past, end, context))]!;
    for (let step = 0; place >= 0 && step < steps; step++, place = previous[place]!) visit(place);
  }

  /** How often a word stands here and is followed by another, up to `most`, and the last place behind it, or -1. */
  occurrences(id: number, most: number): { readonly count: number; readonly last: number } {
    ONE[0] = id;
    let count = 0;
    let last = -1;
    this.walk(0, ONE, 1, most, place => {
      if (idOf(this.#tokens[place - 1]!) !== id) return;
      if (count++ === 0) last = place;
    });
    return { count, last };
  }
}
