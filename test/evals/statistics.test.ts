import { describe, expect, test } from 'vitest';
import { type Random, seeded } from '../../src/evals/random.ts';
import { mean, pairedDifference, quantile } from '../../src/evals/statistics.ts';

/** The difference of two means, each thing a cluster of its own. */
function differenceOfMeans(a: readonly number[], b: readonly number[], random: Random, resamples?: number) {
  const whole = (values: readonly number[]) => values.map(part => ({ part, whole: 1 }));
  return pairedDifference(
    whole(a),
    whole(b),
    a.map((_, i) => String(i)),
    random,
    resamples,
  );
}

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
    expect(differenceOfMeans(values, values, seeded(1))).toEqual({ difference: 0, low: 0, high: 0 });
  });

  test('of a constant step is that step, with certainty', () => {
    const a = [1, 5, 2, 8];
    const difference = differenceOfMeans(
      a,
      a.map(value => value + 2),
      seeded(1),
    );
    expect(difference).toEqual({ difference: 2, low: 2, high: 2 });
  });

  test('is as wide as theory says for normal differences', () => {
    const random = seeded(11);
    const a = Array.from({ length: 400 }, () => normal(random));
    const b = a.map(value => value + 0.3 + normal(random));
    const { low, high } = differenceOfMeans(a, b, random)!;
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
      const { low, high } = differenceOfMeans(new Array<number>(n).fill(0), b, random, 400)!;
      if (low <= truth && truth <= high) held++;
    }
    // The percentile bootstrap is known to hold a little less than it says on small and skewed samples.
    expect(held / rounds).toBeGreaterThan(0.9);
    expect(held / rounds).toBeLessThan(0.98);
  });

  test('of values that are no pairs is refused, and of nothing is null', () => {
    expect(() => differenceOfMeans([1], [1, 2], seeded(1))).toThrow(
      '1 and 2 values in 1 clusters are no pairs.',
    );
    expect(differenceOfMeans([], [], seeded(1))).toBeNull();
  });

  test('of shares is that of the sums, not the mean of the shares', () => {
    const a = [
      { part: 1, whole: 1 },
      { part: 0, whole: 9 },
    ];
    const b = [
      { part: 1, whole: 1 },
      { part: 9, whole: 9 },
    ];
    expect(pairedDifference(a, b, ['x', 'y'], seeded(1))?.difference).toBe(0.9);
  });

  test('is as uncertain for copies of a thing in one cluster as for the thing alone', () => {
    const random = seeded(7);
    const values = Array.from({ length: 40 }, () => normal(random));
    const portions = (copies: number) =>
      values.flatMap(part => Array.from({ length: copies }, () => ({ part, whole: 1 })));
    const clusters = (copies: number) =>
      values.flatMap((_, i) => Array.from({ length: copies }, () => String(i)));
    const nothing = (copies: number) => portions(copies).map(() => ({ part: 0, whole: 1 }));
    const of = (copies: number) =>
      pairedDifference(nothing(copies), portions(copies), clusters(copies), seeded(1))!;
    expect(of(3).low).toBeCloseTo(of(1).low, 12);
    expect(of(3).high).toBeCloseTo(of(1).high, 12);
    // As if they were independent, three times as many things would look more certain by the root of three.
    const apart = pairedDifference(
      nothing(3),
      portions(3),
      portions(3).map((_, i) => String(i)),
      seeded(1),
    )!;
    const wider = (of(1).high - of(1).low) / (apart.high - apart.low);
    expect(Math.abs(wider - Math.sqrt(3))).toBeLessThan(0.2);
  });

  test('holds the truth in about 95 of 100 samples of clusters that are alike within', () => {
    const random = seeded(23);
    const rounds = 300;
    let held = 0;
    for (let round = 0; round < rounds; round++) {
      const clusters: string[] = [];
      const b = Array.from({ length: 50 }, (_, cluster) => {
        const shift = normal(random);
        return Array.from({ length: 1 + random.below(6) }, () => {
          clusters.push(String(cluster));
          return { part: shift + normal(random), whole: 1 };
        });
      }).flat();
      const a = b.map(() => ({ part: 0, whole: 1 }));
      const { low, high } = pairedDifference(a, b, clusters, random, 400)!;
      if (low <= 0 && 0 <= high) held++;
    }
    expect(held / rounds).toBeGreaterThan(0.89);
    expect(held / rounds).toBeLessThan(0.99);
  });

  test('of shares of nothing is null', () => {
    const none = [{ part: 0, whole: 0 }];
    expect(pairedDifference(none, [{ part: 1, whole: 1 }], ['x'], seeded(1))).toBeNull();
    // Offers in one of forty clusters: most draws have it, but too many do not.
    const rare = Array.from({ length: 40 }, (_, i) => ({ part: i === 0 ? 1 : 0, whole: i === 0 ? 1 : 0 }));
    const all = rare.map(() => ({ part: 1, whole: 1 }));
    expect(
      pairedDifference(
        rare,
        all,
        rare.map((_, i) => String(i)),
        seeded(1),
      ),
    ).toBeNull();
  });
});
