import { describe, expect, test } from 'vitest';
import { CodeIndex } from '../../src/indexing/codeIndex.ts';
import { isNewline } from '../../src/indexing/lexer.ts';
import { lineRecord } from '../support/lineRecord.ts';
import { newSeed, randomFrom } from '../support/random.ts';

const USERS = 'export function findUser(id: string) {\n  return users.get(id);\n}\n';
const ORDERS = 'export function placeOrder(order: Order) {\n  return queue.push(order);\n}\n';

function indexOf(files: Readonly<Record<string, string>>): CodeIndex {
  const index = new CodeIndex();
  for (const [path, text] of Object.entries(files)) index.add(lineRecord(path, text));
  return index;
}

function find(index: CodeIndex, ...terms: readonly string[]): readonly string[] {
  const query = new Map(terms.map(term => [term, 1]));
  return index.search(query, { limit: 10 }).map(({ path }) => path);
}

describe('a search', () => {
  test('finds a chunk by a part of a name and says where it is', () => {
    const index = indexOf({ 'src/users.ts': `\n\n${USERS}`, 'src/orders.ts': ORDERS });
    expect(index.search(new Map([['user', 1]]), { limit: 5 })).toEqual([
      {
        path: 'src/users.ts',
        startLine: 3,
        endLine: 5,
        startToken: 0,
        endToken: expect.any(Number),
        tokenLine: 1,
        score: expect.any(Number),
      },
    ]);
  });

  test('asks whether a file is wanted', () => {
    const index = indexOf({ 'a.ts': USERS, 'b.ts': `${USERS}// again\n` });
    const found = index.search(new Map([['finduser', 1]]), { limit: 5, accept: path => path !== 'a.ts' });
    expect(found.map(({ path }) => path)).toEqual(['b.ts']);
  });

  test('gives the same order whatever the order in which files were read', () => {
    const files = Array.from({ length: 30 }, (_, i) => [`f${i}.ts`, `call(userName);\n// ${i}\n`] as const);
    const there = find(indexOf(Object.fromEntries(files)), 'user');
    const back = find(indexOf(Object.fromEntries(files.toReversed())), 'user');
    expect(there).toHaveLength(10);
    expect(back).toEqual(there);
  });

  test('finds nothing for nothing, and nothing for a word that stands nowhere', () => {
    const index = indexOf({ 'a.ts': USERS });
    expect(find(index)).toEqual([]);
    expect(find(index, 'zebra')).toEqual([]);
    expect(find(new CodeIndex(), 'user')).toEqual([]);
  });
});

describe('a file', () => {
  test('is replaced by what is added under its path, and put back', () => {
    const index = indexOf({ 'a.ts': USERS });
    index.add(lineRecord('a.ts', ORDERS, { size: 0, mtimeMs: 0 }));
    expect(find(index, 'user')).toEqual([]);
    expect(find(index, 'order')).toEqual(['a.ts']);
    index.add(lineRecord('a.ts', USERS));
    expect(find(index, 'user')).toEqual(['a.ts']);
    expect(find(index, 'order')).toEqual([]);
    expect(index.report).toEqual({ files: 1, chunks: 1, bytes: USERS.length });
  });

  test('of unsaved text has the stamp of no file on disk', () => {
    const index = indexOf({});
    index.add(lineRecord('a.ts', USERS, { size: 0, mtimeMs: 0 }));
    expect(index.stamp('a.ts')).toMatchObject({ size: 0, mtimeMs: 0 });
    index.add(lineRecord('a.ts', USERS, { size: 70, mtimeMs: 9 }));
    expect(index.stamp('a.ts')).toMatchObject({ size: 70, mtimeMs: 9 });
  });

  test('is gone once removed', () => {
    const index = indexOf({ 'a.ts': USERS, 'b.ts': ORDERS });
    index.remove('a.ts');
    index.remove('never there.ts');
    expect(index.paths()).toEqual(['b.ts']);
    expect(index.stamp('a.ts')).toBeUndefined();
    expect(index.tokenRange('a.ts')).toBeUndefined();
    expect(index.rarity('user')).toBe(0);
  });

  test('has the record that was added, also when its words were known before', () => {
    const index = indexOf({ 'a.ts': USERS });
    const record = lineRecord('b.ts', `${ORDERS}\n\n${USERS}`);
    index.add(record);
    expect(index.recordOf('b.ts')).toEqual(record);
    expect(index.recordOf('c.ts')).toBeUndefined();
  });

  test('may be empty', () => {
    const index = indexOf({ 'a.ts': '', 'b.ts': USERS, 'c.ts': '' });
    index.remove('a.ts');
    expect(index.report).toEqual({ files: 2, chunks: 1, bytes: USERS.length });
    expect(find(index, 'user')).toEqual(['b.ts']);
  });
});

test('from a stored state it can be searched at once, and is settled bit by bit', async () => {
  const whole = indexOf({ 'a.ts': USERS, 'b.ts': ORDERS, 'c.py': 'x = 1\n' });
  whole.remove('c.py');
  const index = new CodeIndex(structuredClone(whole.state()), 'later');
  const before = index.generationWithout('a.ts');
  expect(find(index, 'user')).toEqual(['a.ts']);
  expect(index.recordOf('b.ts')).toEqual(whole.recordOf('b.ts'));
  expect(index.tokenRange('b.ts')).toEqual({ start: 0, end: 0 });
  index.remove('a.ts');
  index.add(lineRecord('d.ts', USERS));
  let breaths = 0;
  await index.settle(async () => void breaths++);
  expect(breaths).toBe(2);
  expect(index.generationWithout('a.ts')).toBeGreaterThan(before);
  expectSame(
    index,
    new Map([
      ['b.ts', ORDERS],
      ['d.ts', USERS],
    ]),
    'settled',
  );
  const { start, end } = index.tokenRange('b.ts')!;
  expect(end - start).toBe(lineRecord('b.ts', ORDERS).tokens.length);
});

