import { expect, test } from 'vitest';
import { contextKey } from '../../src/cache/contextKey.ts';
import { at } from '../support/cursor.ts';

const around = { settingsEpoch: 1, models: 'm', indexGeneration: 1 };
const key = (code: string, path = 'a.ts', more = {}) => contextKey(at(code, path), { ...around, ...more });

const openedWith = (code: string, before: string) => {
  const context = at(`${code}█`, 'a.ts');
  return { ...context, document: { ...context.document, opened: { text: before, hash: before } } };
};

test('the same context has the same key', () => {
  expect(key('foo(█)')).toBe(key('foo(█)'));
});

test.each([
  ['white space', key('a b█'), key('ab█')],
  ['indentation', key('  a█'), key('\ta█')],
  ['the side of the cursor that a character stands on', key('ab█'), key('a█b')],
  ['the file', key('a█', 'a.ts'), key('a█', 'b.ts')],
  ['the model', key('a█'), key('a█', 'a.ts', { models: 'other' })],
  ['a setting', key('a█'), key('a█', 'a.ts', { settingsEpoch: 2 })],
  ['what has been deleted', key('a█'), contextKey(openedWith('a', 'b'), around)],
  ['another file of the workspace', key('a█'), key('a█', 'a.ts', { indexGeneration: 2 })],
])('changing %s changes the key', (_, one, other) => {
  expect(one).not.toBe(other);
});
