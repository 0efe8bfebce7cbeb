import { describe, expect, test } from 'vitest';
import { tokensIn } from '../../src/domain/snippet.ts';
import { TraceRecorder } from '../../src/domain/trace.ts';
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
  return new Retrieval({
    retrievers: [new LexicalRetriever(() => index)],
    index: () => index,
    readText: path => files[path],
  });
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
    const code = `${USING}${filler}${INVOICE}`;
    const retrieval = workspace({ 'src/a.ts': code.replace('█', '') });
    const places = retrieval.retrieve(at(code, 'src/a.ts'), 10_000);
    const cursor = code.slice(0, code.indexOf('█')).split('\n').length;
    expect(places.some(({ text }) => text.includes('reduce((sum, position)'))).toBe(true);
    expect(places.filter(({ startLine }) => startLine <= cursor + 10)).toEqual([]);
  });

  test('takes another language only where its own has too little', () => {
    const python = 'def print_invoice(invoice):\n    total = total_of(invoice)\n';
    const retrieval = workspace({ 'a/invoice.py': python, 'src/invoice.ts': INVOICE });
    const context = at(USING.replace('function', 'function // total_of print_invoice'));
    const found = retrieval.retrieve(context, 1_000);
    expect(found.map(({ path }) => path)).toEqual(['a/invoice.py', 'src/invoice.ts']);
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

/** A file of lines that each hold a word of their own. */
const numbered = (name: string, count: number) =>
  Array.from({ length: count }, (_, i) => `use(${name}${i + 1});`).join('\n');

describe('packing', () => {
  const files: Readonly<Record<string, string>> = {
    'a.ts': numbered('apple', 100),
    'b.ts': numbered('berry', 100),
    'copy.ts': numbered('apple', 100),
    'c.ts': 'cherry(stone, stalk, leaf, tree)',
  };
  const index = new CodeIndex();
  for (const [path, text] of Object.entries(files)) index.add(lineRecord(path, text));
  const packed = (budget: number, ...retrievers: readonly Retriever[]) =>
    new Retrieval({ retrievers, index: () => index, readText: path => files[path] }).retrieve(
      at('█'),
      budget,
    );
  const pack = (budget: number, ...retrievers: readonly Retriever[]) =>
    packed(budget, ...retrievers).map(({ path, startLine, endLine }) => `${path}:${startLine}-${endLine}`);

  test('puts what is likelier to be written next last', () => {
    const found = [place('a.ts', 1, 4, 3), place('b.ts', 1, 4, 2.9)];
    expect(pack(500, finding('lexical', ...found))).toEqual(['b.ts:1-4', 'a.ts:1-4']);
  });

  test('never takes more than the budget, and of what does not fit a part', () => {
    const tokens = packed(40, finding('lexical', place('a.ts', 1, 50))).map(snippet => snippet.tokens);
    const spent = tokens.reduce((sum, own) => sum + own, 0);
    expect([spent > 20, spent <= 40]).toEqual([true, true]);
    expect(pack(3, finding('lexical', place('a.ts', 1, 50)))).toEqual([]);
    expect(pack(0, finding('lexical', place('c.ts', 1, 1)))).toEqual([]);
  });

  test('joins what several sources found of the same lines, and names them', () => {
    const snippets = packed(
      2_000,
      finding('lexical', place('a.ts', 1, 8)),
      finding('continuation', place('a.ts', 5, 12)),
    );
    expect(snippets).toEqual([
      expect.objectContaining({ path: 'a.ts', startLine: 1, endLine: 12, retriever: 'continuation+lexical' }),
    ]);
  });

  test('prefers lines that several sources found', () => {
    const one = finding('lexical', place('a.ts', 1, 4), place('b.ts', 1, 4));
    const other = finding('continuation', place('b.ts', 1, 4));
    expect(pack(500, one, other)).toEqual(['a.ts:1-4', 'b.ts:1-4']);
  });

  test('leaves out what says the same again, and says why', () => {
    const retriever = finding('lexical', place('a.ts', 1, 4), place('copy.ts', 1, 4));
    expect(pack(500, retriever)).toEqual(['a.ts:1-4']);
    const retrieval = new Retrieval({
      retrievers: [retriever],
      index: () => index,
      readText: path => files[path],
    });
    const { leftOut } = retrieval.fuse(at('█'), retrieval.find(at('█')), 500);
    expect(leftOut()).toEqual([
      expect.objectContaining({ path: 'copy.ts', startLine: 1, endLine: 4, why: 'nothing new' }),
    ]);
  });

  test('sends nothing where the file above says it all, and the trace says so', () => {
    const retriever = finding('lexical', place('a.ts', 1, 4));
    const retrieval = new Retrieval({
      retrievers: [retriever],
      index: () => index,
      readText: path => files[path],
    });
    const trace = new TraceRecorder('r1', () => 0);
    expect(retrieval.retrieve(at(`${numbered('apple', 4)}\n█`, 'b.ts'), 500, trace)).toEqual([]);
    expect(trace.finish().notes).toEqual([
      { where: 'retrieval', what: 'nothing was found that the file does not say already' },
    ]);
  });

  test('takes a few places of a file at most', () => {
    const places = Array.from({ length: 12 }, (_, i) => place('a.ts', 1 + 8 * i, 4 + 8 * i));
    const found = ['lexical', 'continuation', 'session'].map(name => finding(name, ...places));
    expect(pack(2_000, ...found)).toHaveLength(6);
  });

  test('passes over files that cannot be read and lines that are no longer there', () => {
    const found = [place('gone.ts', 1, 10), place('c.ts', 50, 60), place('c.ts', 1, 9)];
    expect(pack(500, finding('lexical', ...found))).toEqual(['c.ts:1-1']);
  });

  test('keeps to the budget and to the file’s own text, whatever is found', () => {
    const seed = newSeed();
    const random = randomFrom(seed);
    for (let round = 0; round < 200; round++) {
      const found = Array.from({ length: 12 }, () => {
        const start = 1 + Math.floor(random() * 110);
        const path = ['a.ts', 'b.ts', 'c.ts', 'gone.ts'][Math.floor(random() * 4)]!;
        return place(path, start, start + Math.floor(random() * 40), random());
      }).sort((a, b) => b.score - a.score);
      const budget = Math.floor(random() * 300);
      const snippets = packed(budget, finding('lexical', ...found));
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
  const text = `${privateKey(30)}\nuse(key, door, house);\nclose(key);\n`;
  const index = new CodeIndex();
  index.add(lineRecord('a.ts', text));
  const retrieval = new Retrieval({
    retrievers: [finding('lexical', place('a.ts', 15, 33))],
    index: () => index,
    readText: () => text,
  });
  expect(retrieval.retrieve(at('█', 'b.ts'), 1_000).map(snippet => snippet.text)).toEqual([
    '«secret»\nuse(key, door, house);',
  ]);
});

test('when the time is over the sources that are worth least are left out, and the trace and the explanation say so', () => {
  const index = new CodeIndex();
  const files: Readonly<Record<string, string>> = {
    'a.ts': numbered('apple', 9),
    'b.ts': numbered('berry', 9),
  };
  for (const [path, text] of Object.entries(files)) index.add(lineRecord(path, text));
  let now = 0;
  const slow = (name: string, ms: number, path: string): Retriever => ({
    name,
    retrieve: () => {
      now += ms;
      return [place(path, 1, 4)];
    },
  });
  const ask = (...retrievers: readonly Retriever[]) => {
    const readText = (path: string) => files[path];
    const retrieval = new Retrieval({ retrievers, index: () => index, readText, elapsed: () => now });
    const trace = new TraceRecorder('r1', () => now);
    const snippets = retrieval.retrieve(at('█'), 500, trace);
    const { late } = retrieval.explain(at('█'), 500);
    return { paths: snippets.map(({ path }) => path), notes: trace.finish().notes, late };
  };
  expect(ask(slow('lexical', 1, 'a.ts'), slow('members', 1, 'b.ts'))).toEqual({
    paths: expect.arrayContaining(['a.ts', 'b.ts']),
    notes: [],
    late: [],
  });
  // Even the slowest machine is told something.
  expect(ask(slow('lexical', 100, 'a.ts'), slow('session', 1, 'b.ts'), slow('members', 1, 'b.ts'))).toEqual({
    paths: ['a.ts'],
    notes: [{ where: 'retrieval', what: 'left out for time: session, members' }],
    late: ['session', 'members'],
  });
  // What is slow the first time only is left out of the first prompt, but not of what a user is shown of the next ones.
  const waking = { ...slow('lexical', 0, 'a.ts') };
  const awake = waking.retrieve;
  waking.retrieve = context => {
    now += 100;
    waking.retrieve = awake;
    return awake(context);
  };
  const { notes, late } = ask(waking, slow('session', 1, 'b.ts'));
  expect(notes).toEqual([{ where: 'retrieval', what: 'left out for time: session' }]);
  expect(late).toEqual([]);
});
