import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { GitObjects } from '../../src/evals/gitObjects.ts';
import { makeRepository } from '../support/repository.ts';
import { makeTree } from '../support/tree.ts';

async function opened(directory: string): Promise<GitObjects> {
  const objects = await GitObjects.open(directory);
  onTestFinished(() => objects.close());
  return objects;
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

test('blobs come back byte by byte, many at once and in any size', async () => {
  const blobs = Object.fromEntries(
    [0, 1, 2, 100, 65_535, 65_536, 300_000].map(size => [`blob${size}`, Uint8Array.from(randomBytes(size))]),
  );
  const { directory, git } = await makeRepository({ ...blobs, 'lines.txt': '\n\nblob missing\n' });
  const objects = await opened(directory);
  const names = Array.from({ length: 40 }, (_, i) => Object.keys(blobs)[i % 7]!);
  const read = await Promise.all(names.map(name => objects.blob(git('rev-parse', `HEAD:${name}`))));
  names.forEach((name, i) => {
    expect(Buffer.from(read[i]!).equals(Buffer.from(blobs[name]!)), name).toBe(true);
  });
  expect(await objects.size(git('rev-parse', 'HEAD:blob300000'))).toBe(300_000);
  expect(await objects.text(git('rev-parse', 'HEAD:lines.txt'))).toBe('\n\nblob missing\n');
});

test('what the repository does not have is undefined, and the next answer is still the right one', async () => {
  const { directory, git } = await makeRepository({ 'a.txt': 'a' });
  const objects = await opened(directory);
  const [missing, there] = await Promise.all([
    objects.text('0123456789'.repeat(4)),
    objects.text(git('rev-parse', 'HEAD:a.txt')),
  ]);
  expect([missing, there]).toEqual([undefined, 'a']);
  expect(await objects.size('0123456789'.repeat(4))).toBeUndefined();
});

test('a text is UTF-8 without a mark, without NUL, and no larger than asked', async () => {
  const { directory, git } = await makeRepository({
    'mark.ts': '\ufefflet a;',
    'nul.ts': 'a\0b',
    'latin.ts': Uint8Array.of(0x66, 0xfc, 0x72),
  });
  const objects = await opened(directory);
  const text = (name: string, most?: number) => objects.text(git('rev-parse', `HEAD:${name}`), most);
  expect(await text('mark.ts')).toBe('let a;');
  expect(await text('nul.ts')).toBeUndefined();
  expect(await text('latin.ts')).toBeUndefined();
  expect(await text('mark.ts', 5)).toBeUndefined();
});

test('commits come newest first, without merges, the first one, and those that change no such file', async () => {
  const repository = await makeRepository({ 'a.ts': '1\n' });
  const second = await repository.commit({ 'b.ts': '2\n' });
  await repository.commit({ 'README.md': '3\n' });
  repository.git('checkout', '--quiet', '-b', 'side', 'HEAD~1');
  const side = await repository.commit({ 'c.ts': '4\n' });
  repository.git('checkout', '--quiet', 'main');
  repository.git('merge', '--quiet', '--no-ff', '--no-edit', 'side');
  const objects = await opened(repository.directory);
  expect(await all(objects.commitIds([':(top,glob)**/*.ts']))).toEqual([side, second]);
});

test('the walk through the commits can be left early', async () => {
  const { directory, commit } = await makeRepository({ 'a.ts': '0\n' }, { 'a.ts': '1\n' });
  const last = await commit({ 'a.ts': '2\n' });
  const objects = await opened(directory);
  for await (const id of objects.commitIds(['a.ts'])) {
    expect(id).toBe(last);
    break;
  }
});

test('a commit names its tree and its parents, whatever its message says', async () => {
  const { directory, git, write } = await makeRepository({ 'a.ts': '1\n' });
  await write({ 'a.ts': '2\n' });
  git('commit', '--quiet', '--all', '--message', `parent ${'0'.repeat(40)}\n\ntree ${'1'.repeat(40)}`);
  const objects = await opened(directory);
  const id = git('rev-parse', 'HEAD');
  expect(await objects.commit(id)).toEqual({
    id,
    tree: git('rev-parse', 'HEAD^{tree}'),
    parents: [git('rev-parse', 'HEAD~1')],
  });
});

test('changes say which lines stand in place of which, and what was renamed', async () => {
  const long = Array.from({ length: 20 }, (_, i) => `line ${i}\n`).join('');
  const before = { 'a.ts': 'one\ntwo\nthree\n', 'old name.ts': long, 'gone.ts': 'x\ny\n', 'same.ts': 's\n' };
  const repository = await makeRepository(before);
  const from = repository.git('rev-parse', 'HEAD');
  const to = await repository.commit({
    'a.ts': 'zero\none\nthree\nfour\nfive\n',
    'old name.ts': undefined,
    'ünew "name".ts': `${long}added\n`,
    'gone.ts': undefined,
    'made.ts': 'm\n',
  });
  const objects = await opened(repository.directory);
  const changes = await objects.changes(from, to, [':(top,glob)**/*.ts']);
  const hunk = (oldStart: number, oldCount: number, newStart: number, newCount: number) => ({
    ...{ oldStart, oldCount, newStart, newCount },
  });
  expect(changes.map(({ path, renamedFrom, hunks }) => ({ path, renamedFrom, hunks }))).toEqual([
    { path: 'a.ts', renamedFrom: undefined, hunks: [hunk(0, 0, 0, 1), hunk(1, 1, 2, 0), hunk(3, 0, 3, 2)] },
    { path: 'gone.ts', renamedFrom: undefined, hunks: [hunk(0, 2, 0, 0)] },
    { path: 'made.ts', renamedFrom: undefined, hunks: [hunk(0, 0, 0, 1)] },
    { path: 'ünew "name".ts', renamedFrom: 'old name.ts', hunks: [hunk(20, 0, 20, 1)] },
  ]);
  expect(changes.find(({ path }) => path === 'made.ts')).toMatchObject({ oldBlob: undefined });
  expect(changes.find(({ path }) => path === 'gone.ts')).toMatchObject({ newBlob: undefined });
});

test('lines that look like a patch are lines', async () => {
  const text = 'diff --git a/x b/x\n@@ -1,2 +3,4 @@\n--- a/x\n+++ b/x\n\\ No newline\n';
  const repository = await makeRepository({ 'a.ts': '' });
  const from = repository.git('rev-parse', 'HEAD');
  const to = await repository.commit({ 'a.ts': text, 'b.ts': text.trimEnd() });
  const changes = await (await opened(repository.directory)).changes(from, to, ['*.ts']);
  expect(changes.map(({ hunks }) => hunks.map(({ newCount }) => newCount))).toEqual([[5], [5]]);
});

test("the user's own settings and attributes do not change what is read", async () => {
  const repository = await makeRepository({ 'a.ts': 'one\n', '.gitattributes': '*.ts -diff\n' });
  const settings = {
    'diff.noprefix': 'true',
    'diff.external': 'false',
    'color.ui': 'always',
    'diff.context': '9',
  };
  for (const [key, value] of Object.entries(settings)) repository.git('config', key, value);
  const from = repository.git('rev-parse', 'HEAD');
  const to = await repository.commit({ 'a.ts': 'one\ntwo\n' });
  const changes = await (await opened(repository.directory)).changes(from, to, ['a.ts']);
  expect(changes[0]!.hunks).toEqual([{ oldStart: 1, oldCount: 0, newStart: 1, newCount: 1 }]);
});

test('the files of the last commits, newest first, each once', async () => {
  const repository = await makeRepository(
    { 'old.ts': '' },
    { 'a.ts': '1', 'b.ts': '1' },
    { 'c d.ts': '2', 'a.ts': '2' },
  );
  const objects = await opened(repository.directory);
  const last = await objects.lastTouched(repository.git('rev-parse', 'HEAD'), 2);
  expect(last).toEqual(['a.ts', 'c d.ts', 'b.ts']);
});

test('a folder within the repository has its way from the top', async () => {
  const { directory } = await makeRepository({ 'packages/web/a.ts': '' });
  const objects = await opened(join(directory, 'packages/web'));
  expect([objects.top, objects.prefix]).toEqual([directory, 'packages/web/']);
});

test('nothing is written: not the index, not a lock', async () => {
  const repository = await makeRepository({ 'a.ts': '1\n' }, { 'a.ts': '2\n' });
  // A work tree that differs would make `git status` refresh the index.
  await repository.write({ 'a.ts': '3\n' });
  const state = async () => ({
    names: (await readdir(join(repository.directory, '.git'), { recursive: true })).sort(),
    index: await readFile(join(repository.directory, '.git/index'), 'base64'),
    file: await readFile(join(repository.directory, 'a.ts'), 'utf8'),
  });
  const before = await state();
  const objects = await opened(repository.directory);
  const [id] = await all(objects.commitIds(['a.ts']));
  await objects.changes(`${id}~1`, id!, ['a.ts']);
  await objects.tree((await objects.commit(id!)).tree);
  expect(await state()).toEqual(before);
});

test('a folder outside of any repository is told in one sentence', async () => {
  const directory = await makeTree({ 'a.ts': '' });
  await expect(GitObjects.open(directory)).rejects.toThrow(
    `${directory} lies in no git repository, so there is no history to replay.`,
  );
});

test('a folder that is not there is told in one sentence', async () => {
  const directory = join(await makeTree({ 'a.ts': '' }), 'missing');
  await expect(GitObjects.open(directory)).rejects.toThrow(`Git cannot read ${directory}: `);
});

test('a repository without commits is told in one sentence', async () => {
  const { directory } = await makeRepository();
  await expect(GitObjects.open(directory)).rejects.toThrow(
    `The repository of ${directory} has no commits yet.`,
  );
});

test('a machine without git is told in one sentence', async () => {
  const path = process.env.PATH;
  onTestFinished(() => {
    process.env.PATH = path;
  });
  process.env.PATH = await makeTree({});
  await expect(GitObjects.open('.')).rejects.toThrow(
    "The history is read by the program 'git', and there is none on the path.",
  );
});

test('what is still asked for when the repository is closed is rejected, not left open', async () => {
  const { directory, git } = await makeRepository({ 'a.ts': '1' });
  const objects = await opened(directory);
  const asked = objects.blob(git('rev-parse', 'HEAD:a.ts'));
  objects.close();
  await expect(asked).rejects.toThrow("'git cat-file' was closed.");
  await expect(objects.blob('a')).rejects.toThrow("'git cat-file'");
});
