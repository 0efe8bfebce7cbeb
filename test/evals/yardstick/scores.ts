/** Scores of one part by name, shares rounded to four decimals so that they are the same on every machine. */
export type Scores = Readonly<Record<string, number>>;

/** `baseline.json`: the scores of the last commit that changed them, by part. */
export type Committed = Readonly<Record<string, Scores | undefined>>;

export interface Change {
  readonly part: string;
  readonly score: string;
  /** Undefined where the score is new, or is no more. */
  readonly before: number | undefined;
  readonly now: number | undefined;
}

/** Every score of a part, beside what was committed of it. */
export function changes(part: string, before: Scores = {}, now: Scores): readonly Change[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])];
  return names.map(score => ({ part, score, before: before[score], now: now[score] }));
}

/** Of these, less is worse; of `escaped` and `falseRejection`, more is. What else is scored says nothing of breakage. */
const MORE_IS_BETTER = ['exactMatch', 'rightOffers', 'savedChars'];
const LESS_IS_BETTER = ['escaped', 'falseRejection'];
/** A change for the better elsewhere may cost this much here; what is broken costs more. */
export const MARGIN = 0.05;

/** What is worse than committed by more than the margin, or has gone from something to nothing, a sentence each. */
export function worsened(before: Scores, now: Scores): readonly string[] {
  const of = (scores: Scores, name: string) => scores[name] ?? 0;
  const told = (name: string) =>
    `${name} was ${of(before, name)} and is ${of(now, name)}: worse by more than ${MARGIN}.`;
  const lost = (name: string) => of(before, name) > 0 && of(now, name) === 0;
  return [
    ...MORE_IS_BETTER.filter(name => lost(name) || of(now, name) < of(before, name) - MARGIN).map(told),
    ...LESS_IS_BETTER.filter(name => of(now, name) > of(before, name) + MARGIN).map(told),
  ];
}

/** Rounded, and without what is no number. */
export function scoresOf(measures: Readonly<Record<string, unknown>>, names: readonly string[]): Scores {
  const known = names.flatMap(name => {
    const value = measures[name];
    return typeof value === 'number' ? [[name, Math.round(value * 10_000) / 10_000] as const] : [];
  });
  return Object.fromEntries(known);
}
