import { describe, expect, test } from 'vitest';
import { analyse } from '../../src/indexing/analyse.ts';
import { chunk } from '../../src/indexing/chunk.ts';
import { CodeIndex } from '../../src/indexing/codeIndex.ts';
import type { Chunk } from '../../src/indexing/fileRecord.ts';
import { lex } from '../../src/indexing/lexer.ts';
import { type Declaration, Outliner } from '../../src/syntax/outline.ts';
import { grammarsFor, readQuery } from '../support/grammars.ts';
import { newSeed, randomFrom } from '../support/random.ts';

const chunked = (text: string, declarations?: readonly Declaration[]) =>
  chunk(text, lex(text).tokens, declarations);

const declaration = (
  name: string,
  startLine: number,
  endLine: number,
  children: Declaration[] = [],
): Declaration => ({ kind: 'function', name, startLine, endLine, signatureLine: startLine, children });

/** `count` lines that all say something. */
const lines = (count: number, indentation = '') =>
  Array.from({ length: count }, (_, i) => `${indentation}line${i};\n`).join('');

const shapes = (chunks: readonly Chunk[]) =>
  chunks.map(
    ({ startLine, endLine, kind, name }) => `${startLine}-${endLine} ${kind}${name ? ` ${name}` : ''}`,
  );

describe('with declarations', () => {
  test('each one is a chunk, and what stands between them is one, too', () => {
    const text = lines(70);
    const chunks = chunked(text, [declaration('a', 13, 30), declaration('b', 43, 58)]);
    expect(shapes(chunks)).toEqual([
      '1-12 statements',
      '13-30 function a',
      '31-42 statements',
      '43-58 function b',
      '59-70 statements',
    ]);
  });

  test('tiny neighbours are put together, and a lone declaration among them gives its name', () => {
    const two = [declaration('a', 1, 4), declaration('b', 6, 9)];
    expect(shapes(chunked(lines(9), two))).toEqual(['1-9 function']);
    expect(shapes(chunked(lines(20), [declaration('a', 4, 20)]))).toEqual(['1-20 function a']);
    expect(shapes(chunked(lines(20), [declaration('a', 1, 18)]))).toEqual(['1-20 function a']);
  });

  test('a short class is one chunk, a long one a header and its members', () => {
    const members = [declaration('first', 14, 40), declaration('second', 42, 66)];
    const owner = (endLine: number, children: Declaration[]): Declaration[] => [
      { kind: 'class', name: 'Owner', startLine: 1, endLine, signatureLine: 1, children },
    ];
    expect(shapes(chunked(lines(60), owner(60, members)))).toEqual(['1-60 class Owner']);
    expect(shapes(chunked(lines(67), owner(67, members)))).toEqual([
      '1-13 class Owner',
      '14-40 function first',
      '41-67 function second',
    ]);
  });

  test('a class whose header is too small for a chunk keeps its name with its first member', () => {
    const members = [declaration('first', 3, 40), declaration('second', 41, 70)];
    const lines70 = { startLine: 1, endLine: 70, signatureLine: 1 };
    const owner = { kind: 'class', name: 'Owner', ...lines70, children: members };
    expect(shapes(chunked(lines(70), [owner]))).toEqual(['1-40 class Owner', '41-70 function second']);
  });

  test('a long function is cut and bears its name once', () => {
    const text = `run() {\n${`${lines(20, '  ')}\n`.repeat(5)}}\n`;
    expect(shapes(chunked(text, [declaration('run', 1, 107)]))).toEqual([
      '1-21 function run',
      '23-42 function',
      '44-63 function',
      '65-107 function',
    ]);
  });

  test('an empty outline is a file of statements', () => {
    expect(shapes(chunked(lines(3), []))).toEqual(['1-3 statements']);
  });
});

describe('by lines', () => {
  test('a file that fits is one chunk', () => {
    expect(shapes(chunked(lines(45)))).toEqual(['1-45 lines']);
  });

  test('cuts fall after blank lines, where little is indented, and never above a closing bracket', () => {
    const block = `if (a) {\n${lines(23, '  ')}}\n\n`;
    expect(shapes(chunked(block.repeat(4)))).toEqual([
      '1-25 lines',
      '27-51 lines',
      '53-77 lines',
      '79-103 lines',
    ]);
    const wall = `call(\n${lines(29, '  ')});\n${lines(30)}`;
    expect(chunked(wall)[0]!.endLine).toBeGreaterThanOrEqual(31);
  });

  test('blank lines belong to no chunk, wherever they stand', () => {
    expect(chunked('')).toEqual([]);
    expect(chunked('\n  \n\t\n\n')).toEqual([]);
    expect(chunked('\n \n'.repeat(50), [declaration('a', 1, 9)])).toEqual([]);
    expect(shapes(chunked(`${'\n'.repeat(300)}a\n${'\n'.repeat(600)}b\n\n`))).toEqual(['301-902 lines']);
  });

  test('line ends of Windows and a missing last one make no difference', () => {
    const text = `${lines(20)}\n`.repeat(4);
    expect(chunked(text.replaceAll('\n', '\r\n'))).toEqual(chunked(text));
    expect(shapes(chunked(text.trimEnd()))).toEqual(shapes(chunked(text)));
  });
});

