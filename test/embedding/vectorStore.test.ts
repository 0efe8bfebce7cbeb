import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { VectorStore } from '../../src/embedding/vectorStore.ts';

let file: string;
beforeEach(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'wisp-vectors-'));
  file = join(folder, 'deep', 'vectors.bin');
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
});

async function open(dimensions = 2, keep?: (key: string) => boolean): Promise<VectorStore> {
  const store = await VectorStore.open(file, dimensions, keep);
  onTestFinished(() => store.close().catch(() => {}));
  return store;
}

const key = (i: number) => i.toString(16).padStart(32, '0');
const at = (angle: number) => Float32Array.of(Math.cos(angle), Math.sin(angle));
const angles = Array.from({ length: 600 }, (_, i) => i / 100);

async function fill(store: VectorStore): Promise<void> {
  await store.add(
    angles.map((_, i) => key(i)),
    angles.map(at),
  );
}

test('gives the likeness of what was added, near enough, in the next session too', async () => {
  const first = await open();
  await fill(first);
  await first.close();
  const store = await open();
  expect(store.size).toBe(angles.length);
  const likeness = store.likeness(
    at(1),
    angles.map((_, i) => key(i)),
  );
  angles.forEach((angle, i) => {
    expect(Math.abs(likeness[i]! - Math.cos(angle - 1))).toBeLessThan(0.01);
  });
  expect(store.likeness(at(1), [key(9_999)])).toEqual(Float32Array.of(-1));
});

test('what breaks off at its end costs the last vector alone', async () => {
  const first = await open();
  await fill(first);
  await first.close();
  const { length } = await readFile(file);
  await truncate(file, length - 1);
  const store = await open();
  expect(store.size).toBe(angles.length - 1);
  await store.add([key(angles.length - 1)], [at(angles.at(-1)!)]);
  await store.close();
  expect(await readFile(file)).toHaveLength(length);
});

test.each([
  ['of other dimensions', async () => (await open(3)).close()],
  ['that is something else', async () => writeFile(file, 'not vectors at all, but long enough')],
])('a file %s is begun anew', async (_, make) => {
  await make().catch(async () => {
    await (await open(3)).close();
    await make();
  });
  const store = await open();
  expect(store.size).toBe(0);
  await fill(store);
  await store.close();
  expect((await open()).size).toBe(angles.length);
});

test('forgets what nobody has any more once that is most of it', async () => {
  const first = await open();
  await fill(first);
  await first.close();
  expect((await open(2, key => Number.parseInt(key, 16) < 400)).size).toBe(600);
  expect((await open(2, key => Number.parseInt(key, 16) < 100)).size).toBe(100);
  expect((await open()).size).toBe(100);
});
