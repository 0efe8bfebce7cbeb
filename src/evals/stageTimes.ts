import type { Stage } from '../domain/trace.ts';
import { quantile } from './statistics.ts';

/** How long a stage of the answers took, in milliseconds, over the answers that passed through it. */
export interface StageTimes {
  readonly n: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly longestMs: number;
}

/**
 * The times of each stage, in the order in which stages are first met. What an answer spent in one stage on several
 * occasions counts together.
 */
export function stageTimes(
  answers: readonly { readonly stages: readonly Stage[] }[],
): Record<string, StageTimes> {
  const times = new Map<string, number[]>();
  for (const { stages } of answers) {
    const spent = new Map<string, number>();
    for (const { stage, ms } of stages) spent.set(stage, (spent.get(stage) ?? 0) + ms);
    for (const [stage, ms] of spent) {
      const all = times.get(stage);
      if (all) all.push(ms);
      else times.set(stage, [ms]);
    }
  }
  const told = (ms: readonly number[]): StageTimes => ({
    n: ms.length,
    p50Ms: quantile(ms, 0.5)!,
    p95Ms: quantile(ms, 0.95)!,
    longestMs: quantile(ms, 1)!,
  });
  return Object.fromEntries([...times].map(([stage, ms]) => [stage, told(ms)]));
}
