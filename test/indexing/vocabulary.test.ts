import { expect, test } from 'vitest';
import { lex, RESERVED } from '../../src/indexing/lexer.ts';
import { StringTable } from '../../src/indexing/stringTable.ts';
import { termsIn } from '../../src/indexing/terms.ts';
import { Vocabulary } from '../../src/indexing/vocabulary.ts';

/** Awkward words: kept apart from each other whatever they look like. */
const WORDS = [
  'getUserName',
  'getusername',
  '__proto__',
  'constructor',
  'toString',
  '',
  '\ud83d',
  '\ufffd',
  '名',
];

test('begins with the line ends, as every file does', () => {
  const vocabulary = new Vocabulary();
  expect(RESERVED.map(text => vocabulary.intern(text))).toEqual([0, 1, 2]);
  expect(lex('a\n').strings.slice(0, 3)).toEqual([0, 1, 2].map(id => vocabulary.text(id)));
});

test('gives a word one number, and every word its own', () => {
  const vocabulary = new Vocabulary();
  const ids = WORDS.map(word => vocabulary.intern(word));
  expect(new Set(ids).size).toBe(WORDS.length);
  expect(WORDS.map(word => vocabulary.intern(word))).toEqual(ids);
  expect(ids.map(id => vocabulary.text(id))).toEqual(WORDS);
  expect(vocabulary.size).toBe(RESERVED.length + WORDS.length);
});

/** Ids of a word's terms. */
function termsOf(vocabulary: Vocabulary, id: number): readonly number[] {
  const terms: number[] = [];
  for (let term = vocabulary.termAt(id, 0); term >= 0; term = vocabulary.termAt(id, terms.length))
    terms.push(term);
  return terms;
}

test('knows the terms of a word, the first time and every time after', () => {
  const vocabulary = new Vocabulary();
  const id = vocabulary.intern('getUserName');
  const terms = termsIn('getUserName').map(term => {
    termsOf(vocabulary, id);
    return vocabulary.findTerm(term);
  });
  expect(termsOf(vocabulary, id)).toEqual(terms);
  expect(termsOf(vocabulary, vocabulary.intern('=>'))).toEqual([]);
  expect(termsOf(vocabulary, vocabulary.intern('name'))).toEqual([vocabulary.findTerm('name')]);
});

test('a kept vocabulary goes on where it stopped', () => {
  const vocabulary = new Vocabulary();
  const ids = WORDS.map(word => vocabulary.intern(word));
  for (const id of ids) termsOf(vocabulary, id);
  const copy = new Vocabulary(JSON.parse(JSON.stringify(vocabulary.state())));
  expect(WORDS.map(word => copy.intern(word))).toEqual(ids);
  expect(ids.map(id => termsOf(copy, id))).toEqual(ids.map(id => termsOf(vocabulary, id)));
  expect(copy.intern('new word')).toBe(vocabulary.size);
});

test('a full table never gives a number it does not have', () => {
  const table = new StringTable(['a'], 2);
  expect([table.intern('b'), table.intern('c'), table.intern('d'), table.intern('a')]).toEqual([1, 1, 1, 0]);
  expect(table.size).toBe(2);
});
