import { ID_MASK, kindOf, NAME, NUMBER } from './lexer.ts';

/** A number of tokens before a place by which the place can be found. */
export interface Context {
  readonly order: number;
  /**
   * Compared by shape: of every name only is known which nearer one it repeats, if any, and all numbers are alike. Two
   * places after the same shape are alike but for what things are called.
   */
  readonly shape: boolean;
}

/** Stand in a shape for a number and for a name; words never have ids as high as those of names. */
const ANY_NUMBER = 0;
const NEW_NAME = 0xff_0000;
/** Tokens of the longest context. */
const LONGEST = 8;
/** The hash is a polynomial in this number (Karp and Rabin, 1987), so that it can be rolled from place to place. */
const BASE = 0x9e3779b1 | 0;
/** `BASE` to the power of the index, modulo 2^32. */
const POWERS = powersOf(BASE, LONGEST);

/** Hash of the tokens before `place`, 32 bits, signed. */
export function hashBefore(tokens: Uint32Array, place: number, { order, shape }: Context): number {
  let hash = 0;
  for (let back = order; back > 0; back--) {
    hash =
      (Math.imul(hash, BASE) + (shape ? shapeOf(tokens, place, back) : tokens[place - back]! & ID_MASK)) | 0;
  }
  return mixed(hash, order);
}

/** Places whose hashes are wanted, `end` excluded, and where the tokens begin that they may be made of. */
export interface Places {
  readonly start: number;
  readonly from: number;
  readonly end: number;
}

/**
 * The hashes of many places at once, in a few operations a place. Calls `use` for each context with a hash for each
 * place, which are valid until it returns; those of places with too few tokens before them mean nothing.
 */
export function hashAll(
  tokens: Uint32Array,
  { start, from, end }: Places,
  contexts: readonly Context[],
  use: (context: number, hashes: Int32Array) => void,
): void {
  const stretch = { first: Math.max(start, from - LONGEST), from, end };
  const hashes = new Int32Array(end - from);
  let shapes: Shapes | undefined;
  contexts.forEach(({ order, shape }, c) => {
    if (shape) {
      shapes ??= shapesOf(tokens, stretch);
      rollShapes(shapes, stretch, order, hashes);
    } else rollTokens(tokens, stretch, order, hashes);
    use(c, hashes);
  });
}

interface Stretch {
  /** The first token that is looked at. */
  readonly first: number;
  readonly from: number;
  readonly end: number;
}

function rollTokens(
  tokens: Uint32Array,
  { first, from, end }: Stretch,
  order: number,
  hashes: Int32Array,
): void {
  const leaving = POWERS[order]!;
  let hash = 0;
  for (let at = first; at < end; at++) {
    if (at >= from) hashes[at - from] = mixed(hash, order);
    hash = (Math.imul(hash, BASE) + (tokens[at]! & ID_MASK)) | 0;
    if (at - order >= first) hash = (hash - Math.imul(tokens[at - order]! & ID_MASK, leaving)) | 0;
  }
}

interface Shapes {
  /** What a shape tells of a token that no nearer one repeats. */
  readonly ids: Int32Array;
  /** How many tokens further, and how many before, the same name stands next, 0 if not soon. */
  readonly next: Uint8Array;
  readonly last: Uint8Array;
}

function shapesOf(tokens: Uint32Array, { first, end }: Stretch): Shapes {
  const ids = new Int32Array(end - first);
  const next = new Uint8Array(end - first);
  const last = new Uint8Array(end - first);
  for (let at = first; at < end; at++) {
    const token = tokens[at]!;
    const kind = kindOf(token);
    ids[at - first] = kind === NUMBER ? ANY_NUMBER : kind === NAME ? NEW_NAME : token & ID_MASK;
    if (kind !== NAME) continue;
    const most = Math.min(LONGEST - 1, at - first);
    for (let back = 1; back <= most; back++) {
      if (((tokens[at - back]! ^ token) & ID_MASK) !== 0) continue;
      last[at - first] = back;
      next[at - back - first] = back;
      break;
    }
  }
  return { ids, next, last };
}

function rollShapes(
  { ids, next, last }: Shapes,
  { first, from, end }: Stretch,
  order: number,
  hashes: Int32Array,
): void {
  const leaving = POWERS[order]!;
  const ahead = from - first;
  const count = end - first;
  let hash = 0;
  for (let at = 0; at < count; at++) {
    if (at >= ahead) hashes[at - ahead] = mixed(hash, order);
    hash = (Math.imul(hash, BASE) + ids[at]!) | 0;
    const gone = at - order;
    if (gone >= 0) {
      const further = next[gone]!;
      const id = further > 0 && further < order ? NEW_NAME + further : ids[gone]!;
      hash = (hash - Math.imul(id, leaving)) | 0;
    }
    // The name that is repeated now has told only that it is a name so far.
    const back = last[at]!;
    if (back > 0 && back < order) hash = (hash + Math.imul(back, POWERS[back]!)) | 0;
  }
}

/** Spreads what differs over all bits, with the multiplication of MurmurHash3 (Appleby, 2011). */
function mixed(hash: number, order: number): number {
  const product = Math.imul(hash ^ (hash >>> 15) ^ order, 0x85ebca6b);
  return product ^ (product >>> 13);
}

/** What a shape tells of the token that stands `back` tokens before the place. */
function shapeOf(tokens: Uint32Array, place: number, back: number): number {
  const token = tokens[place - back]!;
  const kind = kindOf(token);
  if (kind === NUMBER) return ANY_NUMBER;
  if (kind !== NAME) return token & ID_MASK;
  // The nearest repetition, seen from the token itself.
  for (let further = 1; further < back; further++) {
    if (((tokens[place - back + further]! ^ token) & ID_MASK) === 0) return NEW_NAME + further;
  }
  return NEW_NAME;
}

function powersOf(base: number, most: number): Int32Array {
  const powers = new Int32Array(most + 1).fill(1);
  for (let i = 1; i <= most; i++) powers[i] = Math.imul(powers[i - 1]!, base);
  return powers;
}
