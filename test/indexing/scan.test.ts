import { mkdir, symlink, truncate } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { isAbort } from '../../src/base/abort.ts';
import { type Disk, nodeDisk } from '../../src/indexing/disk.ts';
import { type ScanOptions, scan } from '../../src/indexing/scan.ts';
import { WorkspacePaths } from '../../src/indexing/workspacePaths.ts';
import { makeTree } from '../support/tree.ts';

const never = new AbortController().signal;

async function scanned(directory: string, options: Partial<ScanOptions> = {}) {
  const root = { directory, prefix: '' };
  const all = { root, exclude: [], maxFileBytes: 100_000, disk: nodeDisk, ...options };
  const files: string[] = [];
  const skipped: Record<string, string> = {};
  for await (const batch of scan(all, never)) {
    files.push(...batch.files.map(({ path }) => path));
    for (const skip of batch.skipped) skipped[skip.path] = skip.skipped;
  }
  return { files, skipped };
}

test('finds the source files of a folder, nearest first, and says where and how large they are', async () => {
  const directory = await makeTree({ 'src/deep/c.py': 'c', 'src/b.ts': 'bb', 'a.go': 'aaa' });
  const found = [];
  const options = { root: { directory, prefix: 'shop/' }, exclude: [], maxFileBytes: 100, disk: nodeDisk };
  for await (const { files } of scan(options, never)) found.push(...files);
  expect(found).toEqual([
    { path: 'shop/a.go', file: join(directory, 'a.go'), size: 3, mtimeMs: expect.any(Number) },
    { path: 'shop/src/b.ts', file: join(directory, 'src/b.ts'), size: 2, mtimeMs: expect.any(Number) },
    {
      path: 'shop/src/deep/c.py',
      file: join(directory, 'src/deep/c.py'),
      size: 1,
      mtimeMs: expect.any(Number),
    },
  ]);
  expect(Number.isInteger(found[0]!.mtimeMs)).toBe(true);
});

test('says why it left something out', async () => {
  const directory = await makeTree({
    '.gitignore': 'out/\n',
    '.wispignore': 'old/\n',
    '.git/config': '',
    'out/a.ts': '',
    'old/a.ts': '',
    'docs/a.ts': '',
    'node_modules/x/index.js': '',
    'cache/CACHEDIR.TAG': '',
    'cache/a.ts': '',
    'env/pyvenv.cfg': '',
    'env/a.py': '',
    '.env': 'KEY=1',
    'credentials.json': '{}',
    'package-lock.json': '{}',
    'logo.png': '',
    'src/a.ts': '',
  });
  expect(await scanned(directory, { exclude: ['docs'] })).toEqual({
    files: ['src/a.ts'],
    skipped: {
      '.gitignore': 'in no known language',
      '.wispignore': 'in no known language',
      out: 'ignored by git',
      old: 'excluded by settings',
      docs: 'excluded by settings',
      node_modules: 'dependency or build folder',
      cache: 'dependency or build folder',
      env: 'dependency or build folder',
      '.env': 'secret',
      'credentials.json': 'secret',
      'package-lock.json': 'generated',
      'logo.png': 'in no known language',
    },
  });
});

test('leaves the folders of the workspace that lie in this one to themselves', async () => {
  const directory = await makeTree({ 'a.ts': '', 'packages/web/b.ts': '', 'packages/api/c.ts': '' });
  const folders = [
    { name: 'all', directory },
    { name: 'web', directory: join(directory, 'packages/web') },
  ];
  const found = [];
  for (const root of new WorkspacePaths(folders).roots)
    found.push(...(await scanned(directory, { root })).files);
  expect(found).toEqual(['all/a.ts', 'all/packages/api/c.ts', 'web/b.ts']);
});

describe('looking at one place only', () => {
  const tree = {
    '.gitignore': 'out/\n',
    'src/.gitignore': '*.log.ts\n',
    'src/a.ts': '',
    'src/a.log.ts': '',
    'src/in/b.ts': '',
    'src/in/deeper/c.ts': '',
    'src/input.ts': '',
    'out/d.ts': '',
    'e.ts': '',
  };

  test.each([
    ['src/a.ts', ['src/a.ts'], {}],
    ['src/in', ['src/in/b.ts', 'src/in/deeper/c.ts'], {}],
    ['src/a.log.ts', [], { 'src/a.log.ts': 'ignored by git' }],
    ['out/d.ts', [], { out: 'ignored by git' }],
    ['gone/x.ts', [], {}],
  ])('%s: the rules above it hold all the same', async (under, files, skipped) => {
    expect(await scanned(await makeTree(tree), { under })).toEqual({ files, skipped });
  });
});

test("git's rules from the top of the repository hold in a folder that is opened by itself", async () => {
  const directory = await makeTree({
    '.git/info/exclude': 'mine.ts\n',
    '.gitignore': '/packages/web/gen/\n*.log.ts\n',
    'packages/.gitignore': 'web/tmp\n',
    'packages/web/gen/a.ts': '',
    'packages/web/tmp/a.ts': '',
    'packages/web/a.log.ts': '',
    'packages/web/mine.ts': '',
    'packages/web/src/a.ts': '',
  });
  expect((await scanned(join(directory, 'packages/web'))).files).toEqual(['src/a.ts']);
});

