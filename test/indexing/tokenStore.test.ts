import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { idOf, lex, withId } from '../../src/indexing/lexer.ts';
import { SpareMemory } from '../../src/indexing/packingMemory.ts';
import { BOUNDARY, CONTEXTS, TokenStore } from '../../src/indexing/tokenStore.ts';
import { Vocabulary } from '../../src/indexing/vocabulary.ts';
import { newSeed, randomFrom } from '../support/random.ts';

function settle(store: TokenStore): void {
  for (const _ of store.settling());
}

/** Small enough to be packed many times. */
const STRETCH = 300;

/** All places after the same `order` tokens, newest first, found by looking at every place. */
function naive(tokens: readonly number[], context: readonly number[], order: number): number[] {
  const places: number[] = [];
  for (let place = tokens.length - 1; place >= order; place--) {
    const before = tokens.slice(place - order, place);
    if (before.includes(BOUNDARY) || tokens[place] === BOUNDARY) continue;
    if (before.every((token, i) => token === context[context.length - order + i])) places.push(place);
  }
  return places;
}

test('finds the same places as a look at every place, after random additions and removals', () => {
  const seed = newSeed();
  const random = randomFrom(seed);
  const store = new TokenStore(new SpareMemory(), STRETCH);
  const twin: number[] = [];
  const files: { start: number; end: number }[] = [];
  const word = () => 3 + Math.floor(random() * 8);
  for (let round = 0; round < 150; round++) {
    if (files.length > 3 && random() < 0.3) {
      const [file] = files.splice(Math.floor(random() * files.length), 1);
      store.kill(file!.start, file!.end);
      twin.fill(BOUNDARY, file!.start, file!.end);
      // What was appended last is taken back whole, its boundary too.
      twin.length = store.length;
    } else {
      const tokens = Array.from({ length: Math.floor(random() * 40) }, word);
      const start = store.append(Uint32Array.from(tokens));
      twin.push(BOUNDARY, ...tokens);
      expect(start).toBe(twin.length - tokens.length);
      files.push({ start, end: twin.length });
    }
    if (random() < 0.05) settle(store);
    const context = Array.from({ length: 8 }, word);
    CONTEXTS.forEach(({ order, shape }, o) => {
      if (shape) return;
      const found: number[] = [];
      store.walk(o, Uint32Array.from(context), context.length, place => found.push(place) > 0);
      const alive = found.filter(place => store.tokens[place] !== BOUNDARY);
      expect(alive, `seed ${seed}, round ${round}, order ${order}`).toEqual(naive(twin, context, order));
    });
  }
});

test('packed or not, a walk finds the newest places of what is frequent', () => {
  const store = new TokenStore(new SpareMemory(), 1_000);
  for (let file = 0; file < 300; file++) store.append(Uint32Array.of(5, 6, 7));
  const walk = (most?: number) => {
    const found: number[] = [];
    store.walk(0, Uint32Array.of(5, 6), 2, place => found.push(place) > 0, most);
    return found;
  };
  // Each file takes four places, the first for its boundary.
  const newest = (count: number) => Array.from({ length: count }, (_, i) => (299 - i) * 4 + 3);
  expect(walk()).toEqual(newest(96));
  expect(walk(70)).toEqual(newest(70));
  settle(store);
  expect(walk()).toEqual(newest(96));
});

test('packed, the chains of real code take less room', () => {
  const vocabulary = new Vocabulary();
  const store = new TokenStore(new SpareMemory(), 1 << 16);
  const source = join(import.meta.dirname, '../../src');
  for (const file of readdirSync(source, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts')) continue;
    const { tokens, strings } = lex(readFileSync(join(source, file), 'utf8'));
    const ids = strings.map(text => vocabulary.intern(text));
    store.append(tokens.map(token => withId(token, ids[idOf(token)]!)));
  }
  const bytesOfChains = () => store.bytes - 4 * store.length;
  expect(store.length).toBeGreaterThan(1 << 16);
  settle(store);
  // As they grow they take 32 bytes a token, and heads.
  expect(bytesOfChains()).toBeLessThan(15 * store.length);
});

test('a file that is replaced again and again leaves nothing behind, in the store or in a walk', () => {
  const store = new TokenStore();
  store.append(Uint32Array.of(5, 6, 7));
  for (let typed = 0; typed < 100; typed++) {
    const tokens = Uint32Array.from({ length: 1 + (typed % 3) }, (_, i) => 5 + i);
    const start = store.append(tokens);
    store.kill(start, start + tokens.length);
  }
  expect(store.length).toBe(4);
  const found: number[] = [];
  store.walk(0, Uint32Array.of(5, 6), 2, place => found.push(place) > 0);
  expect(found).toEqual([3]);
});

test('a store made from raw tokens answers as the one it was taken from', () => {
  const store = new TokenStore();
  store.append(Uint32Array.of(5, 6, 7, 8));
  const gone = store.append(Uint32Array.of(5, 6, 9));
  store.append(Uint32Array.of(5, 6, 10));
  store.kill(gone, gone + 3);
  const copy = TokenStore.from(store.tokens);
  const after = (from: TokenStore) => {
    const next: number[] = [];
    from.walk(0, Uint32Array.of(5, 6), 2, place => next.push(from.tokens[place]!) > 0);
    return next;
  };
  expect(copy.tokens).toEqual(store.tokens);
  expect(after(copy)).toEqual([10, 7]);
  expect(after(store)).toEqual([10, 7]);
});

test('a context never reaches over the start of a file', () => {
  const store = new TokenStore();
  store.append(Uint32Array.of(5));
  store.append(Uint32Array.of(6, 7));
  const found: number[] = [];
  store.walk(1, Uint32Array.of(5, 6), 2, place => found.push(place) > 0);
  expect(found).toEqual([]);
});
