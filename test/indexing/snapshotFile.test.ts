import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { CodeIndex } from '../../src/indexing/codeIndex.ts';
import { loadSnapshot, saveSnapshot } from '../../src/indexing/snapshotFile.ts';
import { lineRecord } from '../support/lineRecord.ts';
import { newSeed, randomFrom } from '../support/random.ts';
import { bytesOf, indexIn } from '../support/stored.ts';

const folder = mkdtempSync(join(tmpdir(), 'wisp-snapshot-'));
afterAll(() => rmSync(folder, { recursive: true }));

const FILES: Readonly<Record<string, string>> = {
  'src/users.ts': 'export class UserStore {\n  find(id: string) {\n    return this.#users.get(id);\n  }\n}\n',
  'src/größe.py': 'def größe(wert):\n    return wert * 2\n',
  'src/empty.ts': '',
  'src/odd.ts': 'const emoji = "😀", half = "\ud83d";\n',
};

function anIndex(): CodeIndex {
  const index = new CodeIndex();
  for (const [path, text] of Object.entries(FILES)) index.add(lineRecord(path, text));
  index.add(lineRecord('src/gone.ts', 'const gone = true;\n'));
  index.add(lineRecord('src/last.ts', 'const last = gone;\n'));
  index.remove('src/gone.ts');
  return index;
}

const searched = (index: CodeIndex) =>
  ['user', 'größe', 'gone', 'last'].map(term => index.search(new Map([[term, 1]]), { limit: 5 }));

function wordsOf(index: CodeIndex, path: string): readonly string[] {
  const { start, end } = index.tokenRange(path)!;
  const tokens = index.store(path.endsWith('.py') ? 'python' : 'js').tokens.subarray(start, end);
  return Array.from(tokens, token => `${index.vocabulary.text(token & 0xff_ffff)} ${token >>> 24}`);
}

test('what comes back is what was kept', async () => {
  const index = anIndex();
  const back = (await indexIn(await bytesOf(index)))!;
  expect(back.report).toEqual(index.report);
  expect(back.paths()).toEqual(index.paths());
  expect(searched(back)).toEqual(searched(index));
  for (const path of index.paths()) {
    expect(back.stamp(path)).toEqual(index.stamp(path));
    expect(wordsOf(back, path)).toEqual(wordsOf(index, path));
  }
});

test('words that only stood in what is gone are not kept', async () => {
  const index = anIndex();
  for (const half of ['hal', 'half', 'halfW', 'halfWo', 'halfWord']) {
    index.add(lineRecord('src/typed.ts', `const ${half} = 1;\n`));
    index.vocabulary.intern(`${half}OfAnOpenFile`);
  }
  const { words, terms } = (await indexIn(await bytesOf(index)))!.state().vocabulary;
  expect(words.filter(word => word.startsWith('hal'))).toEqual(['half', 'halfWord']);
  expect(terms.filter(term => term.startsWith('hal')).sort()).toEqual(['half', 'halfword']);
});

test('a loaded index can be changed like any other', async () => {
  const index = anIndex();
  const back = (await indexIn(await bytesOf(index)))!;
  for (const each of [index, back]) {
    each.add(lineRecord('src/users.ts', 'const nobody = undefined;\n'));
    each.add(lineRecord('src/more.rs', 'fn more() {}\n'));
    each.remove('src/last.ts');
    each.vacuum();
  }
  expect(searched(back)).toEqual(searched(index));
  expect(back.paths()).toEqual(index.paths());
  expect(back.placeAt('python', 1)).toEqual(index.placeAt('python', 1));
});

test('more than is written in one go comes back, too', async () => {
  const index = new CodeIndex();
  const text = Array.from({ length: 60_000 }, (_, i) => `const name${i} = other${i % 977};\n`).join('');
  index.add(lineRecord('src/long.ts', text));
  for (let i = 0; i < 5_000; i++) index.add(lineRecord(`src/${i}.ts`, `const in${i} = ${i};\n`));
  const back = (await indexIn(await bytesOf(index)))!;
  expect(back.report).toEqual(index.report);
  for (const path of ['src/long.ts', 'src/0.ts', 'src/4999.ts'])
    expect(back.recordOf(path)).toEqual(index.recordOf(path));
});

