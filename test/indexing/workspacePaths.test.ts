import { describe, expect, test } from 'vitest';
import { WorkspacePaths } from '../../src/indexing/workspacePaths.ts';

const one = new WorkspacePaths([{ name: 'shop', directory: '/home/me/shop' }], false);
const two = new WorkspacePaths(
  [
    { name: 'shop', directory: '/home/me/shop/' },
    { name: 'docs', directory: '/srv/docs' },
  ],
  false,
);

describe('the path of a file', () => {
  test('is relative to the only folder', () => {
    expect(one.pathOf('/home/me/shop/src/cart.ts')).toBe('src/cart.ts');
  });

  test('begins with the name of its folder where there are several', () => {
    expect(two.pathOf('/home/me/shop/src/cart.ts')).toBe('shop/src/cart.ts');
    expect(two.pathOf('/srv/docs/index.md')).toBe('docs/index.md');
  });

  test('does not exist outside, not even beside a folder whose name begins alike', () => {
    expect(one.pathOf('/home/me/shopping/list.ts')).toBeUndefined();
    expect(one.pathOf('/etc/passwd')).toBeUndefined();
  });

  test('of a folder itself is empty, or its name', () => {
    expect(one.pathOf('/home/me/shop')).toBe('');
    expect(two.pathOf('/srv/docs')).toBe('docs/');
  });

  test('keeps a back slash that is part of a name on Linux', () => {
    expect(one.pathOf('/home/me/shop/a\\b.ts')).toBe('a\\b.ts');
  });

  test('works for a workspace that is a whole disk', () => {
    expect(new WorkspacePaths([{ name: '/', directory: '/' }], false).pathOf('/a/b.ts')).toBe('a/b.ts');
  });

  test('belongs to the innermost of nested folders', () => {
    const nested = new WorkspacePaths(
      [
        { name: 'all', directory: '/code' },
        { name: 'app', directory: '/code/app' },
      ],
      false,
    );
    expect(nested.pathOf('/code/app/x.ts')).toBe('app/x.ts');
    expect(nested.pathOf('/code/lib/x.ts')).toBe('all/lib/x.ts');
  });

  test('tells folders of the same name apart, and takes slashes out of names', () => {
    const twins = new WorkspacePaths(
      [
        { name: 'app', directory: '/a/app' },
        { name: 'app', directory: '/b/app' },
        { name: 'x/y', directory: '/c' },
      ],
      false,
    );
    expect(twins.pathOf('/b/app/m.ts')).toBe('app-2/m.ts');
    expect(twins.fileOf('app-2/m.ts')).toBe('/b/app/m.ts');
    expect(twins.pathOf('/c/m.ts')).toBe('x-y/m.ts');
  });
});

describe('the file of a path', () => {
  test('is where the path came from', () => {
    for (const file of ['/home/me/shop/src/cart.ts', '/srv/docs/a b/ü.md']) {
      expect(two.fileOf(two.pathOf(file)!)).toBe(file);
    }
  });

  test('never leaves its folder', () => {
    expect(two.fileOf('shop/../../secret.ts')).toBeUndefined();
    expect(two.fileOf('unknown/a.ts')).toBeUndefined();
  });
});

describe('on Windows', () => {
  const windows = new WorkspacePaths([{ name: 'Shop', directory: 'C:\\Me\\Shop' }], true);

  test('a path has slashes and a file has back slashes', () => {
    expect(windows.pathOf('C:\\Me\\Shop\\src\\cart.ts')).toBe('src/cart.ts');
    expect(windows.fileOf('src/cart.ts')).toBe('C:\\Me\\Shop\\src\\cart.ts');
  });

  test('the drive letter of VS Code and capitals make no difference', () => {
    expect(windows.pathOf('c:/me/shop/src/Cart.ts')).toBe('src/Cart.ts');
  });
});
