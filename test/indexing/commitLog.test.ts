import { expect, test } from 'vitest';
import { CommitLog, committedPaths } from '../../src/indexing/commitLog.ts';
import { makeRepository } from '../support/repository.ts';
import { makeTree } from '../support/tree.ts';

test('the paths of each commit, newest first, of a folder and up to a commit', async () => {
  const { directory, git } = await makeRepository(
    { 'a.ts': '1', 'src/b.ts': '1' },
    { 'src/b.ts': '2', 'src/ü c.ts': '1' },
    { 'a.ts': '2' },
  );
  expect(await committedPaths(directory)).toEqual([
    ['a.ts'],
    ['src/b.ts', 'src/ü c.ts'],
    ['a.ts', 'src/b.ts'],
  ]);
  expect(await committedPaths(`${directory}/src`)).toEqual([['b.ts', 'ü c.ts'], ['b.ts']]);
  expect(await committedPaths(directory, git('rev-parse', 'HEAD~2'))).toEqual([['a.ts', 'src/b.ts']]);
});

test('the history of a workspace is known a while later, and there is none without git', async () => {
  const { directory } = await makeRepository({ 'a.ts': '1', 'b.ts': '1' });
  const log = new CommitLog({ elapsed: () => 0 });
  log.open([
    { directory, prefix: 'shop/' },
    { directory: await makeTree({ 'c.ts': '1' }), prefix: 'bare/' },
  ]);
  expect(log.commits).toBeUndefined();
  await log.refresh();
  expect(log.commits).toEqual([['shop/a.ts', 'shop/b.ts']]);
});
