import { expect, test } from 'vitest';
import { balanceOf } from '../../src/guardrails/brackets.ts';

const ts = { lineComment: '//' };
const rs = { lineComment: '//', lifetimes: true };
const py = { lineComment: '#', tripleQuotes: `"'` };
const sh = { lineComment: '#', longStrings: `"'`, heredocs: true, isShell: true };

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
  ['a)\n  b "$#" $[#c]; d \'\n(\' `e`', sh, '', '', ''],
  ['a <<-EOF | b (\n  it\'s {\nEOF\n"c', sh, ')', '', '"'],
  ['a <<EOF\n(', sh, '', '', '\nEOF\n'],
  ['"a\n(', { ...rs, longStrings: '"' }, '', '', '"'],
  ['f("a\n)', ts, '', '', ''],
])('%j', (text, language, missing, surplus, unended) => {
  expect(balanceOf(text, language)).toMatchObject({ missing, surplus, unended });
});
