import { SURVIVAL_CHECKS } from '../domain/feedback.ts';
import type { GuardCounts } from '../domain/guardCounts.ts';
import { type Fate, fatesOf } from './fates.ts';
import { guardCountsIn } from './guardLedger.ts';
import { JournalReading } from './journal.ts';

/** Counts of suggestions. Each that was shown is counted under one of the five that follow `shown`. */
export interface FeedbackCounts {
  /** Visible and true of the document for 750 ms, or accepted before that. */
  readonly shown: number;
  /** All of it was taken. */
  readonly accepted: number;
  /** A part of it was taken in one go, and never the whole. */
  readonly partlyAccepted: number;
  /** Esc, or something else typed in its place. */
  readonly dismissed: number;
  /** The user went elsewhere, typed all of it by hand, or was shown something else. */
  readonly ignored: number;
  /** Shown, and nothing more is known: still on the screen, or Wisp was killed. */
  readonly open: number;
  /** accepted/shown; null if nothing was shown. */
  readonly acceptanceRate: number | null;
  /**
   * By seconds after acceptance: how many were looked at then, and of how many the text was still there, that is at a
   * normalised edit distance of 0.5 or less. A document that was closed before is not looked at.
   */
  readonly survived: Readonly<Record<string, { readonly checked: number; readonly survived: number }>>;
}

export interface FeedbackStats extends FeedbackCounts {
  readonly byLanguage: Readonly<Record<string, FeedbackCounts>>;
  readonly bySource: Readonly<Record<string, FeedbackCounts>>;
  /** Ask to answer, of what was shown; null if nothing was. */
  readonly ms: { readonly p50: number; readonly p95: number } | null;
  /** Lines of the journal that could not be read. */
  readonly unreadable: number;
  /** What the guards did, shown or not. */
  readonly guards: GuardCounts;
}

/** What a journal says, in numbers. */
export async function stats(store: string): Promise<FeedbackStats> {
  const reading = new JournalReading(store);
  const fates = [...(await fatesOf(reading)).values()].filter(isShown);
  const times = fates.map(({ shown }) => shown.ms).sort((a, b) => a - b);
  return {
    ...count(fates),
    byLanguage: countBy(fates, ({ shown }) => shown.languageId),
    bySource: countBy(fates, ({ shown }) => shown.source),
    ms: times.length > 0 ? { p50: quantile(times, 0.5), p95: quantile(times, 0.95) } : null,
    unreadable: reading.broken + reading.unknown,
    guards: await guardCountsIn(store),
  };
}

type ShownFate = Fate & { shown: NonNullable<Fate['shown']> };

function isShown(fate: Fate): fate is ShownFate {
  return fate.shown !== undefined;
}

function count(fates: readonly Fate[]): FeedbackCounts {
  const counts = { accepted: 0, partlyAccepted: 0, dismissed: 0, ignored: 0, open: 0 };
  for (const fate of fates) counts[endingOf(fate)]++;
  const survived = SURVIVAL_CHECKS.map(seconds => {
    const checks = fates.map(fate => fate.checks.get(seconds)).filter(check => check !== undefined);
    return [String(seconds), { checked: checks.length, survived: checks.filter(Boolean).length }] as const;
  });
  return {
    shown: fates.length,
    ...counts,
    acceptanceRate: fates.length > 0 ? counts.accepted / fates.length : null,
    survived: Object.fromEntries(survived),
  };
}

function endingOf(fate: Fate): 'accepted' | 'partlyAccepted' | 'dismissed' | 'ignored' | 'open' {
  if (fate.acceptedAt !== undefined) return 'accepted';
  if (fate.partlyAccepted) return 'partlyAccepted';
  if (fate.dismissed) return 'dismissed';
  return fate.ignored ? 'ignored' : 'open';
}

function countBy(
  fates: readonly ShownFate[],
  keyOf: (fate: ShownFate) => string,
): Record<string, FeedbackCounts> {
  const keys = [...new Set(fates.map(keyOf))].sort();
  return Object.fromEntries(keys.map(key => [key, count(fates.filter(fate => keyOf(fate) === key))]));
}

/** The smallest value that at least the share `q` of the sorted values does not exceed. */
function quantile(sorted: readonly number[], q: number): number {
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)]!;
}
