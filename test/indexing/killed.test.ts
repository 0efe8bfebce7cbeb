import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { silentLog } from '../../src/base/log.ts';
import { InProcessAnalyser } from '../../src/indexing/analyser.ts';
import { nodeDisk } from '../../src/indexing/disk.ts';
import { IndexKeeper } from '../../src/indexing/indexKeeper.ts';
import { RecordStore } from '../../src/indexing/recordStore.ts';
import { StoredIndex } from '../../src/indexing/storedIndex.ts';
import { portraitOf, someWords } from '../support/portrait.ts';
import { newSeed, randomFrom } from '../support/random.ts';

/** WISP_KILLS: how often. */
const { WISP_KILLS = '8', WISP_SEED } = process.env;
const never = new AbortController().signal;
/** A clock by which nothing is stored later. */
const stopped = { ...systemClock, after: () => () => {} };
const program = join(import.meta.dirname, 'workers/indexesForEver.ts');
const SOURCES = join(import.meta.dirname, '../../node_modules/openai/src/resources/beta');

test(`killed ${WISP_KILLS} times while it indexes, it always has a store that opens and answers right`, {
  timeout: 3_600_000,
}, async () => {
  const seed = Number(WISP_SEED ?? newSeed());
  const random = randomFrom(seed);
  const folder = await mkdtemp(join(tmpdir(), 'wisp-killed-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const [directory, store] = [join(folder, 'src'), join(folder, 'store')];
  await mkdir(directory);
  await cp(SOURCES, directory, { recursive: true, filter: file => !file.endsWith('threads') });

  let found = 0;
  for (let kill = 1; kill <= Number(WISP_KILLS); kill++) {
    const child = spawn(process.execPath, [program, directory, store], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exit = once(child, 'exit');
    // Some while it starts and reads, most while it writes.
    if (random() < 0.7) await once(child.stdout, 'data');
    await setTimeout(random() * 400);
    child.kill('SIGKILL');
    expect(await exit).toEqual([null, 'SIGKILL']);

    const after = await settled(directory, store);
    const fresh = await settled(directory);
    if (after.report.fromCache > 0) found++;
    const words = someWords(fresh.index);
    expect(portraitOf(after.index, words), `seed ${seed}, kill ${kill}`).toEqual(
      portraitOf(fresh.index, words),
    );
  }
  console.log(`seed ${seed}: ${found} of ${WISP_KILLS} times there was a store to go on from`);
  expect(found).toBeGreaterThan(0);
  const left = await readdir(store);
  expect(left.filter(name => name.endsWith('.tmp')).length, left.join(', ')).toBeLessThanOrEqual(1);
});

/** The keeper of the folder once it agrees with it, from what is stored or from nothing. It stores nothing itself. */
async function settled(directory: string, store?: string): Promise<IndexKeeper> {
  const records = store === undefined ? undefined : new RecordStore(join(store, 'records'));
  const keeper = new IndexKeeper({
    analyser: new InProcessAnalyser(nodeDisk, undefined, records),
    disk: nodeDisk,
    clock: systemClock,
    log: silentLog,
    stored: new StoredIndex(store && join(store, 'index.bin'), stopped, silentLog),
    onProgress: () => {},
  });
  keeper.open([{ name: 'src', directory }], { exclude: [], maxFileBytes: 1e6, maxSourceBytes: 1e9 });
  await keeper.settled(never);
  return keeper;
}
