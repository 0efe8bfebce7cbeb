import { NO_VOTES, type Votes } from './scope.ts';

/** Where a place stands, seen from the open file. */
export const IN_FILE = 0;
export const NEAR = 1;
export const ELSEWHERE = 2;
/** In lines of this file that are saved but have been deleted since. */
export const DELETED = 3;
/** In lines that were added to other files in this session. */
export const SESSION = 4;
/** In what retrieval found (`given.ts`). */
export const SIMILAR = 5;
export const SCOPES = 6;

/** Agreement, in tokens, from which on a place counts in one more column. */
export const EXACT_LEVELS = [1, 2, 3, 4, 6, 9, 13] as const;
export const SHAPE_LEVELS = [4, 6, 9, 14] as const;

/** Places that agree by shape are told apart as those of the file, of all others, of deleted and of added lines. */
const SIDES = [0, 1, 1, 2, 3, 4] as const;
export const SHAPE_SIDES = 5;
/** Agreement by shape from which on a name with no counterpart counts in one more column. */
const UNNAMED_LEVELS = [4, 8, 14] as const;
/** Tokens from which on the line below a place agrees with the line below the cursor, in one more column. */
const BELOW_LEVELS = [1, 3] as const;

export const SHAPE_AT = SCOPES * EXACT_LEVELS.length;
const UNNAMED_AT = SHAPE_AT + SHAPE_SIDES * SHAPE_LEVELS.length;
const RENAMED_AT = UNNAMED_AT + SHAPE_SIDES * UNNAMED_LEVELS.length;
const ADAPTED_AT = RENAMED_AT + SHAPE_SIDES;
const BELOW_AT = ADAPTED_AT + SHAPE_SIDES;
/**
 * Counts kept of each candidate: by scope, places that agree exactly, by level; by side, places that agree by shape, by
 * level; by side, names that stood at such places and have no counterpart here, names that have
 * another, and names that were made from such by what other names became; by scope, places below which the text
 * goes on as it does here.
 */
export const COUNTS = BELOW_AT + SCOPES * BELOW_LEVELS.length;

/** More distinct next tokens than this are noise. */
const CAPACITY = 256;
const SLOTS = 1024;

/** The next tokens that something speaks for, with what speaks for them. Cleared and used again at every step. */
export class Candidates {
  size = 0;
  readonly ids = new Int32Array(CAPACITY);
  /** The token as it stood at the best witness: its kind, and whether there was a space before it. */
  readonly tokens = new Uint32Array(CAPACITY);
  /** A rough weight of all that speaks for it, by which the few that are judged are chosen. */
  readonly weights = new Float64Array(CAPACITY);
  readonly counts = new Float32Array(CAPACITY * COUNTS);
  /** Places heard in all, in the same columns. */
  readonly totals = new Float32Array(COUNTS);
  /** Longest agreement of any of its witnesses. */
  readonly exact = new Int32Array(CAPACITY);
  readonly shape = new Int32Array(CAPACITY);
  readonly sameNames = new Int32Array(CAPACITY);
  /** The best witness: its place, in the file's view or in the store, and its scope; -1 if there is none. */
  readonly places = new Int32Array(CAPACITY);
  readonly scopes = new Int32Array(CAPACITY);
  /** What neighbours, and lines that follow similar places, go on with (`scope.ts`). */
  siblings: Votes = NO_VOTES;
  cousins: Votes = NO_VOTES;
  following: Votes = NO_VOTES;
  readonly #slots = new Int32Array(SLOTS);
  readonly #best = new Float64Array(CAPACITY);

  clear(): void {
    this.#slots.fill(0);
    this.totals.fill(0);
    this.size = 0;
  }

  /** The row of an id, made if need be; -1 if there is no more room. */
  row(id: number, token: number): number {
    let slot = (Math.imul(id, 0x9e3779b1) >>> 22) & (SLOTS - 1);
    for (; this.#slots[slot] !== 0; slot = (slot + 1) & (SLOTS - 1)) {
      const row = this.#slots[slot]! - 1;
      if (this.ids[row] === id) return row;
    }
    if (this.size === CAPACITY) return -1;
    const row = this.size++;
    this.#slots[slot] = row + 1;
    this.ids[row] = id;
    this.tokens[row] = token;
    this.weights[row] = 0;
    this.counts.fill(0, row * COUNTS, (row + 1) * COUNTS);
    this.exact[row] = 0;
    this.shape[row] = 0;
    this.sameNames[row] = 0;
    this.places[row] = -1;
    this.scopes[row] = ELSEWHERE;
    this.#best[row] = -1;
    return row;
  }

