import { basename, join } from 'node:path';
import { systemClock } from '../../src/base/clock.ts';
import { inProcess, type Remote } from '../../src/base/port.ts';
import { compose } from '../../src/compose.ts';
import { defaultSettings } from '../../src/domain/settings.ts';
import type { EngineApi } from '../../src/engine/api.ts';
import type { CommitHole } from '../../src/evals/commitHoles.ts';
import { GitObjects } from '../../src/evals/gitObjects.ts';
import { GitTreeDisk } from '../../src/evals/gitTree.ts';
import { type HistoryHole, historyHoles } from '../../src/evals/history.ts';
import { withHoleOpen } from '../../src/evals/openHole.ts';
import { leavesNames } from '../../src/evals/recallRun.ts';
import { Replay } from '../../src/evals/replay.ts';

/** An engine that stands at a hole: the tree before the commit, and the hole's file open. */
export interface Standing extends Pick<ReturnType<typeof compose>, 'retrieval' | 'index'> {
  readonly hole: HistoryHole;
  /** Of the workspace. */
  readonly directory: string;
  readonly disk: GitTreeDisk;
  readonly engine: Remote<EngineApi>;
}

/**
 * Takes an engine through the holes of code that the newest commits of a repository leave and that have identifiers to be
 * found, `count` of them; `placed` moves a hole within its line or refuses it. Run from a built tree: grammars are read
 * from `dist/`.
 */
export async function atHoles(
  repository: string,
  {
    count,
    placed,
  }: { readonly count: number; readonly placed: (hole: CommitHole) => CommitHole | undefined },
  visit: (standing: Standing) => Promise<void> | void,
): Promise<void> {
  const { signal } = new AbortController();
  const objects = await GitObjects.open(repository);
  const accept = (hole: CommitHole) => {
    const there = placed(hole);
    return there !== undefined && leavesNames(there);
  };
  const { holes } = await historyHoles(objects, { seed: 1, holes: count, accept, signal });
  const disk = new GitTreeDisk(objects);
  await disk.checkout(holes[0]!.parent);
  const directory = join(objects.top, objects.prefix);
  const silent = () => {};
  const { api, retrieval, index } = compose({
    events: { status: silent, improved: silent, outage: silent, log: silent },
    assets: join(process.cwd(), 'dist'),
    clock: systemClock,
    indexer: 'in-process',
    disk,
    readNow: disk.readNow,
  });
  const engine = inProcess(api);
  await engine.configure({ settings: defaultSettings });
  const folders = [{ name: basename(directory), directory }];
  await engine.openWorkspace({ folders, trusted: true, filesExclude: [] });
  await engine.indexed({}, signal);
  const { enter } = new Replay({ engine, disk, directory, session: true });
  for (const drawn of holes) {
    await enter(drawn);
    const hole = { ...drawn, ...placed(drawn) };
    const open = { ...hole, text: hole.prefix + hole.suffix };
    await withHoleOpen(engine, open, { directory, signal }, async () =>
      visit({ hole, directory, disk, engine, retrieval, index }),
    );
  }
  await engine.shutdown({});
  objects.close();
}
