import { type Guard, KEPT } from './guard.ts';
import { isAlmost, linesAround, squeezed } from './lines.ts';

/**
 * Refuses what stands on the next lines below already, white space aside, or is almost the same over several lines; of a
 * longer suggestion, drops that end.
 */
export const repeatsBelow: Guard = {
  name: 'repeatsBelow',
  judge(judged) {
    const { made, below } = linesAround(judged);
    const next = below.map(squeezed).filter(Boolean);
    const lines = made.map(squeezed);
    for (let from = 0; from < lines.length; from++) {
      const end = lines.slice(from).filter(Boolean);
      if (end.length > next.length || !end.some(isTelling)) continue;
      if (end.some((line, i) => line !== next[i]) && !isAlmost(end, next)) continue;
      if (from === 0) return { kind: 'refused', reason: 'it repeats what stands below' };
      const text = judged.text.split('\n').slice(0, from).join('\n').trimEnd();
      return { kind: 'repaired', text, step: 'dropped the lines that stand below already' };
    }
    return KEPT;
  },
};

/** Honest code repeats short lines (`else:`, `return;`, `None,`), and lines that only open what differs. */
function isTelling(line: string): boolean {
  return line.length >= 10 && /\p{L}{3}/u.test(line) && !/[{([:]$/.test(line);
}
