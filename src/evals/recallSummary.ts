import type { Random } from './random.ts';
import { FUSED, type RecallCase } from './recallRun.ts';
import { type Interval, mean, pairedDifference, quantile } from './statistics.ts';

/** How one way to retrieve does at one budget, over all holes. */
export interface RecallRow {
  readonly configuration: string;
  readonly budget: number;
  /** Mean over the holes of the share of identifiers found. */
  readonly recall: number | null;
  /** Paired with all sources fused: how much more those find. */
  readonly fusedMore: Interval | null;
}

export interface RecallSummary {
  readonly n: number;
  readonly partial: boolean;
  readonly budgets: readonly number[];
  /** By configuration, then by budget. */
  readonly rows: readonly RecallRow[];
  /** Milliseconds that all sources fused took. */
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
}

/** The means of all configurations, each compared with all sources fused on the same holes. */
export function summariseRecall(
  cases: readonly RecallCase[],
  budgets: readonly number[],
  random: Random,
  partial = false,
): RecallSummary {
  const configurations = Object.keys(cases[0]?.recalls ?? {});
  const values = (configuration: string, at: number) =>
    cases.map(({ recalls }) => recalls[configuration]![at]!);
  const portions = (configuration: string, at: number) =>
    values(configuration, at).map(part => ({ part, whole: 1 }));
  // The id of a hole from history begins with that of its commit, whose holes are alike.
  const commits = cases.map(({ id }) => id.split(':', 1)[0]!);
  const times = cases.map(({ ms }) => ms);
  return {
    n: cases.length,
    partial,
    budgets,
    rows: configurations.flatMap(configuration =>
      budgets.map((budget, at) => ({
        configuration,
        budget,
        recall: mean(values(configuration, at)),
        fusedMore:
          configuration === FUSED
            ? null
            : pairedDifference(portions(configuration, at), portions(FUSED, at), commits, random),
      })),
    ),
    p50Ms: quantile(times, 0.5),
    p95Ms: quantile(times, 0.95),
  };
}