test('every written line is in exactly one chunk, in order, and the tokens are tiled, for random declarations', () => {
  const seed = newSeed();
  const random = randomFrom(seed);
  const upTo = (most: number) => Math.floor(random() * (most + 1));
  const randomText = (length: number) =>
    Array.from({ length }, () =>
      random() < 0.2 ? ' '.repeat(upTo(3)) : `${' '.repeat(upTo(8))}${random() < 0.1 ? '}' : 'x = 1'}`,
    ).join('\n');
  const randomDeclarations = (first: number, last: number, depth: number): Declaration[] =>
    Array.from({ length: upTo(6) }, (_, i) => {
      const startLine = first + upTo(last - first);
      const endLine = startLine + upTo(random() < 0.3 ? 200 : 20);
      const children = depth > 0 ? randomDeclarations(startLine, endLine, depth - 1) : [];
      const lines = { startLine, endLine, signatureLine: startLine };
      return { kind: `kind${i}`, ...(random() < 0.7 && { name: `name${i}` }), ...lines, children };
    });

  for (let round = 0; round < 300; round++) {
    const length = upTo(400);
    const text = randomText(length);
    const declarations = random() < 0.2 ? undefined : randomDeclarations(1, Math.max(1, length), 3);
    const { tokens } = lex(text);
    const chunks = chunk(text, tokens, declarations);
    const about = `seed ${seed}, round ${round}`;

    const owners = text.split('\n').map((line, i) => ({
      isBlank: line.trim() === '',
      count: chunks.filter(({ startLine, endLine }) => startLine <= i + 1 && i + 1 <= endLine).length,
    }));
    expect(
      owners.filter(({ isBlank }) => !isBlank).every(({ count }) => count === 1),
      about,
    ).toBe(true);
    expect(
      owners.every(({ count }) => count <= 1),
      about,
    ).toBe(true);
    expect(
      chunks.map(({ startToken }) => startToken),
      about,
    ).toEqual(chunks.length > 0 ? [0, ...chunks.slice(0, -1).map(({ endToken }) => endToken)] : []);
    expect(chunks.at(-1)?.endToken ?? tokens.length, about).toBe(tokens.length);
    for (const { startLine, endLine, startToken, endToken } of chunks) {
      expect(endLine, about).toBeGreaterThanOrEqual(startLine);
      const own = text
        .split('\n')
        .slice(startLine - 1, endLine)
        .join('\n');
      expect(wordsOf(tokens.subarray(startToken, endToken)), about).toBe(wordsOf(lex(own).tokens));
      expect(own.split('\n').filter(line => line.trim()).length, about).toBeLessThanOrEqual(60);
    }
  }
});

/** How many tokens are no line ends. */
const wordsOf = (tokens: Uint32Array) => tokens.filter(token => (token & 0xff_ffff) > 2).length;

test('real code is cut where a reader would cut it', async () => {
  const method = (name: string) => `  ${name}(): number {\n${lines(14, '    ')}  }\n\n`;
  const text = `import { a } from './a.ts';

/** Sums things up. */
export class Adder {
  #sum = 0;

${method('add')}${method('subtract')}${method('multiply')}${method('divide')}}

export function main(): void {
${lines(12, '  ')}}
`;
  const outliner = new Outliner(await grammarsFor('typescript'), readQuery);
  const chunks = chunked(text, outliner.outline('typescript', text, 10_000)?.declarations);
  expect(chunks.map(({ name, startLine }) => [name, text.split('\n')[startLine - 1]!.trim()])).toEqual([
    ['Adder', "import { a } from './a.ts';"],
    ['subtract', 'subtract(): number {'],
    ['multiply', 'multiply(): number {'],
    ['divide', 'divide(): number {'],
    ['main', 'export function main(): void {'],
  ]);
});

test('a long function is cut where statements begin, and each piece names the line that opens it', async () => {
  const call = (name: string) => `  ${name}(\n    [\n${lines(14, '      ')}    ],\n  );\n`;
  const text = `export class Sender {
  /** Sends it all. */
  send(queue: Queue): void {
${['first', 'second', 'third', 'fourth', 'fifth'].map(call).join('')}  // The last one.
${call('sixth')}  }

  stop(): void {
${lines(14, '    ')}  }
}
`;
  const outliner = new Outliner(await grammarsFor('typescript'), readQuery);
  const { declarations, statements } = outliner.outline('typescript', text, 10_000)!;
  const chunks = chunk(text, lex(text).tokens, declarations, statements);
  const all = text.split('\n');
  expect(
    chunks.map(({ startLine, header }) => [
      all[startLine - 1]!.trim(),
      header && all[header.line - 1]!.trim(),
    ]),
  ).toEqual([
    ['export class Sender {', undefined],
    ['third(', 'send(queue: Queue): void {'],
    ['fifth(', 'send(queue: Queue): void {'],
    ['stop(): void {', 'export class Sender {'],
  ]);
});

test('a chunk is found by the words of its header', async () => {
  const text = `function sendInvoices() {\n${lines(200, '  ')}}\n`;
  const outliner = new Outliner(await grammarsFor('typescript'), readQuery);
  const record = analyse(
    { path: 'a.ts', languageId: 'typescript', content: text, size: 1, mtimeMs: 1 },
    (grammar, code) => outliner.outline(grammar, code, 10_000),
  );
  if ('skipped' in record) throw new Error(record.skipped);
  const index = new CodeIndex();
  index.add(record);
  const found = index.search(new Map([['invoices', 1]]), { limit: 20 });
  expect(found).toHaveLength(record.chunks.length);
  expect(record.chunks.filter(({ header }) => header?.line === 1)).toHaveLength(record.chunks.length - 1);
  expect(index.recordOf('a.ts')).toEqual(record);
  index.remove('a.ts');
  expect(index.frequency('invoices')).toBe(0);
});
