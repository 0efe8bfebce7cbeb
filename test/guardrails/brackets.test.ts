import { expect, test } from 'vitest';
import { balanceOf } from '../../src/guardrails/brackets.ts';

const ts = { lineComment: '//' };
const rs = { lineComment: '//', lifetimes: true };
const py = { lineComment: '#', indented: true };

test.each([
  ['foo(a, [b', ts, '])', '', ''],
  ['a)]', ts, '', ')]', ''],
  ['"(" + (', ts, ')', '', ''],
  ["don't (", ts, ')', '', ''],
  ["fn f<'a>(x: &'a str", rs, ')', '', ''],
  ["x: '(', y: (", ts, ')', '', ''],
  ["f('abc", ts, ')', '', "'"],
  ['f(`a ${b(', ts, ')', '', '`'],
  ['f("a\\"b', ts, ')', '', '"'],
  ['f( // g(', ts, ')', '', ''],
  ['/* ( */ [', ts, ']', '', ''],
  ['/* (', ts, '', '', '*/'],
  ['f("""a"b', py, ')', '', '"""'],
  ["f'{a}' + (", py, ')', '', ''],
  ['f( # g(\n[', py, '])', '', ''],
  ['f("a\n)', ts, '', '', ''],
])('%j', (text, language, missing, surplus, unended) => {
  expect(balanceOf(text, language)).toMatchObject({ missing, surplus, unended });
});
