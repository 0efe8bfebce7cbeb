import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { nodeDisk } from '../../src/indexing/disk.ts';
import { IgnoreScope } from '../../src/indexing/ignoreRules.ts';
import { scan } from '../../src/indexing/scan.ts';
import { newSeed, randomFrom } from '../support/random.ts';
import { makeTree } from '../support/tree.ts';

describe('the rules of .gitignore', () => {
  test('hold in the directory of their file and below', () => {
    const root = IgnoreScope.root({ gitignore: '*.log\n/build/\n' });
    expect(root.skips('a.log', false)).toBe('ignored by git');
    expect(root.skips('build', true)).toBe('ignored by git');
    expect(root.skips('build', false)).toBeUndefined();
    const inner = root.enter('src', {});
    expect(inner.skips('a.log', false)).toBe('ignored by git');
    expect(inner.skips('build', true)).toBeUndefined();
  });

  test('are overruled by those of a directory further in', () => {
    const root = IgnoreScope.root({ gitignore: 'lib/\n*.log\n' });
    const web = root.enter('web', { gitignore: '!lib/\n!keep.log\n' });
    expect(web.skips('lib', true)).toBeUndefined();
    expect(web.skips('keep.log', false)).toBeUndefined();
    const lib = web.enter('lib', {});
    expect(lib.skips('a.js', false)).toBeUndefined();
    expect(lib.skips('other.log', false)).toBe('ignored by git');
  });

  test('end where another repository begins', () => {
    const root = IgnoreScope.root({ gitignore: '*.ts\n' });
    const other = root.enter('other', { gitExclude: 'b.ts\n' });
    expect(other.skips('a.ts', false)).toBeUndefined();
    expect(other.skips('b.ts', false)).toBe('ignored by git');
  });

  test('win over .git/info/exclude', () => {
    const root = IgnoreScope.root({ gitignore: '!a.ts\n', gitExclude: '*.ts\n' });
    expect(root.skips('a.ts', false)).toBeUndefined();
    expect(root.skips('b.ts', false)).toBe('ignored by git');
  });

  test('tell small letters from capitals where the file system does', () => {
    expect(IgnoreScope.root({ gitignore: 'Build\n' }, false).skips('build', true)).toBeUndefined();
    expect(IgnoreScope.root({ gitignore: 'Build\n' }, true).skips('build', true)).toBe('ignored by git');
  });

  test('take names with special characters as they are', () => {
    const root = IgnoreScope.root({ gitignore: 'odd/\n' });
    for (const name of ['a b', '[x]', 'a*b', 'a?', '!n', '#n', 'ü', '..x', '...', 'a\\b', ' ', 'a\nb']) {
      const inner = root.enter('keep', { gitignore: '!odd/\n' }).enter('odd', {}).enter(name, {});
      expect(inner.skips(name, false), name).toBeUndefined();
      expect(inner.skips(name, true), name).toBeUndefined();
    }
  });
});

describe('a .wispignore', () => {
  test('leaves out what git keeps, and keeps what git ignores', () => {
    const root = IgnoreScope.root({ gitignore: 'made/\n', wispignore: '!made/\nlegacy/\n' });
    expect(root.skips('legacy', true)).toBe('excluded by settings');
    expect(root.skips('made', true)).toBeUndefined();
    expect(root.enter('made', {}).skips('a.ts', false)).toBeUndefined();
  });
});

describe('glob patterns of the settings', () => {
  const skips = (globs: string[], ...way: string[]) => {
    let scope = IgnoreScope.root({}).excluding(globs);
    for (const name of way.slice(0, -1)) scope = scope.enter(name, {});
    return scope.skips(way.at(-1)!, false) === 'excluded by settings';
  };

  test('are read relative to the folder', () => {
    expect(skips(['**/*.test.ts'], 'src', 'a.test.ts')).toBe(true);
    expect(skips(['src/*.ts'], 'src', 'a.ts')).toBe(true);
    expect(skips(['src/*.ts'], 'lib', 'src', 'a.ts')).toBe(false);
    expect(skips(['**/{a,b}/**'], 'x', 'b', 'c.ts')).toBe(true);
    expect(skips(['**/.hidden/*'], '.hidden', 'c.ts')).toBe(true);
  });

  test('mean the directory itself, too, with or without a slash at its end', () => {
    for (const glob of ['vendor/**', 'vendor', 'vendor/', './vendor', '/vendor/']) {
      expect(skips([glob], 'vendor'), glob).toBe(true);
    }
  });

  test('that are blank or broken match nothing', () => {
    expect(skips(['', '  ', '/', '[', '('], 'a.ts')).toBe(false);
  });
});

test('dependencies and caches are left out where nobody says so', () => {
  const root = IgnoreScope.root({ wispignore: '!node_modules/\n' });
  expect(root.skips('node_modules', true)).toBe('dependency or build folder');
  expect(root.skips('node_modules', false)).toBeUndefined();
  expect(root.skips('target', true)).toBeUndefined();
});

/** Patterns of every kind that git knows, over names that are few enough to meet. */
const PATTERNS = [
  ...['a', 'b/', '/a', '/b/', '*.ts', '*', '/*', '?.ts', '[ab].js', '[!a].ts', 'a/b', 'a/b/', 'a/*', 'a/**'],
  ...[
    '**/b',
    '**/b/',
    'b/**/c.ts',
    '/a/**/',
    'a*',
    '*/b',
    '*/*.ts',
    '\\a',
    'c.ts ',
    '# a',
    '',
    'a\\/b',
    '**',
  ],
];

test('a scan sees exactly the files that git sees, for random trees and rules', async () => {
  const seed = newSeed();
  const random = randomFrom(seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const name = () => pick(['a', 'b', 'c']);
  for (let round = 0; round < 25; round++) {
    const files: Record<string, string> = { '.git/info/exclude': random() < 0.5 ? pick(PATTERNS) : '' };
    for (let i = 0; i < 12; i++) {
      const way = Array.from({ length: Math.floor(random() * 4) }, () => `${name()}/`).join('');
      files[`${way}${name()}.${pick(['ts', 'js'])}`] = 'x';
      if (random() < 0.6) {
        const rules = Array.from(
          { length: 1 + Math.floor(random() * 3) },
          () => (random() < 0.4 ? '!' : '') + pick(PATTERNS),
        );
        files[`${way}.gitignore`] = `${rules.join('\n')}\n`;
      }
    }
    const directory = await makeTree(files);
    expect(await seenByScan(directory), `seed ${seed}, round ${round}: ${JSON.stringify(files)}`).toEqual(
      seenByGit(directory),
    );
  }
});

async function seenByScan(directory: string): Promise<string[]> {
  const paths: string[] = [];
  const options = { root: { directory, prefix: '' }, exclude: [], maxFileBytes: 100, disk: nodeDisk };
  for await (const { files } of scan(options, new AbortController().signal))
    paths.push(...files.map(file => file.path));
  return paths.sort();
}

function seenByGit(directory: string): string[] {
  const env = {
    PATH: process.env.PATH,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    XDG_CONFIG_HOME: directory,
  };
  const git = (...args: string[]) => execFileSync('git', args, { cwd: directory, env, encoding: 'utf8' });
  git('init', '--quiet');
  const listed = git('ls-files', '--others', '--exclude-standard', '-z').split('\0');
  return listed.filter(path => /\.(ts|js)$/.test(path)).sort();
}
