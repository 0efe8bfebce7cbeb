import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isAbort } from '../base/abort.ts';
import type { Clock } from '../base/clock.ts';
import type { Remote } from '../base/port.ts';
import type { CompletionContext } from '../domain/request.ts';
import type { Snippet } from '../domain/snippet.ts';
import type { EngineApi } from '../engine/api.ts';
import type { Retrieval } from '../retrieval/retrieve.ts';
import type { Retriever } from '../retrieval/retriever.ts';
import type { CommitHole } from './commitHoles.ts';
import { classOf, type Hole } from './holes.ts';
import { withHoleOpen } from './openHole.ts';
import { plainlyPacked } from './plainPacking.ts';
import { recallOf, wantedOf } from './recall.ts';
import { type EvaluationOptions, endOf } from './run.ts';
import { isApart } from './summary.ts';

/** One hole with identifiers to be found. */
export interface RecallCase {
  readonly id: string;
  readonly language: string;
  /** How many identifiers should be found. */
  readonly wanted: number;
  /** By configuration: the recall at each budget, in the order of the budgets. */
  readonly recalls: Readonly<Record<string, readonly number[]>>;
  /** How long all sources, fused at the largest budget, took. */
  readonly ms: number;
}

export interface RecallParts {
  readonly engine: Remote<EngineApi>;
  /** The engine's own retrieval. */
  readonly retrieval: Retrieval;
  /** Ways to retrieve that it is compared with. */
  readonly baselines: readonly Retriever[];
  /** Gets them ready to be asked at a hole, when the index is. */
  readonly beforeBaselines: (hole: Hole) => Promise<void>;
}

export interface RecallOptions<H extends Asked = Asked> extends EvaluationOptions<H> {
  /** In tokens, ascending. */
  readonly budgets: readonly number[];
}

/** A hole from history also tells what was written after it. */
type Asked = Hole & Partial<Pick<CommitHole, 'following'>>;

/** Whether a hole is one of code and leaves identifiers to be found. */
export function leavesNames(hole: Asked): boolean {
  return !isApart(classOf(hole)) && wantedOf(hole).size > 0;
}

/** All sources together. */
export const FUSED = 'all fused';

/**
 * Retrieves at every hole of code that leaves identifiers to be found: with all sources, with each alone, without each,
 * and with each baseline. Every source is asked once a hole.
 */
export async function measureRecall<H extends Asked>(
  parts: RecallParts,
  holes: readonly H[],
  options: RecallOptions<H>,
): Promise<readonly RecallCase[]> {
  const wanted = holes.filter(leavesNames);
  const cases: RecallCase[] = [];
  try {
    for (const hole of wanted) {
      if (options.signal.aborted) break;
      await options.enter?.(hole);
      cases.push(await askHole(hole, parts, options));
      options.onProgress?.(cases.length, wanted.length);
    }
  } catch (error) {
    if (!isAbort(error)) throw error;
  }
  return cases;
}

function askHole(
  hole: Asked,
  { engine, retrieval, baselines, beforeBaselines }: RecallParts,
  options: Pick<RecallOptions, 'directory' | 'budgets' | 'clock' | 'signal'>,
): Promise<RecallCase> {
  const { directory, budgets, clock } = options;
  const context = contextOf(hole, directory);
  const names = wantedOf(hole);
  return withHoleOpen(engine, { ...hole, text: hole.prefix + hole.suffix }, options, async () => {
    const ms = timed(clock, () => retrieval.retrieve(context, budgets.at(-1)!));
    const findings = retrieval.find(context);
    const recalls: Record<string, readonly number[]> = {};
    const measure = (name: string, retrieve: (budget: number) => readonly Snippet[]) => {
      recalls[name] = budgets.map(budget => recallOf(names, retrieve(budget)));
    };
    measure(FUSED, budget => retrieval.fuse(context, findings, budget).snippets);
    for (const { retriever } of findings) {
      const only = findings.filter(other => other.retriever === retriever);
      const others = findings.filter(other => other.retriever !== retriever);
      measure(`only ${retriever}`, budget => retrieval.fuse(context, only, budget).snippets);
      if (others.length > 0)
        measure(`without ${retriever}`, budget => retrieval.fuse(context, others, budget).snippets);
    }
    if (baselines.length > 0) await beforeBaselines(hole);
    for (const baseline of baselines) {
      const found = baseline.retrieve(context);
      measure(baseline.name, budget => plainlyPacked(baseline.name, found, retrieval.readText, budget));
    }
    return { id: hole.id, language: hole.language, wanted: names.size, recalls, ms };
  });
}

function timed(clock: Pick<Clock, 'elapsed'>, work: () => void): number {
  const start = clock.elapsed();
  work();
  return clock.elapsed() - start;
}

/** The question at a hole, as the engine would make it. */
export function contextOf(hole: Hole, directory: string): CompletionContext {
  const { id, path, language, prefix, suffix } = hole;
  const uri = pathToFileURL(join(directory, path)).href;
  return {
    requestId: id,
    document: { uri, path, languageId: language, version: 1, text: prefix + suffix },
    position: endOf(prefix),
    prefix,
    suffix,
    trigger: 'automatic',
  };
}
