import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { GitObjects } from '../../src/evals/gitObjects.ts';
import {
  type History,
  type HistoryHole,
  type HistoryOptions,
  historyHoles,
} from '../../src/evals/history.ts';
import { makeRepository } from '../support/repository.ts';

async function replay(directory: string, options: Partial<HistoryOptions> = {}): Promise<History> {
  const objects = await GitObjects.open(directory);
  onTestFinished(() => objects.close());
  return historyHoles(objects, { seed: 1, signal: new AbortController().signal, ...options });
}

const inFile = (history: History, path: string): HistoryHole[] =>
  history.holes.filter(hole => hole.path === path);

/** A file that has nothing in common with one of another name. */
const module = (name: string, lines = 30) =>
  Array.from({ length: lines }, (_, i) => `export const ${name}${i} = make${name}(${i}, '${name}');\n`).join(
    '',
  );

test('holes come commit by commit as they were made, each with the commit before its own', async () => {
  const repository = await makeRepository({ 'a.ts': 'const a = 1;\n' });
  const first = repository.git('rev-parse', 'HEAD');
  const second = await repository.commit({ 'a.ts': 'const a = 1;\nconst second = a + 2;\n' });
  const third = await repository.commit({ 'b.ts': 'const third = compute(3);\n' });
  const { holes, looked, commits } = await replay(repository.directory);
  expect(holes.map(({ commit, parent, path }) => ({ commit, parent, path }))).toEqual([
    { commit: second, parent: first, path: 'a.ts' },
    { commit: third, parent: second, path: 'b.ts' },
  ]);
  expect([looked, commits]).toEqual([2, 2]);
});

test('the same seed gives the same bytes, and another one other holes', async () => {
  const files = [1, 2, 3].map(n => ({ [`${n}.ts`]: module(`file${n}`) }));
  const { directory } = await makeRepository({}, ...files);
  const bytes = async (seed: number) => JSON.stringify(await replay(directory, { seed }));
  expect(await bytes(5)).toBe(await bytes(5));
  expect(await bytes(6)).not.toBe(await bytes(5));
});

test('what is drawn of a commit does not depend on the commits after it', async () => {
  const repository = await makeRepository({}, { 'a.ts': module('a') });
  const before = await replay(repository.directory);
  await repository.commit({ 'b.ts': module('b') });
  const after = await replay(repository.directory);
  expect(inFile(after, 'a.ts')).toEqual(before.holes);
});

test('so many holes, or so many commits, as asked for', async () => {
  const files = Array.from({ length: 5 }, (_, n) => ({ [`${n}.ts`]: module(`file${n}`) }));
  const { directory } = await makeRepository({}, ...files);
  const progress: number[][] = [];
  const onProgress = (...now: number[]) => progress.push(now);
  expect((await replay(directory, { holes: 7, onProgress })).holes).toHaveLength(7);
  expect(progress).toEqual([
    [5, 7],
    [7, 7],
  ]);
  // The newest are taken, of the oldest of them as much as is needed.
  const places = (history: History) => history.holes.map(({ id }) => id);
  const all = places(await replay(directory));
  const ofOldest = all.filter(place => place.startsWith(all.at(-6)!.split(':')[0]!));
  expect(places(await replay(directory, { holes: 7 }))).toEqual([...ofOldest.slice(0, 2), ...all.slice(-5)]);
  const { looked, holes } = await replay(directory, { commits: 3 });
  expect(looked).toBe(3);
  expect(new Set(holes.map(({ commit }) => commit)).size).toBe(3);
});

test('commits that nobody typed are passed over: too many lines, too many files, only renamed', async () => {
  const repository = await makeRepository({ 'old.ts': module('old') }, { 'long.ts': module('long', 801) });
  await repository.commit(
    Object.fromEntries(Array.from({ length: 31 }, (_, n) => [`many/${n}.ts`, module(`m${n}`, 1)])),
  );
  await repository.commit({ 'old.ts': undefined, 'new.ts': module('old') });
  await repository.commit({ 'typed.ts': module('typed') });
  const { holes, looked } = await replay(repository.directory);
  expect(new Set(holes.map(({ path }) => path))).toEqual(new Set(['typed.ts']));
  expect(looked).toBe(4);
});

test('data, prose, binaries and files that are no UTF-8 have no holes, and do not spoil the others', async () => {
  const { directory } = await makeRepository(
    {},
    {
      'a.json': '{\n  "name": "value"\n}\n',
      'README.md': 'Words about words.\n',
      'nul.ts': 'const a = 1;\0\n',
      'latin.ts': Uint8Array.from([...'const a = 1; // '].map(c => c.charCodeAt(0)).concat(0xfc, 10)),
      'good.ts': 'const good = true;\n',
    },
  );
  expect((await replay(directory)).holes.map(({ path }) => path)).toEqual(['good.ts']);
});

test('a renamed file is asked with its old text below, and its old path is out of the index', async () => {
  const text = module('order', 8);
  const repository = await makeRepository({ 'orders.ts': text });
  const changed = text.replace(/\n.*2 = .*\n/, '\nexport const added = orders.get(key);\n');
  await repository.commit({ 'orders.ts': undefined, 'shop/orders.ts': changed });
  const [hole] = (await replay(repository.directory)).holes;
  expect(hole).toMatchObject({ path: 'shop/orders.ts', exclude: ['orders.ts'] });
  expect(hole!.suffix).toBe(`\n${text.split('\n').slice(3).join('\n')}`);
});

