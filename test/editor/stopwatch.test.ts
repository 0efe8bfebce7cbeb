import { expect, test } from 'vitest';
import { Stopwatch } from '../../src/editor/stopwatch.ts';

test('a stopwatch gives back what the work gives, keeps a bounded number of times and orders them', () => {
  const stopwatch = new Stopwatch();
  expect(stopwatch.quantile(0.95)).toBe(0);
  for (let round = 0; round < 5_000; round++) expect(stopwatch.time(() => round)).toBe(round);
  expect(() =>
    stopwatch.time(() => {
      throw new Error('This work fails.');
    }),
  ).toThrow('This work fails.');
  expect(stopwatch.quantile(0.5)).toBeLessThanOrEqual(stopwatch.quantile(1));
});