  /** A place that agrees on `exact` tokens is followed by the candidate. */
  hearExact(row: number, scope: number, exact: number, below: number): void {
    const at = scope * EXACT_LEVELS.length;
    for (let level = 0; level < EXACT_LEVELS.length && exact >= EXACT_LEVELS[level]!; level++) {
      this.counts[row * COUNTS + at + level]!++;
      this.totals[at + level]!++;
    }
    const belowAt = BELOW_AT + scope * BELOW_LEVELS.length;
    for (let level = 0; level < BELOW_LEVELS.length && below >= BELOW_LEVELS[level]!; level++) {
      this.counts[row * COUNTS + belowAt + level]!++;
      this.totals[belowAt + level]!++;
    }
    this.weights[row]! += WEIGHTS[Math.min(exact, 16)]! * SCOPE_WEIGHTS[scope]!;
    if (exact > this.exact[row]!) this.exact[row] = exact;
  }

  /** A place that agrees on `shape` tokens by shape is followed by what is the candidate here. */
  hearShape(row: number, scope: number, shape: number, named: boolean): void {
    const side = SIDES[scope]!;
    if (!named) {
      const at = UNNAMED_AT + side * UNNAMED_LEVELS.length;
      for (let level = 0; level < UNNAMED_LEVELS.length && shape >= UNNAMED_LEVELS[level]!; level++) {
        this.counts[row * COUNTS + at + level]!++;
        this.totals[at + level]!++;
      }
      this.weights[row]! += WEIGHTS[Math.min(shape >> 1, 16)]! / 2;
      if (shape > this.shape[row]!) this.shape[row] = shape;
      return;
    }
    const at = SHAPE_AT + side * SHAPE_LEVELS.length;
    for (let level = 0; level < SHAPE_LEVELS.length && shape >= SHAPE_LEVELS[level]!; level++) {
      this.counts[row * COUNTS + at + level]!++;
      this.totals[at + level]!++;
    }
    this.weights[row]! += WEIGHTS[Math.min(shape >> 1, 16)]! * SCOPE_WEIGHTS[scope]!;
    if (shape > this.shape[row]!) this.shape[row] = shape;
  }

  /** A place that agrees exactly is followed by the candidate, but what it stands for there is called otherwise here. */
  hearRenamed(row: number, scope: number): void {
    const column = RENAMED_AT + SIDES[scope]!;
    this.counts[row * COUNTS + column]!++;
    this.totals[column]!++;
    this.weights[row]! += 1;
  }

  /** A place that agrees by shape is followed by what the candidate was made from (`renaming.ts`). */
  hearAdapted(row: number, scope: number, shape: number): void {
    const column = ADAPTED_AT + SIDES[scope]!;
    this.counts[row * COUNTS + column]!++;
    this.totals[column]!++;
    this.weights[row]! += WEIGHTS[Math.min(shape >> 1, 16)]! * SCOPE_WEIGHTS[scope]!;
    if (shape > this.shape[row]!) this.shape[row] = shape;
  }

  /** Keeps the witness if it is better than those before it; the first of equals stays. */
  remember(
    row: number,
    token: number,
    place: number,
    scope: number,
    goodness: number,
    sameNames: number,
  ): void {
    if (sameNames > this.sameNames[row]!) this.sameNames[row] = sameNames;
    if (goodness <= this.#best[row]!) return;
    this.#best[row] = goodness;
    this.tokens[row] = token;
    this.places[row] = place;
    this.scopes[row] = scope;
  }
}

/** One more token of agreement counts e^0.6 times as much; the prototype's 1.5 to 1.9. */
const WEIGHTS = Array.from({ length: 17 }, (_, length) => Math.exp(0.6 * length));
const SCOPE_WEIGHTS = [3, 2, 1, 4, 3, 1];
