import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Exclusions } from '../../src/indexing/exclusions.ts';
import { type Folder, WorkspacePaths } from '../../src/indexing/workspacePaths.ts';
import { makeTree } from '../support/tree.ts';

function readNow(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function exclusions(folders: readonly Folder[], globs: readonly string[] = []) {
  const paths = new WorkspacePaths(folders);
  return new Exclusions({ paths: () => paths, globs: () => globs, readNow });
}

const TREE = {
  '.wispignore': '# not for Wisp\nprivate/\n*.draft.ts\n!kept.draft.ts\n',
  'packages/.wispignore': '/web/generated.ts\n',
  '.gitignore': 'out/\n',
};

describe('an open document is left alone', () => {
  test.each([
    ['private/a.ts', true],
    ['private/deep/b.ts', true],
    ['src/private/c.ts', true],
    ['src/a.draft.ts', true],
    ['src/kept.draft.ts', false],
    ['packages/web/generated.ts', true],
    ['packages/api/generated.ts', false],
    ['src/a.ts', false],
    // Git's rules keep it out of the index, but people do write such files.
    ['out/a.ts', false],
    ['vendor/x.ts', true],
    ['not/yet/there.ts', false],
  ])('%s: %s', async (path, expected) => {
    const directory = await makeTree(TREE);
    expect(exclusions([{ name: 'w', directory }], ['vendor']).excludes(path)).toBe(expected);
  });

  test('by the rules of the folder that it lies in, where there are several', async () => {
    const directory = await makeTree({ 'a/.wispignore': '*.sql\n', 'b/x.sql': '' });
    const folders = ['a', 'b'].map(name => ({ name, directory: join(directory, name) }));
    const both = exclusions(folders);
    expect([both.excludes('a/x.sql'), both.excludes('b/x.sql')]).toEqual([true, false]);
  });

  test('by the rules above a folder that is opened by itself', async () => {
    const directory = await makeTree({
      '.git/HEAD': 'ref: refs/heads/main\n',
      '.wispignore': 'web/secret.ts\n',
      'web/a.ts': '',
    });
    const web = exclusions([{ name: 'web', directory: join(directory, 'web') }]);
    expect([web.excludes('secret.ts'), web.excludes('a.ts')]).toEqual([true, false]);
  });

  test('outside the workspace by the settings alone', () => {
    const none = exclusions([], ['**/vendor/**']);
    expect(none.excludes('/somewhere/vendor/a.ts')).toBe(true);
    expect(none.excludes('/somewhere/a.ts')).toBe(false);
    expect(none.excludes('untitled:Untitled-1')).toBe(false);
  });
});

test('a rule that is written later holds once the old ones are forgotten', async () => {
  const directory = await makeTree({ 'a.ts': '' });
  const rules = exclusions([{ name: 'w', directory }]);
  expect(rules.excludes('a.ts')).toBe(false);
  writeFileSync(join(directory, '.wispignore'), 'a.ts\n');
  rules.forget();
  expect(rules.excludes('a.ts')).toBe(true);
});
