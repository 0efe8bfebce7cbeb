import { expect, test } from 'vitest';
import { type Context, hashAll, hashBefore } from '../../src/indexing/contexts.ts';
import { lex } from '../../src/indexing/lexer.ts';
import { newSeed, randomFrom } from '../support/random.ts';

const SHAPE: Context = { order: 8, shape: true };
const EXACT: Context = { order: 8, shape: false };

/** Hash of the last eight tokens of a text. */
function hashOf(text: string, context: Context): number {
  const { tokens, strings } = lex(text);
  // The same word has the same id in every text.
  const ids = tokens.map(token => ((token & ~0xff_ffff) | idOfWord(strings[token & 0xff_ffff]!)) >>> 0);
  return hashBefore(ids, ids.length, context);
}

function idOfWord(word: string): number {
  return [...word].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) % 0xff_fff, 7);
}

test.each([
  ['users.add(user, 1)', 'teams.put(team, 2)', 'same'],
  ['users.add(users, 1)', 'teams.put(teams, 2)', 'same'],
  ['users.add(users, 1)', 'teams.put(team, 2)', 'another'],
  ['users.add(user, 1)', 'teams.put[team, 2]', 'another'],
  ['return users.add(user)', 'throw users.add(user)', 'another'],
])('%s has the shape of %s: %s', (one, other, expected) => {
  expect(hashOf(one, SHAPE) === hashOf(other, SHAPE) ? 'same' : 'another').toBe(expected);
  expect(hashOf(one, EXACT)).not.toBe(hashOf(other, EXACT));
});

test('many places at once have the hashes that they have one by one', () => {
  const seed = newSeed();
  const random = randomFrom(seed);
  const words = ['a', 'b', 'if', '(', ')', '1', '22', '\n', '.'];
  const text = Array.from({ length: 400 }, () => words[Math.floor(random() * words.length)]).join(' ');
  const { tokens } = lex(text);
  for (const shape of [false, true]) {
    const contexts = [1, 2, 5, 8].map(order => ({ order, shape }));
    const [start, from, end] = [20, 20 + Math.floor(random() * 10), 200];
    hashAll(tokens, { start, from, end }, contexts, (c, hashes) => {
      for (let place = Math.max(from, start + contexts[c]!.order); place < end; place++) {
        const alone = hashBefore(tokens, place, contexts[c]!);
        expect(hashes[place - from], `seed ${seed}, place ${place}`).toBe(alone);
      }
    });
  }
});
