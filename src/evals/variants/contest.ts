import { isAbort } from '../../base/abort.ts';
import type { Remote } from '../../base/port.ts';
import type { EngineApi } from '../../engine/api.ts';
import type { Retrieval } from '../../retrieval/retrieve.ts';
import type { Hole } from '../holes.ts';
import { withHoleOpen } from '../openHole.ts';
import { type HoleResult, isApart } from '../summary.ts';
import type { TypingResult } from '../typingRun.ts';
import type { System } from './system.ts';

/** A workspace with those who are asked in it. */
export interface Site<H extends Hole = Hole> {
  /** Has the workspace in its index. */
  readonly engine: Remote<EngineApi>;
  /** The engine's own. */
  readonly retrieval: Retrieval;
  readonly systems: readonly System[];
  /** Brings the engine to where a hole is asked, such as to the commit that it comes from. */
  readonly enter: (hole: H) => Promise<void>;
}

export interface ContestOptions {
  /** The workspace folder's absolute path. */
  readonly directory: string;
  /** Ends the contest early with the holes asked so far. */
  readonly signal: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/** By the system's name; every list has the same holes in the same order. */
export type Answers<R> = ReadonlyMap<string, readonly R[]>;

/** Asks every system at every hole, at each hole all of them before the next one. */
export function askAll<H extends Hole>(
  sites: readonly Site<H>[],
  holes: readonly H[],
  options: ContestOptions,
): Promise<Answers<HoleResult>> {
  return inTurns(sites, holes, options, (site, hole) =>
    withHoleOpen(site.engine, { ...hole, text: hole.prefix + hole.suffix }, options, async () => {
      const row: HoleResult[] = [];
      for (const system of site.systems) row.push(await system.ask(hole, options.signal));
      return row;
    }),
  );
}

/** Lets every system type the lines of code among the holes. */
export function typeAll<H extends Hole>(
  sites: readonly Site<H>[],
  holes: readonly H[],
  options: ContestOptions,
): Promise<Answers<TypingResult>> {
  return inTurns(sites, codeOf(holes), options, async (site, hole) => {
    const row: TypingResult[] = [];
    for (const system of site.systems) {
      const typing = await system.type(hole, options.signal);
      row.push({ id: hole.id, language: hole.language, ...typing });
    }
    return row;
  });
}

/** Lines that are reported apart are not typed. */
export function codeOf<H extends Hole>(holes: readonly H[]): readonly H[] {
  return holes.filter(hole => hole.class === undefined || !isApart(hole.class));
}

/** A hole counts for all or for nobody: one that not all were asked at when the signal fired is left out. */
async function inTurns<H extends Hole, R>(
  sites: readonly Site<H>[],
  holes: readonly H[],
  { signal, onProgress }: ContestOptions,
  ask: (site: Site<H>, hole: H) => Promise<readonly R[]>,
): Promise<Answers<R>> {
  const systems = sites.flatMap(site => site.systems);
  const answers = new Map(systems.map(({ name }) => [name, [] as R[]]));
  try {
    for (const [i, hole] of holes.entries()) {
      if (signal.aborted) break;
      const row: R[] = [];
      for (const site of sites) {
        await site.enter(hole);
        row.push(...(await ask(site, hole)));
      }
      for (const [k, { name }] of systems.entries()) answers.get(name)!.push(row[k]!);
      onProgress?.(i + 1, holes.length);
    }
  } catch (error) {
    if (!isAbort(error)) throw error;
  }
  return answers;
}
