import { codeTokens } from './codeTokens.ts';
import { joinedHash, shortHash, sortedSet } from './shortHash.ts';

/** Consecutive tokens that are compared as one, so that order counts and the words of a language alone do not. */
export const SHINGLE_TOKENS = 5;
/** Hashes kept of a file. At a resemblance of 0.8 the estimate's standard error is √(0.8 · 0.2 / 128) = 0.035. */
export const SKETCH_SIZE = 128;
/** Two files that resemble each other more than this are one file twice over. */
export const NEAR_DUPLICATE = 0.8;

/** The smallest hashes of a file's shingles, in ascending order; all of them where there are few. */
export type Sketch = Uint32Array;

/**
 * A file's sketch. One hash function and the `SKETCH_SIZE` smallest values, as in Broder's "On the resemblance and
 * containment of documents" (SEQUENCES 1997), in place of many functions and the smallest value of each.
 */
export function sketchOf(text: string): Sketch {
  const tokens = Uint32Array.from(codeTokens(text), shortHash);
  const shingles = new Uint32Array(Math.max(0, tokens.length - SHINGLE_TOKENS + 1));
  for (let i = 0; i < shingles.length; i++) shingles[i] = joinedHash(tokens, i, SHINGLE_TOKENS);
  return sortedSet(shingles).slice(0, SKETCH_SIZE);
}

/**
 * An unbiased estimate of the shingles that two files share among all that they have (Jaccard), 0 to 1: how many of the
 * smallest hashes of both together are in both. Exact for files of few shingles, 0 for files of none.
 */
export function resemblance(one: Sketch, other: Sketch): number {
  let i = 0;
  let j = 0;
  let all = 0;
  let shared = 0;
  while (all < SKETCH_SIZE && (i < one.length || j < other.length)) {
    const a = one[i] ?? Number.POSITIVE_INFINITY;
    const b = other[j] ?? Number.POSITIVE_INFINITY;
    if (a === b) shared++;
    if (a <= b) i++;
    if (b <= a) j++;
    all++;
  }
  return all === 0 ? 0 : shared / all;
}
