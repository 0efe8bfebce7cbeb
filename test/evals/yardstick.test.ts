import { describe, expect, test } from 'vitest';
import { changes, scoresOf, worsened } from './yardstick/scores.ts';

const committed = {
  n: 80,
  exactMatch: 0.1,
  rightOffers: 0.8,
  savedChars: 0.12,
  escaped: 0,
  falseRejection: 0.01,
};

describe('the smoke test', () => {
  test.each([
    ['the same', {}],
    ['better', { exactMatch: 0.3, savedChars: 0.4, falseRejection: 0 }],
    ['a little worse', { exactMatch: 0.06, rightOffers: 0.76, escaped: 0.04 }],
    ['of other holes', { n: 60 }],
  ])('lets pass what is %s', (_, now) => {
    expect(worsened(committed, { ...committed, ...now })).toEqual([]);
  });

  test.each([
    ['much worse', { savedChars: 0.06 }, 'savedChars was 0.12 and is 0.06: worse by more than 0.05.'],
    ['gone, be it little', { exactMatch: 0 }, 'exactMatch was 0.1 and is 0: worse by more than 0.05.'],
    [
      'much more of what should not be',
      { falseRejection: 0.07 },
      'falseRejection was 0.01 and is 0.07: worse',
    ],
  ])('fails for what is %s', (_, now, sentence) => {
    expect(worsened(committed, { ...committed, ...now })).toEqual([expect.stringContaining(sentence)]);
  });

  test('fails when nothing at all is offered any more', () => {
    expect(worsened(committed, { n: 80, exactMatch: 0, savedChars: 0 })).toHaveLength(3);
  });
});

test('scores are rounded, and a share of nothing is none', () => {
  const measures = { exactMatch: 0.123456, precision: null, n: 3, partial: false };
  expect(scoresOf(measures, ['exactMatch', 'precision', 'n', 'missing'])).toEqual({
    exactMatch: 0.1235,
    n: 3,
  });
});

test('a score that comes or goes is a change too', () => {
  expect(changes('part', { a: 1, b: 2 }, { b: 2, c: 3 })).toEqual([
    { part: 'part', score: 'a', before: 1, now: undefined },
    { part: 'part', score: 'b', before: 2, now: 2 },
    { part: 'part', score: 'c', before: undefined, now: 3 },
  ]);
});
