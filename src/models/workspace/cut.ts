import type { Intensity } from '../../domain/settings.ts';
import type { Draft } from './workspaceModel.ts';

/** How sure Wisp must be of all that it shows, and how much there must be to show. */
export interface Threshold {
  /** For a single token: the editor's own list of words gives those, too. */
  readonly single: number;
  readonly several: number;
  /** For several that end where an argument or a statement does: a person would stop there. */
  readonly atEnd: number;
  /** Characters below which a suggestion costs more attention than it saves typing. */
  readonly leastChars: number;
}

/**
 * Chosen by replaying the typing of 600 lines of five repositories that nothing was learned from: balanced completed
 * 63.6 % of the characters (47.9 % by several tokens at once) and 78 % of what was displayed was right; quiet 58.4 (42.0)
 * and 86 %; eager 67.5 (50.4) and 68 %. One threshold of .7 for all gave 64.4 (45.2) and 80 %, .65 gave 65.5 (47.0) and 75 %.
 */
export const THRESHOLDS: Readonly<Record<Intensity, Threshold>> = {
  quiet: { single: 0.85, several: 0.8, atEnd: 0.75, leastChars: 6 },
  balanced: { single: 0.72, several: 0.7, atEnd: 0.6, leastChars: 3 },
  eager: { single: 0.55, several: 0.55, atEnd: 0.55, leastChars: 2 },
};

/** Somebody who asks by a command wants to see the best guess, and is told how sure it is. */
export const WHEN_INVOKED: Threshold = { single: 0.15, several: 0.15, atEnd: 0.15, leastChars: 1 };

export interface Cut {
  readonly text: string;
  readonly confidence: number;
}

/** The longest beginning of the draft that is likely enough, cut between tokens. */
export function cut(draft: Draft, threshold: Threshold): Cut | undefined {
  const { tokens } = draft;
  let count = tokens.length;
  while (count > 0 && tokens[count - 1]!.probability < leastFor(draft, count, threshold)) count--;
  const text = tokens
    .slice(0, count)
    .map(token => token.text)
    .join('')
    .trimEnd();
  if (text.trim().length < threshold.leastChars) return undefined;
  return { text, confidence: tokens[count - 1]!.probability };
}

function leastFor({ tokens, lineEnd }: Draft, count: number, { single, several, atEnd }: Threshold): number {
  if (count === 1) return single;
  const next = tokens[count];
  const ends = next ? /^\s*[,;)\]}]/.test(next.text) : lineEnd !== undefined;
  return ends ? atEnd : several;
}
