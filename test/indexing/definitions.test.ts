import { beforeAll, expect, test } from 'vitest';
import { analyse } from '../../src/indexing/analyse.ts';
import { CodeIndex } from '../../src/indexing/codeIndex.ts';
import type { FileRecord } from '../../src/indexing/fileRecord.ts';
import { Outliner } from '../../src/syntax/outline.ts';
import { grammarsFor, readQuery } from '../support/grammars.ts';
import { newSeed, randomFrom } from '../support/random.ts';
import { bytesOf, indexIn } from '../support/stored.ts';

let outliner: Outliner;
beforeAll(async () => {
  outliner = new Outliner(await grammarsFor('typescript'), readQuery);
}, 60_000);

function record(path: string, content: string): FileRecord {
  const source = { path, languageId: 'typescript', content, size: 1, mtimeMs: 1 };
  const made = analyse(source, (grammar, text) => outliner.outline(grammar, text, 10_000));
  if ('skipped' in made) throw new Error(made.skipped);
  return made;
}

const STORE = `/** Keeps. */
export class Store {
  get(key: string) {
    return key;
  }
}
`;

test('what a file defines is told with the lines that a caller must know, and the members of a type by its name', () => {
  const index = new CodeIndex();
  index.add(record('store.ts', STORE));
  index.add(record('use.ts', 'const used = new Store().get(1);\n'));
  const get = {
    path: 'store.ts',
    languageId: 'typescript',
    name: 'get',
    container: 'Store',
    kind: 'method',
    startLine: 3,
    signatureEndLine: 3,
  };
  expect(index.definitionsIn('store.ts').map(({ name }) => name)).toEqual(['Store', 'get']);
  expect(index.definitionsIn('store.ts')[1]).toEqual(get);
  expect(index.definitions.membersOf('Store')).toEqual([get]);
  expect(index.definitions.membersOf('get')).toEqual([]);
  index.remove('store.ts');
  expect([index.definitions.membersOf('Store'), index.definitionsIn('store.ts')]).toEqual([[], []]);
});

/** Everything that an index says about some names and of its files, in an order of its own. */
function told(index: CodeIndex, names: readonly string[]): string {
  const members = names.flatMap(name =>
    index.definitions.membersOf(name).map(found => `${name} has ${JSON.stringify(found)}`),
  );
  const defined = [...index.paths()].flatMap(path =>
    index.definitionsIn(path).map((found, i) => `${path} ${i} ${JSON.stringify(found)}`),
  );
  return [...members, ...defined].sort().join('\n');
}

test('after random changes, vacuums and reloads it is as one that was built at once', async () => {
  const seed = newSeed();
  const random = randomFrom(seed);
  const pick = (most: number) => Math.floor(random() * most);
  const names = Array.from({ length: 12 }, (_, i) => `name${i}`);
  const someName = () => names[pick(names.length)]!;
  const someText = () =>
    Array.from({ length: pick(4) }, () => `class ${someName()} { ${someName()}() {} }\n`).join('');
  const there = new Map<string, string>();
  let index = new CodeIndex();
  for (let step = 0; step < 200; step++) {
    const path = `f${pick(8)}.ts`;
    if (random() < 0.25) {
      there.delete(path);
      index.remove(path);
    } else {
      const text = someText();
      there.set(path, text);
      index.add(record(path, text));
    }
    if (random() < 0.1) index.vacuum();
    if (random() < 0.05) index = (await indexIn(await bytesOf(index)))!;
  }
  const fresh = new CodeIndex();
  for (const [path, text] of there) fresh.add(record(path, text));
  expect(told(index, names), `seed ${seed}`).toBe(told(fresh, names));
}, 30_000);

test('of members those of one file can be asked for, and its first ones', () => {
  const index = new CodeIndex();
  const members = (name: string, count: number) =>
    `class ${name} {\n${Array.from({ length: count }, (_, i) => `  go${i}() {}\n`).join('')}}\n`;
  index.add(record('a.ts', members('Store', 3)));
  index.add(record('b.ts', members('Store', 5)));
  const names = index.definitions.membersOf('Store', 'b.ts', 2).map(({ name, path }) => `${path} ${name}`);
  expect(names).toEqual(['b.ts go1', 'b.ts go0']);
});
