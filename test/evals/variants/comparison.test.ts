import { describe, expect, test } from 'vitest';
import { seeded } from '../../../src/evals/random.ts';
import { compare, HOLE_MEASURES, type HoleScores, points } from '../../../src/evals/variants/comparison.ts';
import { compareSaved, readResults } from '../../../src/evals/variants/resultFile.ts';

type Result = HoleScores & { readonly id: string; readonly cluster: string; readonly question: string };

/** Holes with targets of ten characters, four to a commit; `right` says of the i-th what was offered. */
function results(count: number, right: (i: number) => boolean | undefined): Result[] {
  return Array.from({ length: count }, (_, i) => {
    const is = right(i);
    return {
      ...{ id: `hole ${i}`, cluster: `commit ${Math.floor(i / 4)}`, question: `q${i}`, class: 'mid-line' },
      ...{ offered: is !== undefined, exactMatch: is === true, right: is === true },
      ...{ editSimilarity: is === true ? 1 : is === false ? 0.3 : 0, targetChars: 10 },
      prefixMatchChars: is === true ? 10 : 0,
    };
  });
}

const verdict = (a: readonly Result[], b: readonly Result[]) =>
  compare({ name: 'a', results: a }, { name: 'b', results: b }, HOLE_MEASURES);

describe('the verdict', () => {
  const some = results(200, i => (i % 3 === 0 ? true : i % 3 === 1 ? false : undefined));

  test('of two that answered the same is that no difference is shown', () => {
    const { verdict: word, sentence, measures, n, clusters } = verdict(some, some);
    expect([word, sentence]).toEqual(['no difference shown', 'Between b and a no difference is shown.']);
    expect(Object.values(measures).map(({ interval }) => interval)).toEqual(
      Array.from({ length: 5 }, () => ({ difference: 0, low: 0, high: 0 })),
    );
    expect({ n, clusters }).toEqual({ n: 200, clusters: 50 });
  });

  test('of one that offers more and as precisely is better, and the other way round worse', () => {
    const more = results(200, i => (i % 3 === 0 ? true : i % 3 === 1 ? false : i % 2 === 0));
    expect(verdict(some, more).verdict).toBe('better');
    expect(verdict(some, more).sentence).toMatch(
      /^b is better than a: exact match \+16\.\d points \(\+\d+\.\d to \+\d+\.\d\), saved characters \+/,
    );
    expect(verdict(more, some).verdict).toBe('worse');
  });

  test('of one that offers more, but wrongly, is not better for coming nearer', () => {
    const wrong = results(200, i => i % 3 === 0);
    const { verdict: word, measures } = verdict(some, wrong);
    expect(measures.editSimilarity!.interval!.low).toBeGreaterThan(0);
    expect(word).toBe('worse');
    expect(measures.precision!.interval!.high).toBeLessThan(0);
  });

  test('of one that wins here and loses there is mixed', () => {
    const bold = results(200, i => i % 2 === 0);
    const careful = results(200, i => (i % 10 === 0 ? true : undefined));
    expect(verdict(careful, bold)).toMatchObject({
      verdict: 'mixed',
      sentence: expect.stringMatching(/^b is better than a in exact match .* and worse in precision −50/),
    });
  });

  test('is seldom wrong about two that differ by chance alone', () => {
    const random = seeded(3);
    let told = 0;
    for (let round = 0; round < 40; round++) {
      const chance = () => results(160, () => (random.below(4) === 0 ? random.below(2) === 0 : undefined));
      if (verdict(chance(), chance()).verdict !== 'no difference shown') told++;
    }
    expect(told).toBeLessThan(9);
  }, 60_000);

  test('of few commits is that too little was measured, however many holes they have', () => {
    const few = (right: boolean) => results(36, () => right);
    expect(verdict(few(false), few(true))).toMatchObject({
      ...{ verdict: 'too few to tell', clusters: 9 },
      sentence: 'Too little was measured to tell b from a.',
      measures: { exactMatch: { a: 0, b: 1, interval: null } },
    });
  });

  test('says nothing of a share of nothing', () => {
    const silent = results(60, () => undefined);
    expect(
      verdict(
        silent,
        results(60, () => true),
      ).measures.precision,
    ).toEqual({ a: null, b: 1, interval: null });
  });
});

test.each([
  [0.123, '+12.3'],
  [-0.0004, '0.0'],
  [0, '0.0'],
  [-0.05, '−5.0'],
])('%s is told as %s points', (share, told) => {
  expect(points(share)).toBe(told);
});

describe('saved results', () => {
  const run = { format: 1, wisp: '0.1.0' };
  const file = (holes: readonly Result[], more: object = {}) => JSON.stringify({ run, holes, ...more });
  const saved = (holes: readonly Result[], name = 'a.json') => readResults(file(holes), name);
  const some = results(60, i => i % 2 === 0);

  test('are compared by the holes that both have, and the others are counted', () => {
    const other = [...results(80, i => i % 3 === 0).slice(10)].map(hole =>
      hole.id === 'hole 20' ? { ...hole, question: 'another' } : hole,
    );
    expect(compareSaved(saved(some), saved(other, 'b.json'))).toMatchObject({
      ...{ a: 'a.json', b: 'b.json', n: 49, onlyInA: 10, onlyInB: 20, changed: 1 },
    });
  });

  test('of code leave what is reported apart out, as a run of variants does', () => {
    const mixed = some.map((hole, i) => ({ ...hole, class: i < 20 ? 'import' : 'mid-line' }));
    expect(compareSaved(saved(mixed), saved(mixed)).n).toBe(40);
  });

  test.each([
    ['', 'it is not JSON ('],
    ['[]', "it is no result of 'wisp eval --json'."],
    ['{"holes": []}', "it is no result of 'wisp eval --json'."],
    [
      JSON.stringify({ run: { ...run, format: 2 }, holes: [] }),
      'it is of format 2, and this version of Wisp reads format 1.',
    ],
    [JSON.stringify({ run }), 'it holds no results.'],
    [JSON.stringify({ run, holes: [{ ...some[0], offered: 'no' }] }), 'it is damaged at holes.0.offered: '],
    [
      JSON.stringify({ run, systems: [{ name: 'x' }, { name: 'y' }] }),
      'it holds the results of several (x, y): put #x behind its name.',
    ],
  ])('%s: one sentence', (text, sentence) => {
    expect(() => readResults(text, 'a.json')).toThrow(sentence);
  });

  test('of several name the one that is meant', () => {
    const text = JSON.stringify({
      run,
      systems: [
        { name: 'x', holes: some },
        { name: 'y', holes: [] },
      ],
    });
    expect(readResults(text, 'a.json#x', 'x')).toEqual({ name: 'a.json#x', holes: expect.any(Array) });
    expect(() => readResults(text, 'a.json', 'z')).toThrow("it holds no results of 'z' (x, y).");
  });

  test('that share nothing, or measured different things, are refused', () => {
    const strangers = some.map(hole => ({ ...hole, id: `other ${hole.id}` }));
    expect(() => compareSaved(saved(some), saved(strangers))).toThrow(
      'The two share no hole, so there is nothing',
    );
    const changed = some.map(hole => ({ ...hole, question: 'another' }));
    expect(() => compareSaved(saved(some), saved(changed))).toThrow('are not the same, so there is nothing');
    const typed = readResults(JSON.stringify({ run, lines: [] }), 'b.json');
    expect(() => compareSaved(saved(some), typed)).toThrow('One of the two was typed and the other was not');
  });
});
