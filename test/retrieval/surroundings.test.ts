import { expect, test } from 'vitest';
import { surroundingsOf } from '../../src/retrieval/surroundings.ts';
import { at } from '../support/cursor.ts';

const drawn = (code: string) => surroundingsOf(at(code));

test('words count the more the nearer they stand, and those that open a block however far', () => {
  const far = '  nothing(here);\n'.repeat(40);
  const { near } = drawn(`class Store {\n${far}  read(\n    key: Key█\n    below\n`);
  const weights = ['key', 'read', 'below', 'Store'].map(word => near.get(word) ?? 0);
  expect(weights).toEqual(weights.toSorted((a, b) => b - a));
  expect(weights.at(-1)).toBeGreaterThan(0.5);
});

test.each([
  ['user.na█', 'user', 'na'],
  ['this.items.█', 'items', ''],
  ['map::<T>().fin█', undefined, 'fin'],
  ['node->█', 'node', ''],
  ['Kind::█', 'Kind', ''],
  ['plain█', undefined, 'plain'],
])('before the cursor of %s stands %s', (code, receiver, partial) => {
  expect(drawn(code)).toMatchObject({ receiver, partial });
});
