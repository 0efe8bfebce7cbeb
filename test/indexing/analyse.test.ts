import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { analyse, type OutlineOf } from '../../src/indexing/analyse.ts';
import { idOf } from '../../src/indexing/lexer.ts';
import { privateKey } from '../support/plantedSecrets.ts';

const source = (content: string | Uint8Array, path = 'src/a.ts') => ({
  path,
  languageId: 'typescript',
  content,
  size: content.length,
  mtimeMs: 7,
});

test('a file becomes its tokens, its chunks and a hash of its bytes', () => {
  const record = analyse(source(Buffer.from('const a = 1;\nconst b = a;\n')));
  if ('skipped' in record) throw new Error(record.skipped);
  expect(record).toMatchObject({
    path: 'src/a.ts',
    languageId: 'typescript',
    size: 26,
    mtimeMs: 7,
  });
  const words = [...record.tokens].map(token => record.strings[idOf(token)]);
  expect(words.join(' ')).toBe('const a = 1 ; \n const b = a ; \n');
  expect(record.chunks).toEqual([
    { startLine: 1, endLine: 2, startToken: 0, endToken: record.tokens.length, kind: 'lines' },
  ]);
});

test('unsaved text has the hash that it will have on disk', () => {
  const text = 'const ü = "🦊";\n';
  const [saved, unsaved] = [analyse(source(Buffer.from(text))), analyse(source(text))];
  expect('hash' in saved && saved.hash).toBe('hash' in unsaved && unsaved.hash);
  expect('hash' in saved && saved.hash).toHaveLength(createHash('sha256').digest('hex').length);
});

test('the outline is asked for the grammar of the language, and lines are cut where it has none', () => {
  const asked: string[] = [];
  const outline: OutlineOf = grammar => {
    asked.push(grammar);
    const lines = { startLine: 1, endLine: 1, signatureLine: 1 };
    const declaration = { kind: 'function_declaration', name: 'f', ...lines, children: [] };
    return { declarations: [declaration], statements: new Set<number>(), symbols: [] };
  };
  expect(analyse(source('function f() {}'), outline)).toMatchObject({ chunks: [{ name: 'f' }] });
  expect(analyse({ ...source('a = 1'), languageId: 'toml' }, outline)).toMatchObject({
    chunks: [{ kind: 'lines' }],
  });
  expect(asked).toEqual(['typescript']);
});

test.each([
  ['an empty file', '', []],
  ['a file of blank lines', '\n  \n\t\r\n', []],
  ['a file without final line end', 'a\nb', [[1, 2]]],
  ['a file of Windows', 'a\r\nb\r\n', [[1, 2]]],
])('%s has chunks where something is written', (_, text, chunks) => {
  const record = analyse(source(Buffer.from(text)));
  expect('chunks' in record && record.chunks.map(({ startLine, endLine }) => [startLine, endLine])).toEqual(
    chunks,
  );
});

test.each([
  ['secret', source('KEY=1', '.env')],
  ['binary', source(Uint8Array.of(1, 0, 2))],
  ['not UTF-8', source(Uint8Array.of(0x61, 0xe9, 0x62))],
  ['generated', source('// @generated\n')],
  ['minified', source('x=1;'.repeat(250_000))],
])('what is %s is left out', (skipped, file) => {
  expect(analyse(file)).toEqual({ path: file.path, skipped });
});

test('secrets are not among what the index keeps, and lines keep their numbers', () => {
  const text = `const key = '${privateKey(12)}';\nconst password = "Tr0ub4dor&3xQ";\nlast();\n`;
  const record = analyse(source(text));
  if ('skipped' in record) throw new Error(record.skipped);
  const strings = record.strings.join(' ');
  expect(strings).not.toMatch(/Tr0ub4dor|PRIVATE/);
  expect(strings).toContain('secret');
  expect(record.chunks.at(-1)?.endLine).toBe(16);
});
