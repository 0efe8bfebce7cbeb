import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { UsageError } from '../../src/terminal/command.ts';
import { locate, parsePlace, readPlace, withoutRestOfLine } from '../../src/terminal/place.ts';

const folder = mkdtempSync(join(tmpdir(), 'wisp-place-'));
writeFileSync(join(folder, 'user.ts'), 'const é😀 = 1;\r\nreturn user.name;\r\n');
afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  ['src/a.ts:12:5', { file: 'src/a.ts', line: 12, column: 5 }],
  ['C:\\work\\a.ts:1:1', { file: 'C:\\work\\a.ts', line: 1, column: 1 }],
  ['odd:name:3:4', { file: 'odd:name', line: 3, column: 4 }],
])('%s is a place', (given, expected) => {
  expect(parsePlace(given)).toEqual(expected);
});

test.each(['src/a.ts', 'src/a.ts:12', ':1:2', 'a.ts:1:-2', 'a.ts:x:1'])('%s is none', given => {
  expect(() => parsePlace(given)).toThrow(UsageError);
});

test('lines and columns count from 1, columns in UTF-16 units, line ends aside', () => {
  const text = 'const é😀 = 1;\r\nreturn 1;\n';
  expect(locate(text, { file: 'a', line: 1, column: 10 })).toEqual({ line: 0, character: 9 });
  expect(locate(text, { file: 'a', line: 1, column: 15 })).toEqual({ line: 0, character: 14 });
  expect(locate(text, { file: 'a', line: 3, column: 1 })).toEqual({ line: 2, character: 0 });
});

test.each([
  [4, 1, 'a.ts has 3 lines; there is no line 4.'],
  [0, 1, 'a.ts has 3 lines; there is no line 0.'],
  [2, 11, 'Line 2 of a.ts has columns 1 to 10; there is no column 11.'],
  [2, 0, 'Line 2 of a.ts has columns 1 to 10; there is no column 0.'],
])('line %i, column %i lies outside', (line, column, sentence) => {
  const text = 'const a = 1;\nreturn a;\n';
  expect(() => locate(text, { file: 'a.ts', line, column })).toThrow(sentence);
});

test('a file is found by its path in the folder and by its absolute path', async () => {
  const near = await readPlace(folder, 'user.ts:2:8');
  const far = await readPlace(folder, `${join(folder, 'user.ts')}:2:8`);
  expect(near).toEqual(far);
  expect(near).toMatchObject({
    position: { line: 1, character: 7 },
    document: { languageId: 'typescript', file: join(folder, 'user.ts'), dirty: false },
  });
});

test('a file that is not there, or is a folder, is one sentence', async () => {
  await expect(readPlace(folder, 'gone.ts:1:1')).rejects.toThrow('There is no file gone.ts in that folder.');
  await expect(readPlace(folder, '.:1:1')).rejects.toThrow('. is a folder, not a file.');
});

test('a line can be asked for as if its rest were not written yet', async () => {
  const { document, position } = withoutRestOfLine(await readPlace(folder, 'user.ts:2:8'));
  expect(document.text).toBe('const é😀 = 1;\r\nreturn \r\n');
  expect(document.dirty).toBe(true);
  expect(position).toEqual({ line: 1, character: 7 });
});