test('an index that changes while it is stored is not stored', async () => {
  const file = join(folder, 'changing.bin');
  const changes: ((index: CodeIndex) => void)[] = [
    index => index.remove('src/users.ts'),
    index => index.add(lineRecord('src/new.ts', 'const fresh = 1;\n')),
    index => {
      index.remove('src/users.ts');
      index.vacuum();
    },
  ];
  await saveSnapshot(file, anIndex());
  for (const change of changes) {
    const index = anIndex();
    const saved = saveSnapshot(file, index);
    change(index);
    expect(await saved).toBe(false);
    expect(searched((await loadSnapshot(file))!)).toEqual(searched(anIndex()));
  }
  expect(readdirSync(folder).filter(name => name.startsWith('changing'))).toEqual(['changing.bin']);
});

test('words that are learned while it is stored do no harm', async () => {
  const file = join(folder, 'learning.bin');
  const index = anIndex();
  const saved = saveSnapshot(file, index);
  for (let i = 0; i < 1_000; i++) index.vocabulary.intern(`open${i}`);
  expect(await saved).toBe(true);
  expect(searched((await loadSnapshot(file))!)).toEqual(searched(anIndex()));
});

test('any byte flipped anywhere makes it no index', async () => {
  const seed = newSeed();
  const random = randomFrom(seed);
  const bytes = await bytesOf(anIndex());
  const places = [...Array(64).keys(), bytes.length - 1];
  for (let i = 0; i < 300; i++) places.push(Math.floor(random() * bytes.length));
  for (const place of places) {
    const flipped = Buffer.from(bytes);
    flipped[place]! ^= 1 << Math.floor(random() * 8);
    expect(await indexIn(flipped), `seed ${seed}, byte ${place}`).toBeUndefined();
  }
});

test('cut off or continued anywhere it is no index', async () => {
  const seed = newSeed();
  const random = randomFrom(seed);
  const bytes = await bytesOf(anIndex());
  const lengths = [...Array(64).keys(), bytes.length - 1, bytes.length - 8];
  for (let i = 0; i < 100; i++) lengths.push(Math.floor(random() * bytes.length));
  for (const length of lengths) {
    expect(await indexIn(bytes.subarray(0, length)), `seed ${seed}, ${length} bytes`).toBeUndefined();
  }
  expect(await indexIn(Buffer.concat([bytes, Buffer.alloc(8)]))).toBeUndefined();
});

test('another file, an empty one and none at all are no index', async () => {
  const file = join(folder, 'other.bin');
  writeFileSync(file, 'not an index, but long enough that it could be one, if one did not look closely');
  expect(await loadSnapshot(file)).toBeUndefined();
  writeFileSync(file, '');
  expect(await loadSnapshot(file)).toBeUndefined();
  expect(await loadSnapshot(join(folder, 'missing.bin'))).toBeUndefined();
  expect(await loadSnapshot(folder)).toBeUndefined();
});

test('is saved whole, in place of the one before, and leaves nothing beside it', async () => {
  const file = join(folder, 'deep', 'er', 'index.bin');
  await saveSnapshot(file, new CodeIndex());
  await saveSnapshot(file, anIndex());
  expect(searched((await loadSnapshot(file))!)).toEqual(searched(anIndex()));
  expect(readdirSync(join(folder, 'deep', 'er'))).toEqual(['index.bin']);
});

test('one that cannot be saved says so and leaves nothing beside it', async () => {
  const file = join(folder, 'taken');
  mkdirSync(join(file, 'by another'), { recursive: true });
  await expect(saveSnapshot(file, anIndex())).rejects.toThrow();
  expect(readdirSync(folder).filter(name => name.includes('.tmp'))).toEqual([]);
});
