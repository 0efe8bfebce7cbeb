import { describe, expect, test } from 'vitest';
import type { Hole } from '../../src/evals/holes.ts';
import { maskedHoles } from '../../src/evals/maskedHoles.ts';
import { seeded } from '../../src/evals/random.ts';

const files: Readonly<Record<string, string>> = {
  'src/user.ts': `import { hash } from './hash.ts';

// A user of the shop.
export class User {
  constructor(readonly name: string) {}

  /** Who it is. */
  label(): string {
    return this.name + hash(this.name);
  }
}
`,
  'app/models.py':
    'import os\r\n\r\n\r\nclass Page:\r\n    def title(self, parent):\r\n        return parent.title or self.slug\r\n',
  'data/fruit.json': '{\n  "name": "apple"\n}\n',
  'README.md': '# Fruit\n\nWords about fruit.\n',
  'empty.go': '\n\n',
};
const paths = Object.keys(files).sort();
const read = async (path: string) => files[path];
const cut = (count: number, seed = 1, language?: string) =>
  maskedHoles(paths, read, { count, random: seeded(seed), language });

/** The line of a hole with the cursor in it. */
function drawn({ prefix, target }: Hole): string {
  return `${prefix.slice(prefix.lastIndexOf('\n') + 1)}█${target}`;
}

test('a hole and its target together are the file, and only the rest of one line is missing', async () => {
  for (let seed = 1; seed <= 30; seed++) {
    for (const hole of await cut(5, seed)) {
      expect(hole.prefix + hole.target + hole.suffix, `seed ${seed}`).toBe(files[hole.path]);
      expect(hole.target).not.toMatch(/[\r\n]/);
      expect(hole.suffix).toMatch(/^\r?\n/);
    }
  }
});

test('the id is the place, counted from 1', async () => {
  for (const hole of await cut(12)) {
    const line = hole.prefix.split('\n').length;
    const column = hole.prefix.length - hole.prefix.lastIndexOf('\n');
    expect(hole.id).toBe(`${hole.path}:${line}:${column}`);
  }
});

test('every line is drawn once, and no line that is blank or in a file of data or prose', async () => {
  const holes = await cut(1_000);
  const places = holes.map(({ path, prefix }) => `${path}:${prefix.split('\n').length}`);
  expect(places.toSorted()).toEqual([
    ...[1, 4, 5, 6].map(line => `app/models.py:${line}`),
    ...[1, 10, 11, 3, 4, 5, 7, 8, 9].map(line => `src/user.ts:${line}`),
  ]);
});

test('the same seed gives the same holes, another seed others, and the first of many are the few', async () => {
  expect(await cut(6, 4)).toEqual(await cut(6, 4));
  expect((await cut(6, 4)).map(hole => hole.id)).not.toEqual((await cut(6, 5)).map(hole => hole.id));
});

test('one language can be asked for, also one of data', async () => {
  expect(new Set((await cut(50, 1, 'python')).map(hole => hole.path))).toEqual(new Set(['app/models.py']));
  expect(new Set((await cut(50, 1, 'json')).map(hole => hole.path))).toEqual(new Set(['data/fruit.json']));
});

test('a file that is gone meanwhile is passed over', async () => {
  const holes = await maskedHoles([...paths, 'src/gone.ts'], read, { count: 100, random: seeded(1) });
  expect(holes.some(hole => hole.path === 'src/gone.ts')).toBe(false);
});

describe('where a line is cut', () => {
  /** All cuts of one line that any of many seeds makes. */
  async function cutsOf(line: string, path = 'a.ts'): Promise<Record<string, string[]>> {
    const found: Record<string, Set<string>> = {};
    for (let seed = 0; seed < 200; seed++) {
      const [hole] = await maskedHoles([path], async () => `${line}\n`, { count: 1, random: seeded(seed) });
      if (!hole) continue;
      found[hole.class!] ??= new Set();
      found[hole.class!]!.add(drawn(hole));
    }
    return Object.fromEntries(Object.entries(found).map(([key, cuts]) => [key, [...cuts].sort()]));
  }

  test('after the indentation, after one or two tokens, and at each later boundary that leaves a word', async () => {
    expect(await cutsOf('  return user.name + 1;')).toEqual({
      'line-start': ['  █return user.name + 1;'],
      'after-tokens': ['  return user█.name + 1;', '  return █user.name + 1;', '  return█ user.name + 1;'],
      'mid-line': [
        '  return user.name + █1;',
        '  return user.name +█ 1;',
        '  return user.name █+ 1;',
        '  return user.name█ + 1;',
        '  return user.█name + 1;',
      ],
    });
  });

  test('a line of brackets is missing as a whole', async () => {
    expect(await cutsOf('  });')).toEqual({ brackets: ['  █});'] });
  });

  test('comments and imports are classes of their own', async () => {
    expect(Object.keys(await cutsOf('// the user'))).toEqual(['comment']);
    expect(Object.keys(await cutsOf("import a from 'a';"))).toEqual(['import']);
  });

  test('a very long line is data and left alone', async () => {
    expect(await cutsOf(`const table = [${'1, '.repeat(100)}];`)).toEqual({});
  });
});
