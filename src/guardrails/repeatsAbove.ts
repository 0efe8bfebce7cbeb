import { type Guard, KEPT } from './guard.ts';
import { isAlmost, linesAround } from './lines.ts';

/**
 * Refuses several lines that stand directly above, letter by letter or almost. One repeated line is common in honest code.
 */
export const repeatsAbove: Guard = {
  name: 'repeatsAbove',
  judge(judged) {
    const { made, above } = linesAround(judged);
    const lines = made.map(line => line.trimEnd()).filter(Boolean);
    const last = above
      .map(line => line.trimEnd())
      .filter(Boolean)
      .slice(0, lines.length)
      .reverse();
    return lines.length > 1 &&
      lines.length === last.length &&
      (lines.every((line, i) => line === last[i]) || isAlmost(lines, last))
      ? { kind: 'refused', reason: 'it repeats what stands above' }
      : KEPT;
  },
};
