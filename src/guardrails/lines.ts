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

/** A line as it is compared when white space does not count. */
export function squeezed(line: string): string {
  return line.replace(/\s+/g, '');
}