describe('the generation without a file', () => {
  test('stays while only that file changes', () => {
    const index = indexOf({ 'a.ts': USERS, 'b.ts': ORDERS });
    const before = index.generationWithout('a.ts');
    index.add(lineRecord('a.ts', ORDERS));
    index.remove('a.ts');
    expect(index.generationWithout('a.ts')).toBe(before);
    expect(index.generationWithout('new.ts')).toBeGreaterThan(before);
  });

  test('rises when another changes, but not when that is only touched', () => {
    const index = indexOf({ 'a.ts': USERS, 'b.ts': ORDERS });
    const before = index.generationWithout('a.ts');
    index.add(lineRecord('b.ts', ORDERS, { size: ORDERS.length, mtimeMs: 99 }));
    expect(index.generationWithout('a.ts')).toBe(before);
    index.remove('b.ts');
    expect(index.generationWithout('a.ts')).toBeGreaterThan(before);
  });
});

test('after random changes and vacuums it is as one that was built at once', () => {
  const seed = newSeed();
  const random = randomFrom(seed);
  const index = new CodeIndex();
  const twin = new Map<string, string>();
  for (let round = 0; round < 300; round++) {
    const path = `dir/f${Math.floor(random() * 12)}.${random() < 0.7 ? 'ts' : 'py'}`;
    if (random() < 0.25) {
      index.remove(path);
      twin.delete(path);
    } else {
      const text = randomText(random);
      index.add(lineRecord(path, text));
      twin.set(path, text);
    }
    if (random() < 0.1) index.vacuum();
    if (round % 10 === 0) expectSame(index, twin, `seed ${seed}, round ${round}`);
  }
});

test('every token is found in its file and on its line', () => {
  const seed = newSeed();
  const random = randomFrom(seed);
  const index = new CodeIndex();
  const twin = new Map<string, string>();
  for (let round = 0; round < 40; round++) {
    const path = `f${Math.floor(random() * 8)}.ts`;
    const text = randomText(random);
    index.add(lineRecord(path, text));
    twin.set(path, text);
  }
  for (const [path, text] of twin) {
    const { start, end } = index.tokenRange(path)!;
    const lines = text.split('\n');
    for (let place = start; place < end; place++) {
      const token = index.store('js').tokens[place]!;
      const at = index.placeAt('js', place)!;
      expect(at.path).toBe(path);
      if (isNewline(token)) continue;
      const word = index.vocabulary.text(token & 0xff_ffff);
      expect(lines[at.line - 1], `seed ${seed}, ${path}:${at.line}`).toContain(word);
    }
    expect(index.placeAt('js', start - 1), 'the boundary is nobody’s').toBeUndefined();
  }
});

test('typing in one file again and again takes no more room than its text', () => {
  const index = indexOf({ 'a.ts': USERS.repeat(50) });
  const { length } = index.store('js');
  for (let i = 0; i < 200; i++) {
    index.add(lineRecord('b.ts', `${ORDERS}// ${i}\n`));
    index.vacuum();
  }
  index.remove('b.ts');
  expect(index.store('js').length).toBe(length);
  expect(index.report.chunks).toBe(indexOf({ 'a.ts': USERS.repeat(50) }).report.chunks);
});

/** Lines of a few words, blank ones among them, long enough for several chunks now and then. */
function randomText(random: () => number): string {
  const lines = Array.from({ length: Math.floor(random() ** 3 * 120) }, () => {
    const words = Array.from(
      { length: Math.floor(random() * 4) },
      () => `word${Math.floor(random() ** 2 * 30)}`,
    );
    return ' '.repeat(Math.floor(random() * 3)) + words.join(' ');
  });
  return lines.join('\n');
}

function expectSame(index: CodeIndex, twin: ReadonlyMap<string, string>, where: string): void {
  const fresh = indexOf(Object.fromEntries(twin));
  expect(new Set(index.paths()), where).toEqual(new Set(fresh.paths()));
  expect(index.report, where).toEqual(fresh.report);
  for (const term of ['word0', 'word7', 'word29']) {
    expect(index.rarity(term), where).toBe(fresh.rarity(term));
    const query = new Map([
      [term, 1],
      ['word3', 0.5],
    ]);
    expect(index.search(query, { limit: 7 }), where).toEqual(fresh.search(query, { limit: 7 }));
  }
  for (const path of twin.keys()) {
    const family = path.endsWith('.ts') ? 'js' : 'python';
    expect(wordsOf(index, path, family), where).toEqual(wordsOf(fresh, path, family));
  }
}

function wordsOf(index: CodeIndex, path: string, family: string): readonly string[] {
  const { start, end } = index.tokenRange(path)!;
  const tokens = index.store(family).tokens.subarray(start, end);
  return Array.from(tokens, token => `${index.vocabulary.text(token & 0xff_ffff)} ${token >>> 24}`);
}
