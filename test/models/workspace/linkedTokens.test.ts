import { expect, test } from 'vitest';
import { hashBefore } from '../../../src/indexing/contexts.ts';
import { FILE_CONTEXTS, LinkedTokens } from '../../../src/models/workspace/linkedTokens.ts';
import { newSeed, randomFrom } from '../../support/random.ts';

test('finds the places that a look at every place finds, last first, however it grew and shrank', () => {
  const seed = newSeed();
  const random = randomFrom(seed);
  const linked = new LinkedTokens();
  const some = (most: number) =>
    Uint32Array.from({ length: Math.floor(random() * most) }, () => 3 + Math.floor(random() * 4));
  for (let round = 0; round < 60; round++) {
    if (random() < 0.4) linked.truncate(Math.floor(random() * (linked.length + 1)));
    const from = linked.length;
    linked.append(some(30), round);
    linked.append(some(5), round);
    linked.link(from);
    const past = Uint32Array.from({ length: 8 }, () => 3 + Math.floor(random() * 4));
    FILE_CONTEXTS.forEach((context, c) => {
      const { tokens } = linked;
      const same = (place: number) => hashBefore(tokens, place, context) === hashBefore(past, 8, context);
      const found: number[] = [];
      linked.walk(c, past, 8, Number.POSITIVE_INFINITY, place => {
        if (same(place)) found.push(place);
      });
      const all = Array.from(tokens, (_, i) => tokens.length - 1 - i);
      const expected = all.filter(place => place >= context.order && same(place));
      expect(found, `seed ${seed}, round ${round}`).toEqual(expected);
    });
  }
});

test('linked upwards, the first is found first', () => {
  const linked = new LinkedTokens();
  linked.append([7, 8, 7, 9, 7, 5], 1);
  linked.linkUpwards();
  const found: number[] = [];
  linked.walk(0, Uint32Array.of(7), 1, 10, place => found.push(place));
  expect(found).toEqual([1, 3, 5]);
});

test('counts how often a word stands there, and where it stood last', () => {
  const linked = new LinkedTokens();
  linked.append([7, 3, 7, 4, 5], 1);
  linked.link(0);
  expect(linked.occurrences(7, 9)).toEqual({ count: 2, last: 3 });
  expect(linked.occurrences(7, 1).count).toBe(1);
  expect(linked.occurrences(8, 9)).toEqual({ count: 0, last: -1 });
});
