import { expect, test } from 'vitest';
import { Knowledge } from '../../src/indexing/knowledge.ts';
import { Typings } from '../../src/indexing/typings.ts';
import { indexOf } from '../support/smallIndex.ts';

function knowledgeOf(
  files: Readonly<Record<string, string>>,
  unindexed: Readonly<Record<string, string>> = {},
) {
  const index = indexOf(files);
  const typings = new Typings({ read: async () => undefined, clock: { elapsed: () => 0 } });
  const read = (path: string) => files[path] ?? unindexed[path];
  return { index, known: new Knowledge({ index: () => index, settled: () => true, read, typings }) };
}

test('a name is known while a file of the workspace holds it, as it is written', () => {
  const { known, index } = knowledgeOf({ 'src/a.ts': 'loadSettings(path);', 'src/b.ts': 'other();' });
  expect(
    ['loadSettings', 'path', 'i', 'settings', 'loadsettings', 'nowhere'].map(name => known.has(name)),
  ).toEqual([true, true, true, false, false, false]);
  index.remove('src/a.ts');
  expect([known.has('loadSettings'), known.has('other')]).toEqual([false, true]);
});

test('places are files with their endings and folders', () => {
  const { known, index } = knowledgeOf({ 'src/shop/a.ts': '' });
  expect(['a.ts', 'shop', 'src', 'a', 'hop'].map(name => known.hasPlace(name))).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
  index.remove('src/shop/a.ts');
  expect(known.hasPlace('shop')).toBe(false);
});

test('a file exists if it is indexed or can be read', () => {
  const { known } = knowledgeOf({ 'src/a.ts': '' }, { 'src/logo.svg': '<svg/>' });
  expect(['src/a.ts', 'src/logo.svg', 'src/b.ts'].map(path => known.exists(path))).toEqual([
    true,
    true,
    false,
  ]);
});

test('nothing can be missed where there is no workspace', () => {
  expect(knowledgeOf({}).known.ready).toBe(false);
  expect(knowledgeOf({ 'a.ts': '' }).known.ready).toBe(true);
});
