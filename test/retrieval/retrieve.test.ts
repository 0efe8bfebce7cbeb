import { describe, expect, test } from 'vitest';
import { tokensIn } from '../../src/domain/snippet.ts';
import { CodeIndex } from '../../src/indexing/codeIndex.ts';
import { LexicalRetriever } from '../../src/retrieval/lexical.ts';
import { Retrieval } from '../../src/retrieval/retrieve.ts';
import type { Found, Retriever } from '../../src/retrieval/retriever.ts';
import { at } from '../support/cursor.ts';
import { lineRecord } from '../support/lineRecord.ts';
import { privateKey } from '../support/plantedSecrets.ts';
import { newSeed, randomFrom } from '../support/random.ts';

const INVOICE = `export function totalOf(invoice: Invoice): number {
  return invoice.positions.reduce((sum, position) => sum + position.amount, 0);
}
`;
const UNRELATED = `export const colours = ['red', 'green', 'blue'];
export const shades = ['dark', 'light'];
`;
const USING = `import { totalOf } from './invoice';

function printInvoice(invoice: Invoice) {
  const total = █
}
`;

function workspace(files: Readonly<Record<string, string>>): Retrieval {
  const index = new CodeIndex();
  for (const [path, text] of Object.entries(files)) index.add(lineRecord(path, text));
  return new Retrieval([new LexicalRetriever(() => index)], path => files[path]);
}

/** Finds what it is told to. */
const finding = (name: string, ...found: readonly Found[]): Retriever => ({ name, retrieve: () => found });
const place = (path: string, startLine: number, endLine: number, score = 1): Found => ({
  path,
  startLine,
  endLine,
  score,
});

describe('retrieval', () => {
  test('finds what the cursor’s surroundings are about, with its place and text', () => {
    const retrieval = workspace({ 'src/invoice.ts': INVOICE, 'src/colours.ts': UNRELATED });
    expect(retrieval.retrieve(at(USING), 200).at(-1)).toEqual({
      path: 'src/invoice.ts',
      startLine: 1,
      endLine: 3,
      retriever: 'lexical',
      score: expect.any(Number),
      text: INVOICE.trimEnd(),
      tokens: tokensIn(INVOICE.trimEnd()),
    });
  });

  test('never shows the lines at the cursor themselves', () => {
    const text = USING.replace('█', '');
    const retrieval = workspace({ 'src/a.ts': text, 'src/invoice.ts': INVOICE });
    const paths = retrieval.retrieve(at(USING, 'src/a.ts'), 1_000).map(({ path }) => path);
    expect(paths).toEqual(['src/invoice.ts']);
  });

  test('shows far parts of the same file, but not the lines around the cursor', () => {
    const filler = 'other(thing);\n'.repeat(90);
    const code = `${INVOICE}${filler}${USING}`;
    const retrieval = workspace({ 'src/a.ts': code.replace('█', '') });
    const cursor = code.slice(0, code.indexOf('█')).split('\n').length;
    const places = retrieval.retrieve(at(code, 'src/a.ts'), 10_000);
    expect(places.some(({ startLine }) => startLine === 1)).toBe(true);
    expect(places.filter(({ endLine }) => endLine >= cursor - 10)).toEqual([]);
  });

  test('takes another language only where its own has too little', () => {
    const python = 'def print_invoice(invoice):\n    total = total_of(invoice)\n';
    const retrieval = workspace({ 'a/invoice.py': python, 'src/invoice.ts': INVOICE });
    const context = at(USING.replace('function', 'function // total_of print_invoice'));
    const found = retrieval.retrieve(context, 1_000);
    expect(found.map(({ path }) => path)).toEqual(['a/invoice.py', 'src/invoice.ts']);
    expect(found[0]!.score, 'it is put second although it fits better').toBeGreaterThan(found[1]!.score);
  });

  test('asks nothing of an empty workspace', () => {
    expect(workspace({}).retrieve(at(USING), 1_000)).toEqual([]);
  });

  test('gives the same bytes for the same input', () => {
    const files = Object.fromEntries(
      Array.from({ length: 20 }, (_, i) => [`src/f${i}.ts`, `${INVOICE}export const n${i} = ${i};\n`]),
    );
    const once = JSON.stringify(workspace(files).retrieve(at(USING), 500));
    const reversed = Object.fromEntries(Object.entries(files).toReversed());
    expect(JSON.stringify(workspace(reversed).retrieve(at(USING), 500))).toBe(once);
  });
});

