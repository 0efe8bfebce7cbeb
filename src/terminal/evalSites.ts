import type { Hole } from '../evals/holes.ts';
import { GUARD_BUDGET_MS } from '../evals/run.ts';
import type { Site } from '../evals/variants/contest.ts';
import { EngineSystem } from '../evals/variants/system.ts';
import type { Host } from './command.ts';
import { withComposed } from './engine.ts';
import type { Entrant } from './evalEntrants.ts';
import type { Ground } from './evalGround.ts';

/**
 * Does `work` with all entrants in their places. Those who want the same files in the index share one engine. Engines
 * index in this process and keep nothing: what is stored, and who is first to have a file ready, would be of influence.
 */
export function withSites<H extends Hole, T>(
  ground: Ground<H>,
  entrants: readonly Entrant[],
  host: Host,
  work: (sites: readonly Site<H>[]) => Promise<T>,
): Promise<T> {
  const groups = byIndex(entrants);
  const next = async (sites: readonly Site<H>[]): Promise<T> => {
    const group = groups[sites.length];
    if (!group) return work(sites);
    const { options, enterWith } = await ground.look();
    const { directory } = ground;
    const { settings } = group[0]!;
    return withComposed(
      { directory, settings, host },
      { ...options, indexer: 'in-process', guardBudgetMs: GUARD_BUDGET_MS },
      ({ engine, retrieval }) => {
        const apiKey = host.env.WISP_API_KEY;
        const parts = { engine, directory, clock: host.clock, ...(apiKey ? { apiKey } : {}) };
        const systems = group.map(entrant => new EngineSystem(entrant.name, { ...parts, ...entrant }));
        return next([...sites, { engine, retrieval, systems, enter: enterWith(engine) }]);
      },
    );
  };
  return next([]);
}

function byIndex(entrants: readonly Entrant[]): readonly (readonly Entrant[])[] {
  const groups = new Map<string, Entrant[]>();
  for (const entrant of entrants) {
    const { exclude, index } = entrant.settings;
    const key = JSON.stringify([exclude, index]);
    groups.set(key, [...(groups.get(key) ?? []), entrant]);
  }
  return [...groups.values()];
}
