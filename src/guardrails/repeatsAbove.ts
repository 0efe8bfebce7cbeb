import { type Guard, KEPT } from './guard.ts';
import { linesAround } from './lines.ts';

/** Refuses several lines that stand, letter by letter, directly above. One repeated line is common in honest code. */
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
    return lines.length > 1 && lines.length === last.length && lines.every((line, i) => line === last[i])
      ? { kind: 'refused', reason: 'it repeats what stands above' }
      : KEPT;
  },
};