test('a near-duplicate of the finished file is left out of the index and told, a like file is not', async () => {
  const repository = await makeRepository({ 'twin.ts': module('page', 60), 'other.ts': module('user', 60) });
  await repository.commit({ 'copy.ts': module('page', 61) });
  const [hole] = (await replay(repository.directory)).holes;
  expect(hole).toMatchObject({ nearDuplicates: ['twin.ts'], exclude: ['twin.ts'], seenIn: [] });
});

test('a target that is planted elsewhere in the tree is seen', async () => {
  const secret = 'function first() {\n  return compute(answer, 42);\n}\n';
  const repository = await makeRepository({
    'planted.ts': `${module('filler')}${secret}`,
    'clean.ts': module('clean'),
  });
  await repository.commit({ 'typed.ts': `${module('typed')}${secret}` });
  const seen = (await replay(repository.directory, { seed: 3 })).holes.filter(hole => hole.seenIn.length > 0);
  const lines = new Set(seen.map(hole => hole.neighbourhood.line));
  expect([...lines].every(line => secret.includes(line))).toBe(true);
  // Which lines are drawn is chance; over some seeds the planted one is among them.
  const holes = (
    await Promise.all([...Array(20).keys()].map(seed => replay(repository.directory, { seed })))
  ).flatMap(h => h.holes);
  const planted = holes.filter(hole => hole.neighbourhood.line === 'return compute(answer, 42);');
  expect(planted.length).toBeGreaterThan(0);
  expect(new Set(planted.flatMap(hole => hole.seenIn))).toEqual(new Set(['planted.ts']));
});

test('a user has what the commit did before and what the last commits left, and nothing later', async () => {
  const repository = await makeRepository({ 'lately.ts': module('lately') }, { 'gone.ts': module('gone') });
  await repository.commit({ 'gone.ts': undefined, 'newest.ts': module('newest'), 'notes.md': 'Words.\n' });
  await repository.commit({ 'a.ts': module('a'), 'b.ts': module('b') });
  await repository.commit({ 'later.ts': module('later') });
  const [hole] = inFile(await replay(repository.directory), 'b.ts');
  expect(hole!.recent).toEqual([{ path: 'a.ts', text: module('a') }]);
  expect(hole!.lately).toEqual(['newest.ts', 'lately.ts']);
});

test('in a folder of a repository only what lies in it counts, with paths from there', async () => {
  const repository = await makeRepository({ 'web [1]/old.ts': module('old'), 'api/old.ts': module('old') });
  await repository.commit({ 'web [1]/new.ts': module('web'), 'api/new.ts': module('api') });
  await repository.commit({ 'api/newer.ts': module('newer') });
  const { holes, looked } = await replay(join(repository.directory, 'web [1]'));
  expect(new Set(holes.map(({ path }) => path))).toEqual(new Set(['new.ts']));
  expect(new Set(holes.flatMap(({ lately }) => lately))).toEqual(new Set(['old.ts']));
  expect(looked).toBe(1);
});

test('an interrupted walk gives what it has', async () => {
  const files = Array.from({ length: 4 }, (_, n) => ({ [`${n}.ts`]: module(`file${n}`) }));
  const { directory } = await makeRepository({}, ...files);
  const stop = new AbortController();
  const { holes, looked } = await replay(directory, { signal: stop.signal, onProgress: () => stop.abort() });
  expect(looked).toBe(1);
  expect(holes).toHaveLength(5);
});

test('a repository without a suitable commit is told in one sentence', async () => {
  const one = await makeRepository({ 'a.ts': module('a') });
  await expect(replay(one.directory)).rejects.toThrow(
    `No commit of ${one.directory} after its first one changes code, so there is nothing to replay.`,
  );
  const prose = await makeRepository({ 'a.ts': 'a();\n' }, { 'a.ts': '' }, { 'a.ts': 'b\n' });
  await expect(replay(prose.directory)).rejects.toThrow(
    `None of the 2 commits looked at in ${prose.directory} adds lines of code that holes can be cut into.`,
  );
});

test('a shallow clone is told with the number of its commits, unless they are enough', async () => {
  const { directory } = await makeRepository(
    { 'a.ts': module('a') },
    { 'b.ts': module('b') },
    { 'c.ts': module('c') },
  );
  const cloned = async (depth: number) => {
    const clone = await mkdtemp(join(tmpdir(), 'wisp-clone-'));
    onTestFinished(() => rm(clone, { recursive: true, force: true }));
    execFileSync(
      'git',
      ['clone', '--quiet', '--depth', String(depth), pathToFileURL(directory).href, clone],
      {
        stdio: 'ignore',
      },
    );
    return clone;
  };
  await expect(replay(await cloned(1))).rejects.toThrow(
    "is a shallow clone with one commit, too few to replay: 'git fetch --unshallow' brings the rest.",
  );
  const { holes, looked } = await replay(await cloned(2));
  expect(looked).toBe(1);
  expect(new Set(holes.map(({ path }) => path))).toEqual(new Set(['c.ts']));
});
