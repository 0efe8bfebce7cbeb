import { type Guard, KEPT } from './guard.ts';

/** Refuses what goes round in circles: the same lines, or the same words in one line, three times on end. */
export const repeatsItself: Guard = {
  name: 'repeatsItself',
  judge({ text }) {
    const lines = text
      .split('\n')
      .map(line => line.trim())
      .filter(Boolean);
    if (linesGoRound(lines)) return { kind: 'refused', reason: 'it says the same lines three times on end' };
    if (lines.some(wordsGoRound))
      return { kind: 'refused', reason: 'it says the same words three times on end' };
    return KEPT;
  },
};

const TIMES = 3;
const LONGEST_PERIOD = 4;

function linesGoRound(lines: readonly string[]): boolean {
  for (let period = 1; period <= LONGEST_PERIOD; period++) {
    let same = 0;
    for (let i = period; i < lines.length; i++) {
      same = lines[i] === lines[i - period] ? same + 1 : 0;
      // Brackets and numbers may well repeat; a table is made of them.
      const round = lines.slice(i - period + 1, i + 1);
      if (same >= period * (TIMES - 1) && round.some(line => /\p{L}{3}/u.test(line))) return true;
    }
  }
  return false;
}

/** A repetition counts from two different words on: `0, 0, 0` and `f(f(f(x)))` are code. */
function wordsGoRound(line: string): boolean {
  const words = line.match(/[\p{L}\p{N}_]+/gu) ?? [];
  for (let period = 2; period * TIMES <= words.length; period++) {
    let same = 0;
    for (let i = period; i < words.length; i++) {
      same = words[i] === words[i - period] ? same + 1 : 0;
      if (same < period * (TIMES - 1)) continue;
      const round = new Set(words.slice(i - period + 1, i + 1));
      if (round.size > 1 && [...round].join('').length >= 8) return true;
    }
  }
  return false;
}
