import { lstat, readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { GitObjects } from '../../src/evals/gitObjects.ts';
import { GitTreeDisk } from '../../src/evals/gitTree.ts';
import { nodeDisk } from '../../src/indexing/disk.ts';
import { scan } from '../../src/indexing/scan.ts';
import { newSeed, randomFrom } from '../support/random.ts';
import { type Files, makeRepository, type TestRepository } from '../support/repository.ts';

async function diskOf({ directory }: TestRepository): Promise<GitTreeDisk> {
  const objects = await GitObjects.open(directory);
  onTestFinished(() => objects.close());
  return new GitTreeDisk(objects);
}

/** Every file below a folder with its bytes, as a disk tells it. */
async function everything(
  disk: Pick<typeof nodeDisk, 'list' | 'read'>,
  directory: string,
  top = directory,
): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const { name, kind } of await disk.list(directory)) {
    if (name === '.git') continue;
    const path = join(directory, name);
    if (kind === 'directory') Object.assign(found, await everything(disk, path, top));
    else found[relative(top, path)] = Buffer.from(await disk.read(path)).toString('latin1');
  }
  return found;
}

test('a commit looks as its work tree did, and what is told as changed is all that differs', async () => {
  const seed = newSeed();
  const random = randomFrom(seed);
  const pick = (limit: number) => Math.floor(random() * limit);
  const path = () => `${['', 'a/', 'a/b/', 'c/', 'é/'][pick(5)]}file${pick(4)}.ts`;
  const repository = await makeRepository();
  const there = new Set<string>();
  const commits: { id: string; files: Record<string, string> }[] = [];
  for (let i = 0; i < 12; i++) {
    const files: Record<string, string | undefined> = {};
    for (let n = 0; n < 4; n++) {
      const name = path();
      const deleted = there.has(name) && pick(3) === 0 && !(name in files);
      files[name] = deleted ? undefined : `${pick(3)}\n`;
      deleted ? there.delete(name) : there.add(name);
    }
    const id = await repository.commit(files);
    commits.push({ id, files: await everything(nodeDisk, repository.directory) });
  }
  const disk = await diskOf(repository);
  let before: Record<string, string> | undefined;
  for (let i = 0; i < 30; i++) {
    const { id, files } = commits[pick(commits.length)]!;
    const changed = (await disk.checkout(id)).map(file => relative(repository.directory, file));
    const message = `seed ${seed}, step ${i}`;
    expect(await everything(disk, repository.directory), message).toEqual(files);
    const former = before ?? files;
    const differ = [...new Set([...Object.keys(former), ...Object.keys(files)])].filter(
      name => former[name] !== files[name],
    );
    const told = (name: string) => changed.some(top => name === top || name.startsWith(`${top}/`));
    expect(
      differ.filter(name => !told(name)),
      message,
    ).toEqual([]);
    const isTrue = (top: string) => differ.some(name => name === top || name.startsWith(`${top}/`));
    expect(
      changed.filter(top => !isTrue(top)),
      message,
    ).toEqual([]);
    before = files;
  }
});

test('an unchanged file keeps its stamp over commits, and a changed one gets another', async () => {
  const repository = await makeRepository();
  const one = await repository.commit({ 'same.ts': 'same', 'other.ts': '1234' });
  const two = await repository.commit({ 'other.ts': '5678' });
  const disk = await diskOf(repository);
  const stamps = async (commit: string) => {
    await disk.checkout(commit);
    return Promise.all(['same.ts', 'other.ts'].map(name => disk.stat(join(repository.directory, name))));
  };
  const [before, after] = [await stamps(one), await stamps(two)];
  expect(after[0]).toEqual(before[0]);
  expect(after[1]!.size).toBe(4);
  expect(after[1]!.mtimeMs).not.toBe(before[1]!.mtimeMs);
  expect(Number.isSafeInteger(after[1]!.mtimeMs)).toBe(true);
});

test("the engine's own walk finds the commit's files by its own rules, whatever the work tree holds now", async () => {
  const repository = await makeRepository();
  const past = await repository.commit({
    'src/a.ts': 'let a;',
    'src/old.ts': 'let old;',
    '.gitignore': 'out/\n',
    'out/made.ts': 'let made;',
    'secret/.env': 'KEY=1',
  });
  await repository.commit({ 'src/old.ts': undefined, 'src/new.ts': 'let later;', '.gitignore': 'src/\n' });
  const disk = await diskOf(repository);
  await disk.checkout(past);
  const root = { directory: repository.directory, prefix: '' };
  const options = { root, exclude: [], maxFileBytes: 1_000, disk };
  const files: string[] = [];
  for await (const batch of scan(options, new AbortController().signal)) {
    files.push(...batch.files.map(({ path }) => path));
  }
  expect(files).toEqual(['src/a.ts', 'src/old.ts']);
});

test('links, submodules, what is missing and what lies outside are told as a disk tells them', async () => {
  const repository = await makeRepository({ 'a.ts': 'let a;' });
  const target = repository.git('hash-object', '-w', '--stdin');
  repository.git('update-index', '--add', '--cacheinfo', `120000,${target},link.ts`);
  repository.git('update-index', '--add', '--cacheinfo', `160000,${repository.git('rev-parse', 'HEAD')},sub`);
  repository.git('commit', '--quiet', '--message', 'Odd things');
  const disk = await diskOf(repository);
  await disk.checkout(repository.git('rev-parse', 'HEAD'));
  const { directory } = repository;
  expect(await disk.list(directory)).toEqual([
    { name: 'a.ts', kind: 'file' },
    { name: 'link.ts', kind: 'link' },
    { name: 'sub', kind: 'directory' },
    { name: '.git', kind: 'directory' },
  ]);
  expect(await disk.list(join(directory, 'sub'))).toEqual([]);
  for (const path of ['missing.ts', 'a.ts/within', 'missing/a.ts', '..', '../a.ts']) {
    await expect(disk.stat(join(directory, path)), path).rejects.toThrow('There is no');
    await expect(disk.read(join(directory, path)), path).rejects.toThrow('There is no');
  }
  await expect(disk.list(join(directory, 'a.ts'))).rejects.toThrow('There is no');
  await expect(disk.read(join(directory, '.git/info/exclude'))).rejects.toThrow('There is no');
});

test('the work tree is left as it is', async () => {
  const repository = await makeRepository({ 'a.ts': '1' }, { 'a.ts': '2' });
  const files: Files = { 'a.ts': 'not committed', 'b.ts': 'not even added' };
  await repository.write(files);
  const { mtimeMs } = await lstat(join(repository.directory, 'a.ts'));
  const disk = await diskOf(repository);
  await disk.checkout(repository.git('rev-parse', 'HEAD~1'));
  expect(Buffer.from(await disk.read(join(repository.directory, 'a.ts'))).toString()).toBe('1');
  expect(await readdir(repository.directory)).toEqual(['.git', 'a.ts', 'b.ts']);
  expect(await readFile(join(repository.directory, 'a.ts'), 'utf8')).toBe('not committed');
  expect((await lstat(join(repository.directory, 'a.ts'))).mtimeMs).toBe(mtimeMs);
});
