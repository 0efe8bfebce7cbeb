import type { Intensity } from '../../domain/settings.ts';
import type { Draft } from './workspaceModel.ts';

/** How sure Wisp must be of every character that it shows, and how much there must be to show. */
export interface Threshold {
  readonly probability: number;
  /** Characters below which a suggestion costs more attention than it saves typing. */
  readonly leastChars: number;
}

/**
 * Chosen by replaying the typing of lines of repositories that nothing was learned from. 55 lines with these networks:
 * at .85, 88 % of what was displayed was right and 51 % of all characters were completed; at .75, 80 % and 51 %; at .5,
 * 64 % and 59 %. 300 lines with the first such network: at .7, 72 % and 58 %.
 */
export const THRESHOLDS: Readonly<Record<Intensity, Threshold>> = {
  quiet: { probability: 0.85, leastChars: 6 },
  balanced: { probability: 0.75, leastChars: 3 },
  eager: { probability: 0.5, leastChars: 2 },
};

/** Somebody who asks by a command wants to see the best guess, and is told how sure it is. */
export const WHEN_INVOKED: Threshold = { probability: 0.15, leastChars: 1 };

export interface Cut {
  readonly text: string;
  readonly confidence: number;
}

/** The longest beginning of the draft that is likely enough, cut between tokens. */
export function cut(draft: Draft, threshold: Threshold): Cut | undefined {
  const sure = draft.tokens.filter(token => token.probability >= threshold.probability);
  const text = sure
    .map(token => token.text)
    .join('')
    .trimEnd();
  if (text.trim().length < threshold.leastChars) return undefined;
  return { text, confidence: sure.at(-1)!.probability };
}
