import { beforeAll, expect, test } from 'vitest';
import { analyse } from '../../src/indexing/analyse.ts';
import { CodeIndex } from '../../src/indexing/codeIndex.ts';
import type { FileRecord } from '../../src/indexing/fileRecord.ts';
import { decode, encode } from '../../src/indexing/snapshotFile.ts';
import { Outliner } from '../../src/syntax/outline.ts';
import { grammarsFor, readQuery } from '../support/grammars.ts';
import { newSeed, randomFrom } from '../support/random.ts';

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

test('a name is found where it is defined, with the lines that a caller must know', () => {
  const index = new CodeIndex();
  index.add(record('store.ts', STORE));
  index.add(record('use.ts', 'const used = new Store().get(1);\n'));
  expect([index.definitions.has('Store'), index.definitions.has('key')]).toEqual([true, false]);
  expect(index.definitions.named('get')).toEqual([
    {
      path: 'store.ts',
      languageId: 'typescript',
      name: 'get',
      container: 'Store',
      kind: 'method',
      docLine: 3,
      startLine: 3,
      signatureEndLine: 3,
      endLine: 5,
    },
  ]);
  expect(index.definitions.membersOf('Store').map(({ name }) => name)).toEqual(['get']);
  expect(index.definitionsIn('store.ts').map(({ name }) => name)).toEqual(['Store', 'get']);
  index.remove('store.ts');
  expect([index.definitions.has('Store'), index.definitionsIn('store.ts')]).toEqual([false, []]);
});

/** Everything that an index says about some names, in an order of its own. */
function told(index: CodeIndex, names: readonly string[]): string {
  const lines = names.flatMap(name => [
    `${name} ${index.definitions.has(name)}`,
    ...index.definitions.named(name).map(found => `${name} at ${JSON.stringify(found)}`),
    ...index.definitions.membersOf(name).map(found => `${name} has ${JSON.stringify(found)}`),
  ]);
  return lines.sort().join('\n');
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
    if (random() < 0.05) index = (await decode(Buffer.concat(encode(index.state()))))!;
  }
  const fresh = new CodeIndex();
  for (const [path, text] of there) fresh.add(record(path, text));
  expect(told(index, names), `seed ${seed}`).toBe(told(fresh, names));
}, 30_000);

test('of a name that stands in too many places none is given, and of members those of one file, its first ones', () => {
  const index = new CodeIndex();
  const members = (name: string, count: number) =>
    `class ${name} {\n${Array.from({ length: count }, (_, i) => `  go${i}() {}\n`).join('')}}\n`;
  index.add(record('a.ts', members('Store', 3)));
  index.add(record('b.ts', members('Store', 5)));
  expect(index.definitions.named('Store', 2)).toHaveLength(2);
  expect(index.definitions.named('Store', 1)).toEqual([]);
  const names = index.definitions.membersOf('Store', 'b.ts', 2).map(({ name, path }) => `${path} ${name}`);
  expect(names).toEqual(['b.ts go1', 'b.ts go0']);
});
