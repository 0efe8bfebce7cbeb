import { describe, expect, test } from 'vitest';
import { bleu4, chrF, editSimilarity, exactMatch, rougeL, score } from '../../src/evals/metrics.ts';
import { type Random, seeded } from '../../src/evals/random.ts';

const words = (text: string) => text.split(' ');

describe('exact match', () => {
  test.each([
    ['foo(bar);', 'foo(bar);', true],
    ['foo(bar);  ', 'foo(bar);', true],
    ['foo(bar);', 'foo(bar);\r', true],
    ['if (a) {  \n  b();\r\n}', 'if (a) {\n  b();\n}', true],
    [' foo(bar);', 'foo(bar);', false],
    ['if (a) {\n    b();\n}', 'if (a) {\n  b();\n}', false],
    ['foo(bar)', 'foo(bar);', false],
    ['', 'x', false],
  ])('%j against %j: %s', (text, target, same) => {
    expect(exactMatch(text, target)).toBe(same);
  });
});

describe('edit similarity', () => {
  test.each([
    ['kitten', 'sitting', 1 - 3 / 7],
    ['same', 'same  ', 1],
    ['', 'four', 0],
    ['', '', 1],
  ])('of %j and %j', (text, target, expected) => {
    expect(editSimilarity(text, target)).toBeCloseTo(expected, 12);
  });

  test('agrees with the textbook recurrence on random texts', () => {
    const random = seeded(17);
    for (let round = 0; round < 300; round++) {
      const a = randomText(random, 40);
      const b = randomText(random, 40);
      const longer = Math.max(a.length, b.length, 1);
      expect(editSimilarity(a, b)).toBeCloseTo(a === b ? 1 : 1 - plainDistance(a, b) / longer, 12);
    }
  });
});

describe('BLEU-4, smoothed by adding one', () => {
  // sacrebleu 2.6.0: sentence_bleu(smooth_method='add-k', smooth_value=1, tokenize='none'); the first two are the
  // example sentences of NLTK's documentation, for which NLTK 3.10.3 with method2 gives the same 0.4453 and 0.1220.
  test.each([
    [
      'It is a guide to action which ensures that the military always obeys the commands of the party',
      'It is a guide to action that ensures that the military will forever heed Party commands',
      0.4452945001507635,
    ],
    [
      'It is to insure the troops forever hearing the activity guidebook that party direct',
      'It is a guide to action that ensures that the military will forever heed Party commands',
      0.12201355339347487,
    ],
    [
      'const user = await this . repository . findOne ( { id } ) ;',
      'const user = await this . repository . findOne ( { where : { id } } ) ;',
      0.6722429092642938,
    ],
    ['return user . name', 'return user . name ;', 0.7788007830714052],
    ['for ( let i = 0 ; i < n ; i ++ ) {', 'for ( const item of items ) {', 0.13083737883508867],
    [
      'self . assertEqual ( response . status_code , 200 )',
      'self . assertEqual ( response . status_code , 404 )',
      0.805030477585033,
    ],
    ['a b c', 'a b c', 1],
    ['a b c d e', 'a b c d e f g h i j', 0.3678794411714425],
    ['x', 'y', 0],
  ])('%s', (candidate, reference, expected) => {
    expect(bleu4(words(candidate), words(reference))).toBeCloseTo(expected, 10);
  });

  test('of nothing is 1 against nothing and 0 against something', () => {
    expect([bleu4([], []), bleu4([], ['a']), bleu4(['a'], [])]).toEqual([1, 0, 0]);
  });
});

describe('ROUGE-L', () => {
  // Lin 2004, section 3.1: S1 is the reference, S2 to S4 the candidates; then the case where order decides.
  test.each([
    ['police kill the gunman', 'police killed the gunman', 3 / 4],
    ['the gunman kill police', 'police killed the gunman', 2 / 4],
    ['the gunman police killed', 'police killed the gunman', 2 / 4],
    ['a b', 'a b c d', 2 / 3],
  ])('%s', (candidate, reference, expected) => {
    expect(rougeL(words(candidate), words(reference))).toBeCloseTo(expected, 12);
  });

  test('agrees with trying every subsequence', () => {
    const random = seeded(23);
    for (let round = 0; round < 100; round++) {
      const a = Array.from({ length: 1 + random.below(8) }, () => 'abc'[random.below(3)]!);
      const b = Array.from({ length: 1 + random.below(8) }, () => 'abc'[random.below(3)]!);
      expect(rougeL(a, b)).toBeCloseTo((2 * longestSharedByTrying(a, b)) / (a.length + b.length), 12);
    }
  });
});

describe('chrF2', () => {
  // sacrebleu 2.6.0: sentence_chrf with its defaults (6 characters, no words, beta 2).
  test.each([
    [
      'It is a guide to action which ensures that the military always obeys the commands of the party',
      'It is a guide to action that ensures that the military will forever heed Party commands',
      63.050621049071886,
    ],
    [
      'It is to insure the troops forever hearing the activity guidebook that party direct',
      'It is a guide to action that ensures that the military will forever heed Party commands',
      33.395915432470105,
    ],
    [
      'const user = await this . repository . findOne ( { id } ) ;',
      'const user = await this . repository . findOne ( { where : { id } } ) ;',
      81.29030339515538,
    ],
    ['return user . name', 'return user . name ;', 93.88443101094023],
    ['for ( let i = 0 ; i < n ; i ++ ) {', 'for ( const item of items ) {', 15.129747760288236],
    ['x', 'y', 0],
    ['a b c', 'a b c', 100],
    ['a b c', 'abc', 100],
    ['a b c d e', 'a b c d e f g h i j', 40.69078647589538],
  ])('%s', (candidate, reference, expected) => {
    expect(100 * chrF(candidate, reference)).toBeCloseTo(expected, 8);
  });
});

test('every score is 1 for the same text, and none leaves 0 to 1', () => {
  const random = seeded(31);
  for (let round = 0; round < 200; round++) {
    const a = randomText(random, 30);
    const b = randomText(random, 30);
    const { editSimilarity, bleu4, rougeL, chrF } = score(a, b);
    for (const value of [editSimilarity, bleu4, rougeL, chrF]) {
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThanOrEqual(1 + 1e-12);
    }
    const same = score(a, a);
    expect(same.exactMatch).toBe(true);
    expect(same.prefixMatchChars).toBe(a.length);
    for (const value of [same.editSimilarity, same.bleu4, same.rougeL, same.chrF]) {
      expect(value).toBeCloseTo(1, 10);
    }
  }
});

function randomText(random: Random, most: number): string {
  return Array.from({ length: random.below(most) }, () => 'ab (){}=.é'[random.below(10)])
    .join('')
    .trim();
}

function plainDistance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) => [i, ...new Array<number>(b.length).fill(0)]);
  for (let j = 0; j <= b.length; j++) rows[0]![j] = j;
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const replaced = rows[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      rows[i]![j] = Math.min(replaced, rows[i - 1]![j]! + 1, rows[i]![j - 1]! + 1);
    }
  }
  return rows[a.length]![b.length]!;
}

function longestSharedByTrying(a: readonly string[], b: readonly string[]): number {
  let longest = 0;
  for (let mask = 0; mask < 2 ** a.length; mask++) {
    const chosen = a.filter((_, i) => mask & (1 << i));
    let found = 0;
    for (const token of b) if (token === chosen[found]) found++;
    if (found === chosen.length) longest = Math.max(longest, found);
  }
  return longest;
}
