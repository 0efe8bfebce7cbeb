import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { RecordStore } from '../../src/indexing/recordStore.ts';
import { lineRecord } from '../support/lineRecord.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wisp-records-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
});

const record = (name: string) => lineRecord(`${name}.ts`, `export const ${name} = 1;\n`);
const got = async (store: RecordStore, name: string) => store.get('typescript', record(name).hash);
const objects = async () => (await readdir(folder, { recursive: true })).filter(name => /\.\w/.test(name));

test('gives back what was put, whatever the path, also to another store on the same folder', async () => {
  const put = record('apple');
  await new RecordStore(folder).put(put);
  const { path: _, size: __, mtimeMs: ___, ...known } = put;
  const back = await got(new RecordStore(folder), 'apple');
  expect(back).toEqual(known);
  // As a thread gives it on.
  const { buffer } = back!.tokens;
  expect(structuredClone(buffer, { transfer: [buffer as ArrayBuffer] })).toHaveProperty('byteLength');
});

test('has nothing of another content, and nothing of the same content in another language', async () => {
  const store = new RecordStore(folder);
  await store.put(record('apple'));
  expect(await got(store, 'banana')).toBeUndefined();
  expect(await store.get('javascript', record('apple').hash)).toBeUndefined();
});

test.each([
  ['a byte is another', (bytes: Buffer) => bytes.fill(bytes.at(-1)! ^ 1, bytes.length - 1)],
  ['it breaks off', (bytes: Buffer) => bytes.subarray(0, bytes.length - 1)],
  ['it is empty', () => Buffer.alloc(0)],
])('an object is not there if %s', async (_, damage) => {
  const store = new RecordStore(folder);
  await store.put(record('apple'));
  const [name] = await objects();
  const file = join(folder, name!);
  await writeFile(file, damage(await readFile(file)));
  expect(await got(store, 'apple')).toBeUndefined();
});

test('what is oldest goes when there is no more room', async () => {
  const store = new RecordStore(folder, 3_000);
  const names = Array.from({ length: 20 }, (_, i) => `fruit${i}`);
  for (const [i, name] of names.entries()) {
    await store.put(record(name));
    const [file] = (await objects()).filter(object => object.includes(record(name).hash));
    await utimes(join(folder, file!), i, i + 1);
  }
  const kept = await Promise.all(names.map(name => got(store, name)));
  const first = kept.findIndex(one => one !== undefined);
  expect(first).toBeGreaterThan(0);
  expect(kept.slice(first)).not.toContain(undefined);
});

test('what other versions and dead writers left is removed', async () => {
  const store = new RecordStore(folder);
  await store.put(record('apple'));
  const [name] = await objects();
  await writeFile(join(folder, `${name}.99.tmp`), 'half');
  await writeFile(join(folder, 'v0.old'), 'of another version');
  await new RecordStore(folder).put(record('banana'));
  expect((await objects()).sort()).toHaveLength(2);
});

test('clear forgets everything', async () => {
  const store = new RecordStore(folder);
  await store.put(record('apple'));
  await store.clear();
  expect(await got(store, 'apple')).toBeUndefined();
  await store.put(record('apple'));
  expect(await got(store, 'apple')).toBeDefined();
});
