import { expect, test } from 'vitest';
import { TypedWords } from '../../../src/models/workspace/typedWords.ts';

test('finds the longer words that begin so, the commonest first, also those that come later', () => {
  const texts = ['getUser', 'getTeam', 'get', 'gather', 'getGone', '"getX'];
  const counts = new Map([
    ['getUser', 2],
    ['getTeam', 5],
    ['get', 9],
    ['gather', 3],
    ['getLater', 1],
  ]);
  const words = {
    text: (id: number) => texts[id]!,
    get size() {
      return texts.length;
    },
  };
  const typed = new TypedWords(words);
  const found = (text: string) =>
    typed.beginningWith(text, id => counts.get(texts[id]!) ?? 0).map(id => texts[id]);
  expect(found('get')).toEqual(['getTeam', 'getUser']);
  expect(found('g')).toEqual([]);
  texts.push('getLater');
  expect(found('get')).toEqual(['getTeam', 'getUser', 'getLater']);
});
