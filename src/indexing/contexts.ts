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

/** Hash of the tokens before `place`, in `bits` bits. */
export function hashBefore(
  tokens: Uint32Array,
  place: number,
  { order, shape }: Context,
  bits: number,
): number {
  let hash = 0;
  for (let back = 1; back <= order; back++) {
    hash = mix(hash, shape ? shapeOf(tokens, place, back) : tokens[place - back]! & ID_MASK);
  }
  return slotOf(hash, order, bits);
}

/** Places whose hashes are wanted, `end` excluded, and where the tokens begin that they may be made of. */
export interface Places {
  readonly start: number;
  readonly from: number;
  readonly end: number;
}

/**
 * The hashes of many places at once, which is several times as fast as one by one, for contexts of one kind from short
 * to long. Calls `use` for each context with a slot for each place; those of places with too few tokens before them mean
 * nothing.
 */
export function hashAll(
  tokens: Uint32Array,
  { start, from, end }: Places,
  contexts: readonly Context[],
  bits: number,
  use: (context: number, slots: Int32Array) => void,
): void {
  const first = Math.max(start, from - LONGEST);
  const shapes = contexts[0]?.shape ? shapesOf(tokens, first, end) : undefined;
  const hashes = new Int32Array(end - from);
  const slots = new Int32Array(end - from);
  let back = 0;
  contexts.forEach(({ order }, c) => {
    for (back++; back <= order; back++) {
      const begin = Math.max(from, start + back);
      if (shapes) mixShapes(hashes, shapes, { begin, from, first, end, back });
      else
        for (let at = begin; at < end; at++)
          hashes[at - from] = mix(hashes[at - from]!, tokens[at - back]! & ID_MASK);
    }
    back = order;
    for (let i = 0; i < hashes.length; i++) slots[i] = slotOf(hashes[i]!, order, bits);
    use(c, slots);
  });
}

interface Shapes {
  /** What a shape tells of a token that repeats no nearer one. */
  readonly ids: Int32Array;
  /** How many tokens further the same name stands again, 0 if not soon. */
  readonly next: Uint8Array;
}

function shapesOf(tokens: Uint32Array, first: number, end: number): Shapes {
  const ids = new Int32Array(end - first);
  const next = new Uint8Array(end - first);
  for (let at = first; at < end; at++) {
    const token = tokens[at]!;
    const kind = kindOf(token);
    ids[at - first] = kind === NUMBER ? ANY_NUMBER : kind === NAME ? NEW_NAME : token & ID_MASK;
    if (kind !== NAME) continue;
    const most = Math.min(LONGEST, end - at);
    for (let further = 1; further < most; further++) {
      if (((tokens[at + further]! ^ token) & ID_MASK) !== 0) continue;
      next[at - first] = further;
      break;
    }
  }
  return { ids, next };
}

interface Stretch {
  readonly begin: number;
  readonly from: number;
  readonly first: number;
  readonly end: number;
  readonly back: number;
}

function mixShapes(
  hashes: Int32Array,
  { ids, next }: Shapes,
  { begin, from, first, end, back }: Stretch,
): void {
  for (let at = begin; at < end; at++) {
    const token = at - back - first;
    const further = next[token]!;
    const id = further > 0 && further < back ? NEW_NAME + back - further : ids[token]!;
    hashes[at - from] = mix(hashes[at - from]!, id);
  }
}

/** Multiplicative hashing (Knuth, TAOCP 3, 6.4). */
function mix(hash: number, id: number): number {
  const mixed = Math.imul(hash ^ id, 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
}

function slotOf(hash: number, order: number, bits: number): number {
  return Math.imul(hash ^ order, 0x85ebca6b) >>> (32 - bits);
}

/** What a shape tells of the token that stands `back` tokens before the place. */
function shapeOf(tokens: Uint32Array, place: number, back: number): number {
  const token = tokens[place - back]!;
  const kind = kindOf(token);
  if (kind === NUMBER) return ANY_NUMBER;
  if (kind !== NAME) return token & ID_MASK;
  // The nearest repetition, seen from the token itself.
  for (let nearer = back - 1; nearer > 0; nearer--) {
    if (((tokens[place - nearer]! ^ token) & ID_MASK) === 0) return NEW_NAME + nearer;
  }
  return NEW_NAME;
}
