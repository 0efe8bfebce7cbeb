/** A stream of numbers that is the same for the same seed on every machine. */
export interface Random {
  /** A whole number from 0 to 2³² − 1. */
  next(): number;
  /** A whole number from 0 to `limit` − 1. */
  below(limit: number): number;
  /** A number from 0 to 1, 1 excluded, in steps of 2⁻³². */
  float(): number;
}

/**
 * xoshiro128** 1.1 by Blackman and Vigna ("Scrambled linear pseudorandom number generators", ACM TOMS 47, 2021), its
 * state filled from the seed by SplitMix32, so that near seeds give streams that have nothing in common.
 */
export function seeded(seed: number): Random {
  const mix = splitMix(seed);
  return xoshiro([mix(), mix(), mix(), mix()]);
}

/** The generator from a state of its own, of which at least one word is not zero. */
export function xoshiro(state: readonly [number, number, number, number]): Random {
  let [a, b, c, d] = state;
  const next = () => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotate(d, 11);
    return result;
  };
  const float = () => next() / 2 ** 32;
  return { next, float, below: limit => Math.floor(float() * limit) };
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

/** A Weyl sequence through Wellons' low-bias 32-bit hash (after SplitMix; Steele, Lea and Flood, OOPSLA 2014). */
function splitMix(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let z = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  };
}
