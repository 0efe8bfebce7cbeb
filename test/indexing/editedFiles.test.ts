import { expect, test } from 'vitest';
import { lex } from '../../src/indexing/lexer.ts';
import { indexOf, recordOf } from '../support/smallIndex.ts';

const unsaved = (path: string, text: string) => ({ ...recordOf(path, text), size: 0, mtimeMs: 0 });

test('what a file held before it was typed in is known until the disk says something else', () => {
  const index = indexOf({ 'a.ts': 'one(two)', 'b.ts': 'three' });
  const before = (path: string) => index.edited.before(path)?.length;
  expect(index.edited.paths).toEqual([]);

  index.add(unsaved('a.ts', 'one(two, more)'));
  index.add(unsaved('b.ts', 'three()'));
  index.add(unsaved('new.ts', 'x'));
  index.add(unsaved('a.ts', 'one(two, more, and)'));
  expect(index.edited.paths).toEqual(['b.ts', 'new.ts', 'a.ts']);
  expect(before('a.ts')).toBe(lex('one(two)').tokens.length);
  expect(before('new.ts')).toBe(0);

  // Saving writes what is known.
  index.add(recordOf('a.ts', 'one(two, more, and)'));
  expect(before('a.ts')).toBe(lex('one(two)').tokens.length);
  index.add(recordOf('a.ts', 'of_another_branch'));
  index.remove('new.ts');
  expect(index.edited.paths).toEqual(['b.ts']);
});
