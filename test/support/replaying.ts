import { join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { onTestFinished } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { inProcess, type Remote } from '../../src/base/port.ts';
import { compose } from '../../src/compose.ts';
import { parseSettings } from '../../src/domain/settings.ts';
import type { Snippet } from '../../src/domain/snippet.ts';
import type { Answer, EngineApi } from '../../src/engine/api.ts';
import { GitObjects } from '../../src/evals/gitObjects.ts';
import { GitTreeDisk } from '../../src/evals/gitTree.ts';
import { type HistoryHole, historyHoles } from '../../src/evals/history.ts';
import { Replay } from '../../src/evals/replay.ts';
import { type Evaluation, endOf, evaluate, GUARD_BUDGET_MS } from '../../src/evals/run.ts';

/** What the engine had before it at a hole. */
export interface Seen {
  readonly hole: HistoryHole;
  readonly answer: Answer;
  /** All that retrieval can find there, as if the model's window were without end. */
  readonly found: readonly Snippet[];
  readonly files: readonly string[];
  /** Documents that are open, the hole's own among them. */
  readonly open: readonly string[];
}

export interface Replayed {
  readonly holes: readonly HistoryHole[];
  readonly seen: readonly Seen[];
  readonly evaluation: Evaluation;
}

const WITHOUT_END = 1_000_000;

/** Replays a repository's commits with an engine of its own that offers whatever it can. */
export async function replayAll(
  directory: string,
  { session = true, seed = 1 }: { session?: boolean; seed?: number } = {},
): Promise<Replayed> {
  const signal = new AbortController().signal;
  const objects = await GitObjects.open(directory);
  onTestFinished(() => objects.close());
  const { holes } = await historyHoles(objects, { seed, signal });
  const disk = new GitTreeDisk(objects);
  await disk.checkout(holes[0]!.parent);
  const { api } = compose({
    events: { status() {}, improved() {}, outage() {}, log() {} },
    assets: resolve(import.meta.dirname, '../../dist'),
    indexer: 'in-process',
    guardBudgetMs: GUARD_BUDGET_MS,
    disk,
    readNow: disk.readNow,
  });
  const open = new Set<string>();
  const engine = watched(inProcess(api), (method, uri) => {
    const path = relative(directory, fileURLToPath(uri));
    if (method === 'open') open.add(path);
    else open.delete(path);
  });
  onTestFinished(() => engine.shutdown({}));
  await engine.configure({ settings: parseSettings({ intensity: 'eager' }).settings });
  await engine.openWorkspace({ folders: [{ name: 'w', directory }], trusted: true, filesExclude: [] });
  await engine.indexed({});
  const seen: Seen[] = [];
  const evaluation = await evaluate(engine, holes, {
    directory,
    clock: systemClock,
    signal,
    enter: new Replay({ engine, disk, directory, session }).enter,
    async onAnswer(hole, answer) {
      const uri = pathToFileURL(join(directory, hole.path)).href;
      const { snippets: found } = await engine.search({
        uri,
        position: endOf(hole.prefix),
        budget: WITHOUT_END,
      });
      seen.push({ hole, answer, found, files: await engine.files({}), open: [...open].sort() });
    },
  });
  return { holes, seen, evaluation };
}

/** The same engine; `see` is told of every document that is opened and closed. */
function watched(
  engine: Remote<EngineApi>,
  see: (method: 'open' | 'close', uri: string) => void,
): Remote<EngineApi> {
  return new Proxy(engine, {
    get(target, method: keyof EngineApi) {
      if (method !== 'open' && method !== 'close') return target[method];
      return (input: Parameters<EngineApi['open']>[0]) => {
        see(method, input.uri);
        return target[method](input);
      };
    },
  });
}
