import { distance } from 'fastest-levenshtein';
import { type Judged, placeOf } from './guard.ts';

/** The lines that an accepted suggestion would make, the cursor's line whole, and what stands around them. */
export interface LinesAround {
  readonly made: readonly string[];
  /** Nearest first. */
  readonly above: readonly string[];
  readonly below: readonly string[];
}

/** Lines that are looked at on each side; no suggestion is longer. */
const REACH = 60;

export function linesAround(judged: Judged): LinesAround {
  const { before, after, linePrefix, lineRest } = placeOf(judged);
  const above = before
    .slice(0, before.length - linePrefix.length)
    .slice(-REACH * 200)
    .split('\n')
    .slice(-REACH - 1);
  above.pop();
  const [, ...below] = after.slice(0, REACH * 200).split('\n', REACH + 1);
  return { made: (linePrefix + judged.text + lineRest).split('\n'), above: above.reverse(), below };
}

/** Of fewer lines, honest code has many that differ in a word. */
const LEAST_ALMOST = 4;

/**
 * Whether several lines, squeezed, are those that `others` begins with but for one, and that one for a few letters.
 */
export function isAlmost(lines: readonly string[], others: readonly string[]): boolean {
  if (lines.length < LEAST_ALMOST || others.length < lines.length) return false;
  const different = lines.flatMap((line, i) => (line === others[i] ? [] : [[line, others[i]!] as const]));
  return (
    different.length === 1 && different.every(([a, b]) => distance(a, b) <= Math.max(a.length, b.length) / 5)
  );
}

/** A line as it is compared when white space does not count. */
export function squeezed(line: string): string {
  return line.replace(/\s+/g, '');
}
