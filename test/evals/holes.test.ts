import { describe, expect, test } from 'vitest';
import { classOf, parseHoles } from '../../src/evals/holes.ts';

const hole = {
  id: 'a',
  path: 'src/user.ts',
  prefix: 'const name = ',
  suffix: ';\n',
  target: 'user.name',
  language: 'typescript',
};
const lines = (...values: readonly unknown[]) =>
  values.map(value => (typeof value === 'string' ? value : JSON.stringify(value))).join('\n');

test('holes come in the order of their lines, with what they need and no more', () => {
  const second = { ...hole, id: 'b', exclude: ['src/copy.ts'], class: 'mid-line' };
  const text = lines({ ...hole, repository: 'somewhere' }, '', '  ', second, '');
  expect(parseHoles(text)).toEqual([hole, second]);
});

test('a file with CRLF line ends and no last line end is read too', () => {
  expect(parseHoles(`${JSON.stringify(hole)}\r\n\r\n${JSON.stringify({ ...hole, id: 'b' })}`)).toHaveLength(
    2,
  );
});

describe('a broken line is told in one sentence with its number', () => {
  const six = Array.from({ length: 6 }, (_, i) => ({ ...hole, id: String(i) }));
  const { target: _, ...withoutTarget } = hole;
  test.each([
    ['{"id": "x",', /^Line 7 is no hole: it is not JSON \(.*\)\.$/],
    ['[1, 2]', "Line 7 is no hole: 'id' is missing."],
    ['"text"', 'Line 7 is no hole: it is not a JSON object.'],
    [withoutTarget, "Line 7 is no hole: 'target' is missing."],
    [{ ...hole, prefix: 7 }, "Line 7 is no hole: 'prefix' must be a string."],
    [{ ...hole, target: ' \n' }, "Line 7 is no hole: 'target' must not be blank."],
    [{ ...hole, id: '3' }, "Line 7 is no hole: its id '3' is that of line 4."],
    [{ ...hole, exclude: ['a.ts', 9] }, "Line 7 is no hole: 'exclude.1' must be a string."],
    [
      { ...hole, exclude: ['../a.ts'] },
      "Line 7 is no hole: 'exclude.0' must hold paths within the workspace.",
    ],
  ])('%j', (line, message) => {
    expect(() => parseHoles(lines(...six, line))).toThrow(message);
  });

  test.each(['/etc/passwd', '../a.ts', 'src/../../a.ts', 'src//a.ts', './a.ts', ''])(
    'the path %j leads out of the workspace or has two names',
    path => {
      expect(() => parseHoles(lines({ ...hole, path }))).toThrow(
        "Line 1 is no hole: 'path' must be a slash-separated",
      );
    },
  );
});

test.each([
  [{ ...hole, class: 'call' }, 'call'],
  [{ ...hole, prefix: 'function f() {\n  ' }, 'line-start'],
  [{ ...hole, prefix: '' }, 'line-start'],
  [{ ...hole, prefix: 'function f() {\n  return ' }, 'mid-line'],
  [{ ...hole, target: 'a,\n  b)' }, 'multi-line'],
])('without a class of its own a hole is told by its texts', (given, expected) => {
  expect(classOf(given)).toBe(expected);
});
