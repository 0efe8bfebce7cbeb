import { mkdir, mkdtemp, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { silentLog } from '../../src/base/log.ts';
import { InProcessAnalyser } from '../../src/indexing/analyser.ts';
import { nodeDisk } from '../../src/indexing/disk.ts';
import { IndexKeeper, type KeeperParts } from '../../src/indexing/indexKeeper.ts';
import { RecordStore } from '../../src/indexing/recordStore.ts';
import type { FileRef } from '../../src/indexing/scan.ts';
import { StoredIndex } from '../../src/indexing/storedIndex.ts';
import { Outliner } from '../../src/syntax/outline.ts';
import { grammarsFor, readQuery } from '../support/grammars.ts';

let folder: string;
const never = new AbortController().signal;
const limits = { exclude: ['**/skipped/**'], maxFileBytes: 100_000, maxSourceBytes: 1_000_000 };

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wisp-keeper-'));
});
afterEach(() => rm(folder, { recursive: true }));

let tick = 0;
async function write(path: string, text: string): Promise<string> {
  const file = join(folder, 'src', path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
  // Two writes within one millisecond would look alike.
  await utimes(file, 1_000_000, 1_000_000 + ++tick);
  return file;
}

function newKeeper(parts: Partial<KeeperParts> = {}): IndexKeeper {
  return new IndexKeeper({
    analyser: new InProcessAnalyser(nodeDisk),
    disk: nodeDisk,
    clock: systemClock,
    log: silentLog,
    stored: new StoredIndex(join(folder, 'store', 'index.bin'), systemClock, silentLog),
    onProgress: () => {},
    ...parts,
  });
}

function openKeeper(): IndexKeeper {
  const keeper = newKeeper();
  keeper.open([{ name: 'src', directory: join(folder, 'src') }], limits);
  return keeper;
}

const found = (keeper: IndexKeeper, term: string) =>
  keeper.index.search(new Map([[term, 1]]), { limit: 10 }).map(chunk => chunk.path);

test('follows files as they are written, renamed and deleted', async () => {
  const a = await write('a.ts', 'const apple = 1;\n');
  await write('b.ts', 'const banana = 1;\n');
  const keeper = openKeeper();
  expect(await keeper.settled(never)).toMatchObject({ files: 2, fromCache: 0 });
  expect(found(keeper, 'apple')).toEqual(['a.ts']);

  await write('a.ts', 'const avocado = 1;\n');
  keeper.filesChanged([a]);
  await keeper.settled(never);
  expect(found(keeper, 'apple')).toEqual([]);
  expect(found(keeper, 'avocado')).toEqual(['a.ts']);

  await mkdir(join(folder, 'src', 'deep'));
  await rename(a, join(folder, 'src', 'deep', 'c.ts'));
  keeper.filesChanged([a, join(folder, 'src', 'deep')]);
  await keeper.settled(never);
  expect(found(keeper, 'avocado')).toEqual(['deep/c.ts']);

  await rm(join(folder, 'src', 'deep'), { recursive: true });
  keeper.filesChanged([join(folder, 'src', 'deep')]);
  expect(await keeper.settled(never)).toMatchObject({ files: 1 });
});

test('unsaved text stands for the file until that is written', async () => {
  const a = await write('a.ts', 'const apple = 1;\n');
  const keeper = openKeeper();
  await keeper.settled(never);
  keeper.unsaved({ path: 'a.ts', languageId: 'typescript', text: 'const cherry = 1;\n' });
  await keeper.settled(never);
  expect(found(keeper, 'apple')).toEqual([]);
  expect(found(keeper, 'cherry')).toEqual(['a.ts']);

  // Looking at the whole workspace again does not bring the old text back.
  keeper.open([{ name: 'src', directory: join(folder, 'src') }], limits);
  await keeper.settled(never);
  expect(found(keeper, 'cherry')).toEqual(['a.ts']);

  keeper.filesChanged([a]);
  await keeper.settled(never);
  expect(found(keeper, 'cherry')).toEqual([]);
  expect(found(keeper, 'apple')).toEqual(['a.ts']);
});

test('the next session reads only what has changed', async () => {
  await write('a.ts', 'const apple = 1;\n');
  await write('b.ts', 'const banana = 1;\n');
  await write('c.ts', 'const cherry = 1;\n');
  const first = openKeeper();
  await first.settled(never);
  await first.shutdown();

  await write('b.ts', 'const blueberry = 1;\n');
  await rm(join(folder, 'src', 'c.ts'));
  const second = openKeeper();
  expect(await second.settled(never)).toMatchObject({ files: 2, fromCache: 1 });
  expect(found(second, 'apple')).toEqual(['a.ts']);
  expect(found(second, 'blueberry')).toEqual(['b.ts']);
  expect(found(second, 'cherry')).toEqual([]);
});

test('a stored index that is damaged is built again', async () => {
  await write('a.ts', 'const apple = 1;\n');
  const first = openKeeper();
  await first.settled(never);
  await first.shutdown();
  await writeFile(join(folder, 'store', 'index.bin'), 'not an index');
  const second = openKeeper();
  expect(await second.settled(never)).toMatchObject({ files: 1, fromCache: 0 });
  expect(found(second, 'apple')).toEqual(['a.ts']);
});

test('unsaved text is never taken for the disk in the next session', async () => {
  await write('a.ts', 'const apple = 1;\n');
  const first = openKeeper();
  await first.settled(never);
  first.unsaved({ path: 'a.ts', languageId: 'typescript', text: 'const cherry = 1;\n' });
  await first.settled(never);
  await first.shutdown();
  const second = openKeeper();
  await second.settled(never);
  expect(found(second, 'cherry')).toEqual([]);
  expect(found(second, 'apple')).toEqual(['a.ts']);
});

test('says what it left out, and why', async () => {
  await write('a.ts', 'const apple = 1;\n');
  await write('skipped/b.ts', 'const banana = 1;\n');
  await write('big.ts', `const big = 1;\n${'x = 1;\n'.repeat(20_000)}`);
  await write('.env', 'KEY=1\n');
  await write('picture.png', 'PNG');
  const { files, skipped } = await openKeeper().settled(never);
  expect(files).toBe(1);
  expect(skipped).toEqual({
    'excluded by settings': 1,
    'too large': 1,
    secret: 1,
    'in no known language': 1,
  });
});

test('what does not fit under the source cap is left out, the deepest first', async () => {
  await write('a.ts', 'const apple = 1;\n'.repeat(10));
  await write('deep/b.ts', 'const banana = 1;\n'.repeat(10));
  const keeper = newKeeper();
  keeper.open([{ name: 'src', directory: join(folder, 'src') }], { ...limits, maxSourceBytes: 200 });
  expect(await keeper.settled(never)).toMatchObject({ files: 1, skipped: { 'over the source cap': 1 } });
  expect(found(keeper, 'apple')).toEqual(['a.ts']);
});

test('closing the workspace empties the index, and opening another while indexing starts over', async () => {
  for (let i = 0; i < 100; i++) await write(`f${i}.ts`, `const apple${i} = 1;\n`);
  const keeper = openKeeper();
  keeper.open([], limits);
  expect(await keeper.settled(never)).toMatchObject({ files: 0 });
  keeper.open([{ name: 'src', directory: join(folder, 'src') }], limits);
  expect(await keeper.settled(never)).toMatchObject({ files: 100 });
});

test('of several folders, each is looked at again by itself', async () => {
  await write('one/a.ts', 'const apple = 1;\n');
  const b = await write('two/b.ts', 'const banana = 1;\n');
  const keeper = newKeeper();
  const folders = ['one', 'two'].map(name => ({ name, directory: join(folder, 'src', name) }));
  keeper.open(folders, limits);
  await keeper.settled(never);
  expect(found(keeper, 'banana')).toEqual(['two/b.ts']);
  await rm(b);
  keeper.filesChanged([dirname(b)]);
  await keeper.settled(never);
  expect(found(keeper, 'banana')).toEqual([]);
  expect(found(keeper, 'apple')).toEqual(['one/a.ts']);
});

test('a branch that is switched to and back, a renamed file and an edit undone are not parsed again', async () => {
  const texts = { 'a.ts': 'const apple = 1;\n', 'b.ts': 'const banana = 1;\n' };
  const others = { 'a.ts': 'const avocado = 2;\n', 'c.ts': 'const cherry = 1;\n' };
  const both = Object.keys({ ...texts, ...others }).map(path => join(folder, 'src', path));
  const { keeper, parsed } = await countingKeeper();
  const switchTo = async (files: Readonly<Record<string, string>>) => {
    for (const file of both) await rm(file, { force: true });
    for (const [path, text] of Object.entries(files)) await write(path, text);
    keeper.filesChanged(both);
    await keeper.settled(never);
  };
  await switchTo(texts);
  await switchTo(others);
  expect(parsed.splice(0).sort()).toEqual([...Object.values(texts), ...Object.values(others)].sort());

  await switchTo(texts);
  expect(found(keeper, 'apple')).toEqual(['a.ts']);
  expect(found(keeper, 'banana')).toEqual(['b.ts']);
  expect(found(keeper, 'avocado')).toEqual([]);
  await switchTo({ 'c.ts': texts['a.ts'] });
  expect(found(keeper, 'apple')).toEqual(['c.ts']);
  await switchTo(others);
  expect(found(keeper, 'cherry')).toEqual(['c.ts']);
  expect(parsed).toEqual([]);
});

/** A keeper that notes the texts whose syntax is looked at. */
async function countingKeeper(): Promise<{ keeper: IndexKeeper; parsed: string[] }> {
  const parsed: string[] = [];
  class Noting extends Outliner {
    override outline(grammar: string, text: string, timeoutMs: number) {
      parsed.push(text);
      return super.outline(grammar, text, timeoutMs);
    }
  }
  const grammars = await grammarsFor('typescript');
  const records = new RecordStore(join(folder, 'records'));
  const keeper = new IndexKeeper({
    analyser: new InProcessAnalyser(
      nodeDisk,
      { grammars, outliner: new Noting(grammars, readQuery) },
      records,
    ),
    disk: nodeDisk,
    clock: systemClock,
    log: silentLog,
    records,
    stored: new StoredIndex(undefined, systemClock, silentLog),
    onProgress: () => {},
  });
  keeper.open([{ name: 'src', directory: join(folder, 'src') }], limits);
  return { keeper, parsed };
}

test('unsaved text of a file that the rules forbid is not read either', async () => {
  const a = await write('a.ts', 'const apple = 1;\n');
  const keeper = openKeeper();
  await keeper.settled(never);
  const text = { languageId: 'typescript', text: 'const cherry = 1;\n' };
  keeper.unsaved({ path: 'skipped/b.ts', ...text });
  await write('skipped/b.ts', 'const banana = 1;\n');
  keeper.filesChanged([join(folder, 'src', 'skipped')]);
  keeper.unsaved({ path: 'skipped/c.ts', ...text });
  await keeper.settled(never);
  expect(found(keeper, 'cherry')).toEqual([]);

  keeper.unsaved({ path: 'a.ts', ...text });
  await keeper.settled(never);
  expect(found(keeper, 'cherry')).toEqual(['a.ts']);
  const rules = await write('.wispignore', 'a.ts\n');
  keeper.filesChanged([rules]);
  await keeper.settled(never);
  expect(found(keeper, 'cherry')).toEqual([]);
  await rm(rules);
  keeper.filesChanged([rules]);
  await keeper.settled(never);
  expect(found(keeper, 'cherry')).toEqual(['a.ts']);
  keeper.filesChanged([a]);
  await keeper.settled(never);
  expect(found(keeper, 'apple')).toEqual(['a.ts']);
});

test('unsaved text is judged again where its file has gone', async () => {
  const env = await write('deep/.env', 'KEY=1\n');
  await write('a.ts', 'const apple = 1;\n');
  const keeper = openKeeper();
  await keeper.settled(never);
  keeper.unsaved({ path: 'deep/.env', languageId: 'plaintext', text: 'KEY=2\n' });
  expect((await keeper.settled(never)).skipped).toEqual({ secret: 1 });
  await rename(dirname(env), join(folder, 'src', 'moved'));
  keeper.filesChanged([dirname(env), join(folder, 'src', 'moved')]);
  // The file under its new name, and the text that is still open under the old one.
  expect((await keeper.settled(never)).skipped).toEqual({ secret: 2 });
});

test('a file that is saved while everything is read is read at once, and what was read before does not come back', async () => {
  const a = await write('a.ts', 'const apple = 1;\n');
  for (let i = 0; i < 40; i++) await write(`f${i}.ts`, `const fig${i} = 1;\n`);
  let open = () => {};
  const gate = new Promise<void>(resolve => {
    open = resolve;
  });
  let isRead = () => {};
  const read = new Promise<void>(resolve => {
    isRead = resolve;
  });
  class Slow extends InProcessAnalyser {
    override async analyse(files: readonly FileRef[], signal: AbortSignal) {
      const records = await super.analyse(files, signal);
      if (files.length > 1) {
        if (files.some(({ path }) => path === 'a.ts')) isRead();
        await gate;
      }
      return records;
    }
  }
  const keeper = new IndexKeeper({
    analyser: new Slow(nodeDisk),
    disk: nodeDisk,
    clock: systemClock,
    log: silentLog,
    stored: new StoredIndex(undefined, systemClock, silentLog),
    onProgress: () => {},
  });
  keeper.open([{ name: 'src', directory: join(folder, 'src') }], limits);
  await read;
  await write('a.ts', 'const avocado = 1;\n');
  keeper.filesChanged([a]);
  await vi.waitFor(() => expect(found(keeper, 'avocado')).toEqual(['a.ts']), { timeout: 20_000 });
  expect(keeper.progress.state).toBe('indexing');
  open();
  expect(await keeper.settled(never)).toMatchObject({ files: 41 });
  expect(found(keeper, 'avocado')).toEqual(['a.ts']);
  expect(found(keeper, 'apple')).toEqual([]);
});

test('what analyses is told what comes: many files before they are read, one when somebody edits it', async () => {
  const told: string[] = [];
  let onReading = () => {};
  class Told extends InProcessAnalyser {
    override expect(languageId: string): void {
      told.push(`edited ${languageId}`);
    }
    override expectMuch(languageId = 'files'): void {
      told.push(`many ${languageId}`);
    }
    override analyse(
      ...args: Parameters<InProcessAnalyser['analyse']>
    ): ReturnType<InProcessAnalyser['analyse']> {
      if (told.at(-1) !== 'reading') told.push('reading');
      onReading();
      onReading = () => {};
      return super.analyse(...args);
    }
    override rest(): void {
      told.push('rest');
    }
  }
  for (let i = 0; i < 40; i++) await write(`${i}.ts`, `const fruit${i} = 1;\n`);
  await write('one.py', 'one = 1\n');
  const keeper = newKeeper({ analyser: new Told(nodeDisk) });
  keeper.open([{ name: 'src', directory: join(folder, 'src') }], limits);
  await keeper.settled(never);
  expect(told).toEqual(['many files', 'many typescript', 'reading', 'rest']);
  // What is called off begins anew, and is wanted again at once.
  told.length = 0;
  onReading = () => keeper.forget();
  keeper.forget();
  await keeper.settled(never);
  expect(told.filter(what => what === 'many files')).toHaveLength(2);
  expect(told.indexOf('rest')).toBe(told.length - 1);

  told.length = 0;
  keeper.unsaved({ path: '1.ts', languageId: 'typescript', text: 'const pear = 1;\n' });
  expect(told).toEqual(['edited typescript']);
  // What is known already is not expected anew.
  keeper.open([{ name: 'src', directory: join(folder, 'src') }], limits);
  await keeper.settled(never);
  expect(told).not.toContain('many files');
});
