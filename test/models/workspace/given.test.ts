import { expect, test } from 'vitest';
import { idOf, lex } from '../../../src/indexing/lexer.ts';
import { BOUNDARY } from '../../../src/indexing/tokenStore.ts';
import { type Found, givenBy } from '../../../src/models/workspace/given.ts';
import { indexOf } from '../../support/smallIndex.ts';

const FILES = { 'src/b.ts': 'first(one);\nsecond(two);\nthird(three);\n' };

function given(found: (range: { start: number; end: number }, id: (word: string) => number) => Found) {
  const index = indexOf(FILES);
  const store = index.store('js');
  const of = found(index.tokenRange('src/b.ts')!, word => index.vocabulary.find(word)!);
  return { ...givenBy(of, store), store, word: (token: number) => index.vocabulary.text(idOf(token)) };
}

const LINE = lex('first(one);\n').tokens.length;

test('what is retrieved knows where in the store each of its tokens stands', () => {
  const { linked, store } = given(({ start, end }) => ({
    words: [],
    stretches: [
      { start: start + LINE, end },
      { start, end: start + LINE },
    ],
    following: [],
  }));
  const standing = Array.from(linked.tokens, (token, place) => ({
    token,
    place: place + linked.lineAt(place),
  }));
  for (const { token, place } of standing.filter(({ token }) => token !== BOUNDARY))
    expect(store.tokens[place]).toBe(token);
  expect(standing.filter(({ token }) => token === BOUNDARY).length).toBe(2);
});

test('likely words are those that stand in what was retrieved, as they stand there', () => {
  const { likely, word } = given(({ start, end }, id) => ({
    words: [
      { id: id('three'), relevance: 0.5 },
      { id: id('one'), relevance: 0.4 },
      { id: id('second'), relevance: 0.3 },
    ],
    stretches: [{ start: start + LINE, end }],
    following: [],
  }));
  const told = [...likely.values()].map(({ token, relevance, rank }) => [word(token), relevance, rank]);
  expect(told).toEqual([
    ['three', 0.5, 0],
    ['second', 0.3, 2],
  ]);
});
