import { expect, test } from 'vitest';
import { codeTokens } from '../../src/evals/codeTokens.ts';
import {
  NEAR_DUPLICATE,
  resemblance,
  SHINGLE_TOKENS,
  SKETCH_SIZE,
  sketchOf,
} from '../../src/evals/nearDuplicates.ts';
import { newSeed, randomFrom } from '../support/random.ts';

/** The naive twin: all shingles of both texts, compared one by one (Jaccard). */
function exact(one: string, other: string): number {
  const shingles = (text: string) => {
    const tokens = codeTokens(text);
    return new Set(
      tokens.flatMap((_, i) => {
        const shingle = tokens.slice(i, i + SHINGLE_TOKENS);
        return shingle.length === SHINGLE_TOKENS ? [shingle.join(' ')] : [];
      }),
    );
  };
  const [a, b] = [shingles(one), shingles(other)];
  const all = new Set([...a, ...b]).size;
  return all === 0 ? 0 : [...a].filter(shingle => b.has(shingle)).length / all;
}

/** A file of lines, and the same file with a share of its lines written anew. */
function pair(random: () => number, lines: number, rewritten: number): [string, string] {
  const line = () =>
    `set${Math.floor(random() * 5_000)}(value${Math.floor(random() * 50)}, ${Math.floor(random() * 9)});`;
  const one = Array.from({ length: lines }, line);
  const other = one.map(same => (random() < rewritten ? line() : same));
  return [one.join('\n'), other.join('\n')];
}

test('files of few shingles are compared exactly', () => {
  const seed = newSeed();
  const random = randomFrom(seed);
  for (let i = 0; i < 200; i++) {
    // Both together have no more shingles than a sketch holds.
    const [one, other] = pair(random, Math.floor(random() * 7), random());
    expect(resemblance(sketchOf(one), sketchOf(other)), `seed ${seed}`).toBe(exact(one, other));
  }
});

test('large files are estimated within what chance allows', () => {
  const seed = newSeed();
  const random = randomFrom(seed);
  const rounds = 150;
  let bias = 0;
  for (let i = 0; i < rounds; i++) {
    const [one, other] = pair(random, 50 + Math.floor(random() * 300), random() ** 2);
    const truth = exact(one, other);
    const estimate = resemblance(sketchOf(one), sketchOf(other));
    bias += (estimate - truth) / rounds;
    // Five standard errors of a share of SKETCH_SIZE draws: missed once in more than a million.
    const error = Math.sqrt(Math.max(truth * (1 - truth), 0.01) / SKETCH_SIZE);
    expect(Math.abs(estimate - truth), `seed ${seed}, round ${i}, truth ${truth}`).toBeLessThan(5 * error);
  }
  expect(Math.abs(bias), `seed ${seed}`).toBeLessThan(0.02);
});

test('a copied file with a few names changed is a near-duplicate, a file of the same kind is none', () => {
  const handler = (name: string, steps: number) =>
    Array.from(
      { length: steps },
      (_, i) =>
        `export async function step${i}(${name}: Order) {\n  await store${i}.put(${i}, await load(${name}.id${i}));\n}`,
    ).join('\n');
  const original = handler('order', 40);
  const copied = original.replace('step3(', 'first(').replace('store9', 'archive');
  const alike = handler('invoice', 40);
  expect(resemblance(sketchOf(original), sketchOf(copied))).toBeGreaterThan(NEAR_DUPLICATE);
  expect(resemblance(sketchOf(original), sketchOf(alike))).toBeLessThan(NEAR_DUPLICATE);
  expect(resemblance(sketchOf(original), sketchOf(original))).toBe(1);
});

test('white space does not count, and nothing resembles nothing', () => {
  const text = 'if (a) { b(); } else { c(d, e); }';
  expect(resemblance(sketchOf(text), sketchOf(text.replaceAll(' ', '\n\t')))).toBe(1);
  expect(resemblance(sketchOf(''), sketchOf(''))).toBe(0);
  expect(resemblance(sketchOf('one two three four'), sketchOf('one two three four'))).toBe(0);
  expect(resemblance(sketchOf(text), sketchOf(''))).toBe(0);
});
