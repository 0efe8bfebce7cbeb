import type { Trigger } from '../domain/request.ts';
import { WorkspaceTexts } from '../evals/baselines/workspaceTexts.ts';
import type { Hole } from '../evals/holes.ts';
import { GUARD_BUDGET_MS } from '../evals/run.ts';
import { BaselineSystem } from '../evals/variants/baselineSystem.ts';
import type { Site } from '../evals/variants/contest.ts';
import { EngineSystem } from '../evals/variants/system.ts';
import type { Host } from './command.ts';
import { withComposed } from './engine.ts';
import { type Entrant, isBaseline, isVariant, type Variant } from './evalEntrants.ts';
import type { Ground } from './evalGround.ts';

/**
 * Does `work` with all entrants in their places. Those who want the same files in the index share one engine, and
 * baselines look at the first one's. Engines index in this process and keep nothing: what is stored, and who is first to
 * have a file ready, would be of influence.
 */
export function withSites<H extends Hole, T>(
  ground: Ground<H>,
  entrants: readonly Entrant[],
  { host, trigger, givesNothing }: Asking,
  work: (sites: readonly OpenSite<H>[]) => Promise<T>,
): Promise<T> {
  const { directory } = ground;
  const groups = byIndex(entrants.filter(isVariant));
  const next = async (sites: readonly OpenSite<H>[]): Promise<T> => {
    const group = groups[sites.length];
    if (!group) return work(sites);
    const { options, readNow, guide } = await ground.look();
    const { settings } = group[0]!;
    return withComposed(
      { directory, settings, host },
      { ...options, readNow, indexer: 'in-process', guardBudgetMs: GUARD_BUDGET_MS, givesNothing },
      ({ engine, retrieval }) => {
        const guided = guide(engine);
        const texts = new WorkspaceTexts({ engine, directory, readNow, open: () => guided.open });
        const apiKey = host.env.WISP_API_KEY;
        const parts = { engine, directory, clock: host.clock, trigger };
        const turn = {};
        const own = group.map(
          ({ name, settings }) =>
            new EngineSystem(name, { ...parts, turn, settings, ...(apiKey ? { apiKey } : {}) }),
        );
        const baselines = sites.length > 0 ? [] : entrants.filter(isBaseline);
        const others = baselines.map(
          ({ name, baseline }) => new BaselineSystem(name, { ...parts, texts, baseline: baseline(texts) }),
        );
        const site = { engine, retrieval, texts, systems: [...own, ...others], enter: guided.enter };
        return next([...sites, site]);
      },
    );
  };
  return next([]);
}

/** Who wants to know, and how engines are asked. */
export interface Asking {
  readonly host: Host;
  readonly trigger: Trigger;
  /** Retrieval gives the workspace model nothing. */
  readonly givesNothing: boolean;
}

/** A site with what baselines see of it. */
export interface OpenSite<H extends Hole> extends Site<H> {
  readonly texts: WorkspaceTexts;
}

function byIndex(entrants: readonly Variant[]): readonly (readonly Variant[])[] {
  const groups = new Map<string, Variant[]>();
  for (const entrant of entrants) {
    const { exclude, index, embedding } = entrant.settings;
    const key = JSON.stringify([exclude, index, embedding]);
    groups.set(key, [...(groups.get(key) ?? []), entrant]);
  }
  return [...groups.values()];
}
