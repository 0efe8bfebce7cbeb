import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { silentLog } from '../../src/base/log.ts';
import { CodeIndex } from '../../src/indexing/codeIndex.ts';
import { StoredIndex } from '../../src/indexing/storedIndex.ts';
import { fakeClock } from '../support/fakeClock.ts';
import { lineRecord } from '../support/lineRecord.ts';

const PAUSE_MS = 15_000;

async function aStore() {
  const folder = await mkdtemp(join(tmpdir(), 'wisp-stored-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'index.bin');
  const clock = fakeClock();
  return { stored: new StoredIndex(file, clock, silentLog), clock, file };
}

test('an index that changes while it is stored is stored after the next pause, as it is then', async () => {
  const { stored, clock } = await aStore();
  const index = new CodeIndex();
  index.add(lineRecord('a.ts', 'const apple = 1;\n'));
  stored.changed();
  const saving = stored.save(index);
  await Promise.resolve();
  index.add(lineRecord('b.ts', 'const banana = 1;\n'));
  await saving;
  expect(await stored.load()).toBeUndefined();
  expect(clock.pending).toBe(1);
  clock.pass(PAUSE_MS);
  // Whoever stores waits for whoever is at it.
  await stored.save(index);
  expect((await stored.load())?.paths()).toEqual(['a.ts', 'b.ts']);
  expect(clock.pending).toBe(0);
});

test('what has not changed is not stored again', async () => {
  const { stored, file } = await aStore();
  const index = new CodeIndex();
  stored.changed();
  await stored.save(index);
  await rm(file);
  await stored.save(index);
  expect(await stored.load()).toBeUndefined();
});