test('a folder that is opened by itself is read even where the repository around it ignores it', async () => {
  const directory = await makeTree({
    '.git/config': '',
    '.gitignore': 'out\n*.log.ts\n',
    'out/a.ts': '',
    'out/a.log.ts': '',
  });
  expect((await scanned(join(directory, 'out'))).files).toEqual(['a.ts']);
});

describe('on bad input', () => {
  test('a file of 50 MB is never read', async () => {
    const directory = await makeTree({ 'big.ts': '', 'a.ts': '' });
    await truncate(join(directory, 'big.ts'), 50 * 1_024 * 1_024);
    const disk: Disk = {
      ...nodeDisk,
      read: file => {
        throw new Error(`${file} was read`);
      },
    };
    expect(await scanned(directory, { disk })).toEqual({
      files: ['a.ts'],
      skipped: { 'big.ts': 'too large' },
    });
  });

  test('links are counted and not followed, wherever they lead', async () => {
    const directory = await makeTree({ 'src/a.ts': '' });
    await symlink('nowhere.ts', join(directory, 'broken.ts'));
    await symlink('loop.ts', join(directory, 'loop.ts'));
    await symlink('..', join(directory, 'src/up'));
    await symlink('src', join(directory, 'again'));
    await symlink('/', join(directory, 'outside'));
    await symlink('src/a.ts', join(directory, 'twin.ts'));
    expect(await scanned(directory)).toEqual({
      files: ['src/a.ts'],
      skipped: {
        'broken.ts': 'broken link',
        'loop.ts': 'broken link',
        'src/up': 'link',
        again: 'link',
        outside: 'link',
        'twin.ts': 'link',
      },
    });
  });

  test('a directory that may not be read is counted and the rest is found', async () => {
    const directory = await makeTree({ 'locked/a.ts': '', 'open/b.ts': '' });
    const disk: Disk = {
      ...nodeDisk,
      list: async place => {
        if (place.endsWith('locked')) throw Object.assign(new Error('EACCES'), { code: 'EACCES' });
        return nodeDisk.list(place);
      },
    };
    expect(await scanned(directory, { disk })).toEqual({
      files: ['open/b.ts'],
      skipped: { locked: 'unreadable' },
    });
  });

  test('a file that vanishes and rules that cannot be read are no reason to stop', async () => {
    const directory = await makeTree({ '.gitignore': 'b.ts\n', 'a.ts': '', 'b.ts': '' });
    const disk: Disk = {
      ...nodeDisk,
      read: () => Promise.reject(new Error('EACCES')),
      stat: file => (file.endsWith('a.ts') ? Promise.reject(new Error('ENOENT')) : nodeDisk.stat(file)),
    };
    const { files, skipped } = await scanned(directory, { disk });
    expect(files).toEqual(['b.ts']);
    expect(skipped).toMatchObject({ 'a.ts': 'unreadable' });
  });

  test('a folder that is gone is unreadable', async () => {
    expect(await scanned('/nowhere/at/all')).toEqual({ files: [], skipped: { '': 'unreadable' } });
  });

  test.runIf(process.platform !== 'win32')('sockets and odd names do not disturb it', async () => {
    const names = [
      'a b.ts',
      '[x].ts',
      '#a.ts',
      '!a.ts',
      'ü.ts',
      'new\nline.ts',
      'back\\slash.ts',
      '..x.ts',
      '~.ts',
      '%.ts',
    ];
    const directory = await makeTree(
      Object.fromEntries(
        names.flatMap(name => [
          [name, ''],
          [`in ${name}/${name}`, ''],
        ]),
      ),
    );
    const server = createServer();
    onTestFinished(() => void server.close());
    await new Promise<void>(resolve => server.listen(join(directory, 's.ts'), resolve));
    const { files, skipped } = await scanned(directory);
    expect(files.toSorted()).toEqual(names.flatMap(name => [name, `in ${name}/${name}`]).toSorted());
    expect(skipped).toEqual({ 's.ts': 'unreadable' });
  });

  test.runIf(process.platform === 'linux')('a name that is no UTF-8 is counted', async () => {
    const directory = await makeTree({ 'a.ts': '' });
    await mkdir(Buffer.concat([Buffer.from(`${directory}/caf`), Buffer.from([0xe9])]));
    const { files, skipped } = await scanned(directory);
    expect(files).toEqual(['a.ts']);
    expect(skipped).toEqual({ 'caf\ufffd': 'unreadable' });
  });
});

test('ends with an abort error as soon as nobody wants it any more', async () => {
  const directory = await makeTree({ 'a/b/c/d/e.ts': '' });
  const controller = new AbortController();
  const options = { root: { directory, prefix: '' }, exclude: [], maxFileBytes: 100, disk: nodeDisk };
  const walk = async () => {
    for await (const _ of scan(options, controller.signal)) controller.abort();
  };
  expect(isAbort(await walk().catch(error => error))).toBe(true);
});
