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
  /** `b` − `a`. */
  readonly difference: number;
  /** Bounds of its 95 % interval. */
  readonly low: number;
  readonly high: number;
}

/** What one thing adds to a measure: the measure of many is the sum of their parts over the sum of their wholes. */
export interface Portion {
  readonly part: number;
  readonly whole: number;
}

/** Sums of parts and wholes of both sides, of one cluster. */
type Sums = readonly [partA: number, wholeA: number, partB: number, wholeB: number];

/** With so many resamples without a value the others say nothing of the whole. */
const MOST_WITHOUT_VALUE = 0.05;

/**
 * How much `b` is above `a`, measured on the same things, with the percentile interval of a paired bootstrap (Efron and
 * Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 13; for comparing systems on one test set: Koehn, EMNLP
 * 2004). Things of one cluster are alike and are drawn together: clusters are drawn with replacement, as many as there
 * are, `resamples` times (Davison and Hinkley, "Bootstrap Methods and their Application", 1997, section 3.8).
 * @param clusters names the cluster of each thing.
 * @returns null of nothing, and where a share of nothing would have to be taken.
 */
export function pairedDifference(
  a: readonly Portion[],
  b: readonly Portion[],
  clusters: readonly string[],
  random: Random,
  resamples = 10_000,
): Interval | null {
  if (a.length !== b.length || a.length !== clusters.length) {
    throw new Error(`${a.length} and ${b.length} values in ${clusters.length} clusters are no pairs.`);
  }
  const sums = sumsOf(a, b, clusters);
  const difference = differenceOf(sums, i => i);
  if (difference === undefined) return null;
  const drawn: number[] = [];
  for (let i = 0; i < resamples; i++) {
    const value = differenceOf(sums, () => random.below(sums.length));
    if (value !== undefined) drawn.push(value);
  }
  if (drawn.length < resamples * (1 - MOST_WITHOUT_VALUE)) return null;
  const sorted = Float64Array.from(drawn).sort();
  const rank = Math.floor(0.025 * sorted.length);
  return { difference, low: sorted[rank]!, high: sorted[sorted.length - 1 - rank]! };
}

function sumsOf(a: readonly Portion[], b: readonly Portion[], clusters: readonly string[]): readonly Sums[] {
  const sums = new Map<string, Sums>();
  for (const [i, cluster] of clusters.entries()) {
    const [partA, wholeA, partB, wholeB] = sums.get(cluster) ?? [0, 0, 0, 0];
    sums.set(cluster, [partA + a[i]!.part, wholeA + a[i]!.whole, partB + b[i]!.part, wholeB + b[i]!.whole]);
  }
  return [...sums.values()];
}

/** Of as many clusters as there are, the i-th of them chosen by `pick`. */
function differenceOf(sums: readonly Sums[], pick: (i: number) => number): number | undefined {
  let partA = 0;
  let wholeA = 0;
  let partB = 0;
  let wholeB = 0;
  for (let i = 0; i < sums.length; i++) {
    const cluster = sums[pick(i)]!;
    partA += cluster[0];
    wholeA += cluster[1];
    partB += cluster[2];
    wholeB += cluster[3];
  }
  return wholeA === 0 || wholeB === 0 ? undefined : partB / wholeB - partA / wholeA;
}