describe('packing', () => {
  const numbered = (count: number) => Array.from({ length: count }, (_, i) => `line ${i + 1}`).join('\n');
  const files: Readonly<Record<string, string>> = {
    'a.ts': numbered(100),
    'b.ts': numbered(100),
    'c.ts': 'c()',
  };
  const pack = (budget: number, ...retrievers: readonly Retriever[]) =>
    new Retrieval(retrievers, path => files[path])
      .retrieve(at('█'), budget)
      .map(({ path, startLine, endLine }) => `${path}:${startLine}-${endLine}`);

  test('puts the best last', () => {
    expect(pack(500, finding('r', place('a.ts', 1, 5, 3), place('c.ts', 1, 1, 2)))).toEqual([
      'c.ts:1-1',
      'a.ts:1-5',
    ]);
  });

  test('never takes more than the budget, and shows the beginning of what does not fit', () => {
    expect(pack(tokensIn(numbered(12)), finding('r', place('a.ts', 1, 50)))).toEqual(['a.ts:1-12']);
    expect(pack(3, finding('r', place('a.ts', 1, 50)))).toEqual([]);
    expect(pack(0, finding('r', place('c.ts', 1, 1)))).toEqual([]);
  });

  test('takes three places of a file at most', () => {
    const places = [1, 11, 21, 31].map(line => place('a.ts', line, line + 3));
    expect(pack(500, finding('r', ...places))).toEqual(['a.ts:21-24', 'a.ts:11-14', 'a.ts:1-4']);
  });

  test('leaves out what overlaps or says the same again', () => {
    expect(pack(500, finding('r', place('a.ts', 1, 10), place('a.ts', 8, 20), place('b.ts', 1, 9)))).toEqual([
      'a.ts:1-10',
    ]);
  });

  test('leaves out what is much worse than the best', () => {
    expect(pack(500, finding('r', place('a.ts', 1, 10, 100), place('c.ts', 1, 1, 10)))).toEqual([
      'a.ts:1-10',
    ]);
  });

  test('passes over files that cannot be read and lines that are no longer there', () => {
    expect(
      pack(500, finding('r', place('gone.ts', 1, 10), place('c.ts', 50, 60), place('c.ts', 1, 9))),
    ).toEqual(['c.ts:1-1']);
  });

  test('takes from several retrievers in turn, whatever their scores', () => {
    const one = finding('one', place('a.ts', 1, 5, 900), place('a.ts', 21, 25, 800));
    const other = finding('other', place('c.ts', 1, 1, 0.1));
    expect(pack(500, one, other)).toEqual(['a.ts:21-25', 'c.ts:1-1', 'a.ts:1-5']);
  });

  test('keeps to the budget and to the file’s own text, whatever is found', () => {
    const seed = newSeed();
    const random = randomFrom(seed);
    for (let round = 0; round < 200; round++) {
      const found = Array.from({ length: 12 }, () => {
        const start = 1 + Math.floor(random() * 110);
        const path = ['a.ts', 'b.ts', 'c.ts', 'gone.ts'][Math.floor(random() * 4)]!;
        return place(path, start, start + Math.floor(random() * 40), random());
      });
      const budget = Math.floor(random() * 300);
      const retrieval = new Retrieval([finding('r', ...found)], path => files[path]);
      const snippets = retrieval.retrieve(at('█'), budget);
      const spent = snippets.reduce((sum, { tokens }) => sum + tokens, 0);
      expect(spent, `seed ${seed}, round ${round}`).toBeLessThanOrEqual(budget);
      for (const { path, startLine, endLine, text, tokens } of snippets) {
        expect(text).toBe(
          files[path]!.split('\n')
            .slice(startLine - 1, endLine)
            .join('\n'),
        );
        expect(tokens).toBe(tokensIn(text));
      }
    }
  });
});

test('a snippet that begins within a private key does not show it', () => {
  const text = `${privateKey(30)}\nuse(key);\nclose(key);\n`;
  const retrieval = new Retrieval([finding('a', place('a.ts', 15, 33))], () => text);
  expect(retrieval.retrieve(at('█', 'b.ts'), 1_000).map(snippet => snippet.text)).toEqual([
    '«secret»\nuse(key);',
  ]);
});
