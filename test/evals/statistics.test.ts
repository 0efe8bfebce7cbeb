import { describe, expect, test } from 'vitest';
import { type Random, seeded } from '../../src/evals/random.ts';
import { mean, pairedDifference, quantile } from '../../src/evals/statistics.ts';

/** Standard normal numbers by the method of Box and Muller. */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.float())) * Math.cos(2 * Math.PI * random.float());
}

describe('quantile', () => {
  test('is a value that occurs, by nearest rank', () => {
    const values = [50, 15, 40, 20, 35];
    expect([0.05, 0.3, 0.4, 0.5, 1].map(p => quantile(values, p))).toEqual([15, 20, 20, 35, 50]);
  });

  test('exceeds or equals the share asked for, and no smaller value does', () => {
    const random = seeded(3);
    for (let round = 0; round < 200; round++) {
      const values = Array.from({ length: 1 + random.below(40) }, () => random.below(20));
      const p = random.float();
      const found = quantile(values, p)!;
      const shareUpTo = (limit: number) => values.filter(value => value <= limit).length / values.length;
      expect(shareUpTo(found)).toBeGreaterThanOrEqual(p);
      const smaller = values.filter(value => value < found);
      if (smaller.length > 0) expect(shareUpTo(Math.max(...smaller))).toBeLessThan(p);
    }
  });
});

describe('the paired difference', () => {
  test('of equal measurements is nothing, with certainty', () => {
    const values = [0.1, 0.7, 0.7, 1];
    expect(pairedDifference(values, values, seeded(1))).toEqual({ mean: 0, low: 0, high: 0 });
  });

  test('of a constant step is that step, with certainty', () => {
    const a = [1, 5, 2, 8];
    const difference = pairedDifference(
      a,
      a.map(value => value + 2),
      seeded(1),
    );
    expect(difference).toEqual({ mean: 2, low: 2, high: 2 });
  });

  test('is as wide as theory says for normal differences', () => {
    const random = seeded(11);
    const a = Array.from({ length: 400 }, () => normal(random));
    const b = a.map(value => value + 0.3 + normal(random));
    const { low, high } = pairedDifference(a, b, random)!;
    const differences = a.map((value, i) => b[i]! - value);
    const centre = mean(differences)!;
    const deviation = Math.sqrt(mean(differences.map(value => (value - centre) ** 2))!);
    const halfWidth = (1.96 * deviation) / Math.sqrt(400);
    expect(low).toBeCloseTo(centre - halfWidth, 2);
    expect(high).toBeCloseTo(centre + halfWidth, 2);
  });

  test.each([
    ['normal differences', normal, 0],
    [
      'differences between hit and miss',
      (random: Random) => (random.below(10) < 2 ? 1 : random.below(8) < 1 ? -1 : 0),
      0.1,
    ],
    ['skewed differences', (random: Random) => -Math.log(1 - random.float()), 1],
  ] as const)('holds the truth in about 95 of 100 samples of %s', (_, draw, truth) => {
    const random = seeded(5);
    const n = 60;
    const rounds = 400;
    let held = 0;
    for (let round = 0; round < rounds; round++) {
      const b = Array.from({ length: n }, () => draw(random));
      const { low, high } = pairedDifference(new Array<number>(n).fill(0), b, random, 400)!;
      if (low <= truth && truth <= high) held++;
    }
    // The percentile bootstrap is known to hold a little less than it says on small and skewed samples.
    expect(held / rounds).toBeGreaterThan(0.9);
    expect(held / rounds).toBeLessThan(0.98);
  });

  test('of values that are no pairs is refused, and of nothing is null', () => {
    expect(() => pairedDifference([1], [1, 2], seeded(1))).toThrow('1 and 2 values are no pairs.');
    expect(pairedDifference([], [], seeded(1))).toBeNull();
  });
});
