import { seeded } from '../random.ts';
import { type Interval, type Portion, pairedDifference } from '../statistics.ts';
import type { HoleResult } from '../summary.ts';
import type { Typing } from '../typing.ts';

/** One thing that was measured of a hole or of a line, for which two systems can be compared. */
export interface Measure<R> {
  /** As the results call it, and as a person would. */
  readonly key: string;
  readonly name: string;
  /** More of it is better for the user; what does not say so decides nothing. */
  readonly decides: boolean;
  readonly portionOf: (result: R) => Portion;
}

/** What is compared of the answer at a hole. */
export type HoleScores = Pick<
  HoleResult,
  'offered' | 'exactMatch' | 'right' | 'editSimilarity' | 'prefixMatchChars' | 'targetChars'
>;
/** What is compared of a typed line. */
export type LineScores = Pick<Typing, 'chars' | 'completed' | 'displays' | 'rightDisplays' | 'keysSaved'>;

const each = (is: boolean) => ({ part: is ? 1 : 0, whole: 1 });
const among = (of: boolean, is: boolean) => ({ part: of && is ? 1 : 0, whole: of ? 1 : 0 });

/** As in `summary.ts`, so that a difference is that of the two summaries' figures. */
export const HOLE_MEASURES: readonly Measure<HoleScores>[] = [
  {
    key: 'exactMatch',
    name: 'exact match',
    decides: true,
    portionOf: hole => each(hole.offered && hole.exactMatch),
  },
  {
    key: 'editSimilarity',
    name: 'edit similarity',
    // Any offer comes nearer to the target than none, be it as wrong as it may.
    decides: false,
    portionOf: hole => ({ part: hole.editSimilarity, whole: 1 }),
  },
  {
    key: 'precision',
    name: 'precision',
    decides: true,
    portionOf: hole => among(hole.offered, hole.exactMatch),
  },
  {
    key: 'savedChars',
    name: 'saved characters',
    decides: true,
    portionOf: hole => ({ part: hole.right ? hole.prefixMatchChars : 0, whole: hole.targetChars }),
  },
  { key: 'offered', name: 'offered', decides: false, portionOf: hole => each(hole.offered) },
];

/** As in `typing.ts`. */
export const LINE_MEASURES: readonly Measure<LineScores>[] = [
  {
    key: 'completed',
    name: 'completed',
    decides: true,
    portionOf: line => ({ part: line.completed, whole: line.chars }),
  },
  {
    key: 'keysSaved',
    name: 'keys saved',
    decides: true,
    portionOf: line => ({ part: line.keysSaved, whole: line.chars }),
  },
  {
    key: 'rightDisplays',
    name: 'right displays',
    decides: true,
    portionOf: line => ({ part: line.rightDisplays, whole: line.displays }),
  },
];

/** Results with what tells which of them are alike. */
export interface Contestant<R> {
  readonly name: string;
  /** The same things in the same order for all who are compared. */
  readonly results: readonly (R & { readonly cluster: string })[];
}

export interface MeasureComparison {
  /** What was measured of either, null for a share of nothing. */
  readonly a: number | null;
  readonly b: number | null;
  /** `b` − `a`; null where too little was measured to tell. */
  readonly interval: Interval | null;
}

export type ComparisonVerdict = 'better' | 'worse' | 'mixed' | 'no difference shown' | 'too few to tell';

/** How `b` did against `a`. */
export interface Comparison {
  readonly a: string;
  readonly b: string;
  /** Things compared, and clusters of things that are alike. */
  readonly n: number;
  readonly clusters: number;
  readonly verdict: ComparisonVerdict;
  readonly sentence: string;
  readonly measures: Readonly<Record<string, MeasureComparison>>;
}

/** A bootstrap of fewer clusters says more than they can know. */
const LEAST_CLUSTERS = 10;

/**
 * Compares two systems at the same things, each measure with a 95 % interval of its own. The verdict is of `b`: better if
 * an interval of a measure that decides lies above nothing and none below.
 *
 * Holes of one commit are alike, and three cursors in one line more so: what `cluster` holds together is drawn together,
 * or the intervals would be too narrow.
 */
export function compare<R>(a: Contestant<R>, b: Contestant<R>, measures: readonly Measure<R>[]): Comparison {
  const clusters = a.results.map(({ cluster }) => cluster);
  const count = new Set(clusters).size;
  const compared = measures.map(measure => {
    const portionsA = a.results.map(measure.portionOf);
    const portionsB = b.results.map(measure.portionOf);
    // The same draws for every measure and in every run: the same results have the same intervals.
    const found = count < LEAST_CLUSTERS ? null : pairedDifference(portionsA, portionsB, clusters, seeded(1));
    return { measure, comparison: { a: shareOf(portionsA), b: shareOf(portionsB), interval: found } };
  });
  const verdict = verdictOf(compared, count);
  return {
    a: a.name,
    b: b.name,
    n: clusters.length,
    clusters: count,
    verdict,
    sentence: sentenceOf(a.name, b.name, verdict, compared),
    measures: Object.fromEntries(compared.map(({ measure, comparison }) => [measure.key, comparison])),
  };
}

interface Compared {
  readonly measure: Pick<Measure<never>, 'name' | 'decides'>;
  readonly comparison: MeasureComparison;
}

function shareOf(portions: readonly Portion[]): number | null {
  const whole = portions.reduce((sum, portion) => sum + portion.whole, 0);
  return whole === 0 ? null : portions.reduce((sum, { part }) => sum + part, 0) / whole;
}

const isAbove = ({ comparison: { interval } }: Compared) => interval !== null && interval.low > 0;
const isBelow = ({ comparison: { interval } }: Compared) => interval !== null && interval.high < 0;

function verdictOf(compared: readonly Compared[], clusters: number): ComparisonVerdict {
  if (clusters < LEAST_CLUSTERS) return 'too few to tell';
  const deciding = compared.filter(({ measure }) => measure.decides);
  const above = deciding.some(isAbove);
  const below = deciding.some(isBelow);
  if (above && below) return 'mixed';
  return above ? 'better' : below ? 'worse' : 'no difference shown';
}

function sentenceOf(a: string, b: string, verdict: ComparisonVerdict, compared: readonly Compared[]): string {
  const deciding = compared.filter(({ measure }) => measure.decides);
  const told = (which: (of: Compared) => boolean) => deciding.filter(which).map(toldDifference).join(', ');
  const sentence: Readonly<Record<ComparisonVerdict, () => string>> = {
    better: () => `${b} is better than ${a}: ${told(isAbove)}.`,
    worse: () => `${b} is worse than ${a}: ${told(isBelow)}.`,
    mixed: () => `${b} is better than ${a} in ${told(isAbove)}, and worse in ${told(isBelow)}.`,
    'no difference shown': () => `Between ${b} and ${a} no difference is shown.`,
    'too few to tell': () => `Too little was measured to tell ${b} from ${a}.`,
  };
  return sentence[verdict]();
}

function toldDifference({ measure, comparison }: Compared): string {
  const { difference, low, high } = comparison.interval!;
  return `${measure.name} ${points(difference)} points (${points(low)} to ${points(high)})`;
}

/** Of a hundred, with its sign. */
export function points(share: number): string {
  const value = (100 * share).toFixed(1);
  // Never a zero that is negative, nor one that is neither.
  if (Number(value) === 0) return '0.0';
  return share > 0 ? `+${value}` : `−${value.slice(1)}`;
}
