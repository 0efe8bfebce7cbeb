import { expect, test } from 'vitest';
import { idf, Ranker, saturation } from '../../src/indexing/bm25.ts';
import { Postings } from '../../src/indexing/postings.ts';
import { newSeed, randomFrom } from '../support/random.ts';

const TERMS = 40;

/** The same documents in the plainest form: by id, how often each term stands in each. */
type Twin = Map<number, ReadonlyMap<number, number>>;

test('holds what a map of maps holds, after random additions, removals, vacuums and reloads', () => {
  const seed = newSeed();
  const random = randomFrom(seed);
  let postings = new Postings();
  let twin: Twin = new Map();
  for (let round = 0; round < 400; round++) {
    const dice = random();
    if (dice < 0.6) {
      const document = randomDocument(random);
      twin.set(postings.add(countsOf(document)), document);
    } else if (dice < 0.95) {
      const document = Math.floor(random() * (postings.size + 2));
      const known = twin.get(document);
      postings.remove(document, Int32Array.from(known?.keys() ?? []));
      twin.delete(document);
    } else if (dice < 0.98) {
      const ids = new Int32Array(postings.size).fill(-1);
      [...twin.keys()].forEach((document, i) => {
        ids[document] = i;
      });
      postings = postings.renumbered(ids);
      twin = new Map([...twin].map(([document, counts]) => [ids[document]!, counts]));
      expect(postings.size).toBe(twin.size);
    } else {
      postings = new Postings(postings.state());
    }
    expect(readAll(postings), `seed ${seed}, round ${round}`).toEqual(naive(twin));
  }
});

test('counts more than a posting has room for as the most it can say', () => {
  const postings = new Postings();
  postings.add({ terms: Int32Array.of(0), counts: Int32Array.of(1_000) });
  const found: number[] = [];
  postings.visit(0, (document, count) => found.push(document, count));
  expect(found).toEqual([0, 255]);
  expect(postings.lengthOf(0)).toBe(1_000);
});

test('finds the same best documents as scoring every one of them', () => {
  const seed = newSeed();
  const random = randomFrom(seed);
  const ranker = new Ranker();
  for (let round = 0; round < 200; round++) {
    const postings = new Postings();
    const twin: Twin = new Map();
    for (let i = 0; i < 1 + random() * 60; i++) {
      const document = randomDocument(random);
      twin.set(postings.add(countsOf(document)), document);
    }
    for (const [document, counts] of [...twin]) {
      if (random() < 0.8) continue;
      postings.remove(document, Int32Array.from(counts.keys()));
      twin.delete(document);
    }
    const query = Array.from(
      { length: 1 + Math.floor(random() * 6) },
      () => [Math.floor(random() * (TERMS + 5)), random()] as const,
    );
    const limit = Math.floor(random() * 12);
    const refused = Math.floor(random() * 5);
    const accept = (document: number) => document % 5 !== refused;
    const found = ranker.top(postings, query, { limit, accept });
    const expected = bruteForce(twin, query)
      .filter(({ document }) => accept(document))
      .slice(0, limit);
    expect(found, `seed ${seed}, round ${round}`).toEqual(expected);
  }
});

test('the weight of a term never falls below nothing, however common it is', () => {
  expect(idf(10, 10)).toBeGreaterThan(0);
  expect(idf(10, 1)).toBeGreaterThan(idf(10, 2));
});

test('repetition counts less and less, and less in a long document', () => {
  const once = saturation(1, 100, 100);
  const twice = saturation(2, 100, 100);
  expect(once).toBeCloseTo(1);
  expect(twice - once).toBeLessThan(once);
  expect(saturation(1, 200, 100)).toBeLessThan(once);
  expect(saturation(1e6, 100, 100)).toBeLessThan(2.2);
});

function randomDocument(random: () => number): ReadonlyMap<number, number> {
  const document = new Map<number, number>();
  // Squared, so that some terms are frequent and some are rare; a document may be empty.
  for (let i = 0; i < random() * 12; i++) {
    document.set(Math.floor(random() ** 2 * TERMS), 1 + Math.floor(random() * 4));
  }
  return document;
}

function countsOf(document: ReadonlyMap<number, number>) {
  return { terms: Int32Array.from(document.keys()), counts: Int32Array.from(document.values()) };
}

function lengthOf(document: ReadonlyMap<number, number>): number {
  return [...document.values()].reduce((sum, count) => sum + count, 0);
}

function readAll(postings: Postings) {
  return Array.from({ length: TERMS }, (_, term) => {
    const found: [number, number][] = [];
    postings.visit(term, (document, count) => found.push([document, count]));
    return { found, frequency: postings.frequency(term) };
  }).concat({ found: [], frequency: Math.round(postings.averageLength * postings.documents) });
}

function naive(twin: Twin) {
  const total = [...twin.values()].reduce((sum, counts) => sum + lengthOf(counts), 0);
  return Array.from({ length: TERMS }, (_, term) => {
    const found = [...twin]
      .filter(([, counts]) => counts.has(term))
      .map(([document, counts]): [number, number] => [document, counts.get(term)!]);
    return { found, frequency: found.length };
  }).concat({ found: [], frequency: total });
}

/** Scores are added in the order of the query, as the ranker does, so that they agree to the last bit. */
function bruteForce(twin: Twin, query: readonly (readonly [number, number])[]) {
  const full = [...twin].filter(([, counts]) => counts.size > 0);
  const average = full.reduce((sum, [, counts]) => sum + lengthOf(counts), 0) / full.length;
  const frequency = (term: number) => full.filter(([, counts]) => counts.has(term)).length;
  return full
    .map(([document, counts]) => {
      let score = 0;
      for (const [term, weight] of query) {
        const count = counts.get(term);
        if (count === undefined) continue;
        score += weight * idf(full.length, frequency(term)) * saturation(count, lengthOf(counts), average);
      }
      return { document, score };
    })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || a.document - b.document);
}
