/** What stands where there is no number: a share of nothing. */
const NO_NUMBER = '–';

/** A share as a percentage: without decimals, as a few hundred holes say no more than that. */
export function percent(share: number | null): string {
  return share === null ? NO_NUMBER : `${Math.round(100 * share)} %`;
}

export function milliseconds(ms: number | null): string {
  if (ms === null) return NO_NUMBER;
  return `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;
}

/** A measure between 0 and 1. */
export function fraction(value: number | null): string {
  return value === null ? NO_NUMBER : value.toFixed(2);
}

export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

export function duration(seconds: number): string {
  return seconds < 90 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
}

/**
 * The 95 % interval of a share that was seen `of` times, as Wilson gives it (JASA 22, 1927): it holds for few and for
 * extreme shares too. Null of nothing.
 */
export function shareInterval(share: number | null, of: number): { low: number; high: number } | null {
  if (share === null || of === 0) return null;
  const z = 1.96;
  const weight = 1 + z ** 2 / of;
  const middle = (share + z ** 2 / (2 * of)) / weight;
  const half = (z / weight) * Math.sqrt((share * (1 - share)) / of + z ** 2 / (4 * of ** 2));
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}
