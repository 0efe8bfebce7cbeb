import { expect, test } from 'vitest';
import { seeded, xoshiro } from '../../src/evals/random.ts';

test('the generator gives the numbers of the reference implementation', () => {
  // Blackman and Vigna's xoshiro128starstar.c 1.1 with state {1, 2, 3, 4}, as rand_xoshiro's tests have them too.
  const random = xoshiro([1, 2, 3, 4]);
  expect(Array.from({ length: 10 }, random.next)).toEqual([
    11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
  ]);
});

test('a seed is filled up to a state by SplitMix32', () => {
  // Seed 0 must give the state and the first numbers that independent implementations publish for it.
  const expected = xoshiro([1684164658, 3653269916, 2939563536, 2141751570]);
  const random = seeded(0);
  const numbers = Array.from({ length: 4 }, random.next);
  expect(numbers).toEqual(Array.from({ length: 4 }, expected.next));
  expect(numbers).toEqual([1789933344, 44971166, 2521387044, 3848737593]);
});

test('the same seed gives the same stream and the next seed another', () => {
  const take = (seed: number) => Array.from({ length: 20 }, seeded(seed).next);
  expect(take(7)).toEqual(take(7));
  expect(take(7)).not.toEqual(take(8));
});

test('every number below a limit comes up about equally often', () => {
  const random = seeded(20);
  const counts = new Array<number>(10).fill(0);
  for (let i = 0; i < 100_000; i++) counts[random.below(10)]!++;
  // Pearson's statistic with 9 degrees of freedom stays below 27.9 in 999 of 1,000 fair streams.
  const statistic = counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
  expect(statistic).toBeLessThan(27.9);
});
