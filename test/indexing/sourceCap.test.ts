import { expect, test } from 'vitest';
import { withinCap } from '../../src/indexing/sourceCap.ts';

/** `a/b.ts 3 @7`: a file of 3 bytes that was changed at 7. */
function fileOf(drawn: string) {
  const [path, size, at] = drawn.split(' ') as [string, string, string];
  return { path, file: `/w/${path}`, size: Number(size), mtimeMs: Number(at.slice(1)) };
}

function kept(files: string[], most: number, workedOn: string[] = []): string[] {
  return withinCap(files.map(fileOf), most, workedOn).kept.map(({ path }) => path);
}

const FILES = ['a/new.ts 4 @9', 'a/old.ts 4 @1', 'a/x/y/far.ts 4 @9', 'b/other.ts 4 @9'];

test('everything is kept that fits', () => {
  expect(kept(FILES, 16)).toHaveLength(4);
});

test('what is far from the files that somebody works on is left out first', () => {
  expect(kept(FILES, 12, ['a/open.ts'])).toEqual(['a/new.ts', 'a/old.ts', 'a/x/y/far.ts']);
  expect(kept(FILES, 4, ['b/open.ts'])).toEqual(['b/other.ts']);
  expect(kept(FILES, 8, ['a/x/y/open.ts', 'b/open.ts'])).toEqual(['a/x/y/far.ts', 'b/other.ts']);
});

test('of equally near files the one changed last is kept', () => {
  expect(kept(FILES, 4, ['a/open.ts'])).toEqual(['a/new.ts']);
});

test('with nothing open the deepest are left out first', () => {
  expect(kept(FILES, 12)).not.toContain('a/x/y/far.ts');
});

test('a file that is too large does not keep a smaller one out', () => {
  expect(kept(['a/huge.ts 99 @9', 'a/b/small.ts 4 @1'], 10, ['a/open.ts'])).toEqual(['a/b/small.ts']);
});
