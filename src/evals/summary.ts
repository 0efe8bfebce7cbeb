import type { CheckReport } from '../domain/check.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { Source } from '../domain/suggestion.ts';
import type { Stage } from '../domain/trace.ts';
import type { Scores } from './metrics.ts';
import { type StageTimes, stageTimes } from './stageTimes.ts';
import { mean, quantile } from './statistics.ts';

/** What became of one hole. A hole without an offer is scored as an offer of nothing. */
export interface HoleResult extends Scores {
  readonly id: string;
  readonly class: string;
  readonly language: string;
  /** What the offer puts at the cursor, or null. */
  readonly text: string | null;
  readonly offered: boolean;
  /** The offer is right as far as it goes: it is all of the target or a beginning of it. */
  readonly right: boolean;
  /** Characters of the target, trailing white space aside. */
  readonly targetChars: number;
  /** Whether the file with the offer in it parses no worse than without; null without an offer or a grammar. */
  readonly parses: boolean | null;
  /** What the guards say of the true text. */
  readonly truth: Pick<CheckReport, 'verdict' | 'guard'>;
  /** Ask to answer, in milliseconds. */
  readonly ms: number;
  /** How long what was on the way to the answer took, in milliseconds, in its order. */
  readonly stages: readonly Stage[];
  readonly source: Source | null;
  readonly confidence: number | null;
  readonly outcome: Outcome['kind'];
}

/** Measures of a set of holes (DESIGN section 7). A share of nothing is null. */
export interface Measures {
  readonly n: number;
  /** Share of holes with an offer. */
  readonly offered: number | null;
  /** Share of all holes whose offer is the whole target. */
  readonly exactMatch: number | null;
  /** Exact matches among the offers. */
  readonly precision: number | null;
  /** Offers that are right as far as they go, among the offers. */
  readonly rightOffers: number | null;
  /** Share of all the targets' characters that offers which are right as far as they go would have saved. */
  readonly savedChars: number | null;
  /** Means over all holes; no offer counts as an offer of nothing. */
  readonly editSimilarity: number | null;
  readonly bleu4: number | null;
  readonly rougeL: number | null;
  readonly chrF: number | null;
  readonly prefixMatchChars: number | null;
  /** Offers that bring a syntax error, among the offers in languages with a grammar. */
  readonly escaped: number | null;
  /** Shares of all holes whose true text the guards would have refused, and would have changed. */
  readonly falseRejection: number | null;
  readonly falseRepair: number | null;
  /** Ask to answer over all holes, in milliseconds. */
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
}

/**
 * The measures of all holes, and of some of them: `code` is all but the lines of `APART`, and languages and sources are
 * split within `code`. Sources are those of the offers, so that no group of `sources` holds a hole without one.
 */
export interface Summary extends Measures {
  /** The evaluation was ended before all holes were asked. */
  readonly partial: boolean;
  readonly code: Measures;
  readonly classes: Readonly<Record<string, Measures>>;
  readonly languages: Readonly<Record<string, Measures>>;
  readonly sources: Readonly<Record<string, Measures>>;
  /** Over all holes, by the name of the stage in the trace. */
  readonly stages: Readonly<Record<string, StageTimes>>;
}

/** Classes of lines that are easy or beside the point, and would hide how code is completed. */
const APART: ReadonlySet<string> = new Set(['brackets', 'import', 'comment', 'moved']);

/** Whether holes of this class are reported by themselves and not as code. */
export const isApart = (holeClass: string): boolean => APART.has(holeClass);

export function summarise(results: readonly HoleResult[], partial: boolean): Summary {
  const code = results.filter(result => !isApart(result.class));
  return {
    ...measure(results),
    partial,
    code: measure(code),
    classes: measureBy(results, result => result.class),
    languages: measureBy(code, result => result.language),
    sources: measureBy(code, result => result.source),
    stages: stageTimes(results),
  };
}

function measureBy(
  results: readonly HoleResult[],
  keyOf: (result: HoleResult) => string | null,
): Record<string, Measures> {
  const groups = new Map<string, HoleResult[]>();
  for (const result of results) {
    const key = keyOf(result);
    if (key === null) continue;
    const group = groups.get(key);
    if (group) group.push(result);
    else groups.set(key, [result]);
  }
  const sorted = [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([key, group]) => [key, measure(group)]));
}

function measure(results: readonly HoleResult[]): Measures {
  const offers = results.filter(result => result.offered);
  const share = (of: readonly HoleResult[], is: (result: HoleResult) => boolean) =>
    mean(of.map(result => (is(result) ? 1 : 0)));
  const average = (of: (result: HoleResult) => number) => mean(results.map(of));
  const times = results.map(result => result.ms);
  return {
    n: results.length,
    offered: share(results, result => result.offered),
    exactMatch: share(results, result => result.offered && result.exactMatch),
    precision: share(offers, result => result.exactMatch),
    rightOffers: share(offers, result => result.right),
    savedChars: savedChars(results),
    editSimilarity: average(result => result.editSimilarity),
    bleu4: average(result => result.bleu4),
    rougeL: average(result => result.rougeL),
    chrF: average(result => result.chrF),
    prefixMatchChars: average(result => result.prefixMatchChars),
    escaped: share(
      offers.filter(result => result.parses !== null),
      result => result.parses === false,
    ),
    falseRejection: share(results, ({ truth }) => truth.verdict === 'refused'),
    falseRepair: share(results, ({ truth }) => truth.verdict === 'repaired'),
    p50Ms: quantile(times, 0.5),
    p95Ms: quantile(times, 0.95),
  };
}

function savedChars(results: readonly HoleResult[]): number | null {
  const chars = results.reduce((sum, result) => sum + result.targetChars, 0);
  const saved = results.reduce((sum, result) => sum + (result.right ? result.prefixMatchChars : 0), 0);
  return chars === 0 ? null : saved / chars;
}
