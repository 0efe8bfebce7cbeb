import type { Random } from './random.ts';

/** The arithmetic mean, or null of nothing. */
export function mean(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The smallest value that at least the share `p` of all values does not exceed (nearest rank); null of nothing. */
export function quantile(values: readonly number[], p: number): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)]!;
}

export interface Interval {
  /** Mean of `b` − `a`. */
  readonly mean: number;
  /** Bounds of the 95 % interval of that mean. */
  readonly low: number;
  readonly high: number;
}

/**
 * How much `b` is above `a`, measured on the same things, with the percentile interval of a paired bootstrap: pairs are
 * drawn with replacement, as many as there are, `resamples` times (Efron and Tibshirani, "An Introduction to the
 * Bootstrap", 1993, chapter 13; for comparing systems on one test set: Koehn, EMNLP 2004). Null of nothing.
 */
export function pairedDifference(
  a: readonly number[],
  b: readonly number[],
  random: Random,
  resamples = 10_000,
): Interval | null {
  if (a.length !== b.length) throw new Error(`${a.length} and ${b.length} values are no pairs.`);
  const differences = Float64Array.from(a, (value, i) => b[i]! - value);
  const n = differences.length;
  if (n === 0) return null;
  const means = new Float64Array(resamples);
  for (let i = 0; i < resamples; i++) {
    let sum = 0;
    for (let drawn = 0; drawn < n; drawn++) sum += differences[random.below(n)]!;
    means[i] = sum / n;
  }
  means.sort();
  const rank = Math.floor(0.025 * resamples);
  return {
    mean: differences.reduce((sum, value) => sum + value, 0) / n,
    low: means[rank]!,
    high: means[resamples - 1 - rank]!,
  };
}
