import { expect, test } from 'vitest';
import { overlapsRestOfLine } from '../../src/guardrails/overlapsRestOfLine.ts';
import { judgedAt, verdictOf } from '../support/judged.ts';

test.each([
  ['foo(█)', 'a, b)', '→ a, b'],
  ['foo(█);', 'a, b);', '→ a, b'],
  ['foo(█)', 'bar(1)', 'kept'],
  ['foo(█)', 'bar(1))', '→ bar(1)'],
  ['foo(bar(█))', '1))', '→ 1'],
  ['foo("█")', 'hello")', '→ hello'],
  ['foo("█")', 'hello"', '→ hello'],
  ['foo("█");', 'hello', 'kept'],
  ['const a = b█;', ' + c;', '→  + c'],
  ['const a = [█, c];', 'b,', '→ b'],
  ['return █this.items.size;', 'await this.items.size;', '→ await '],
  ['return █this.items;', 'this.items;', 'refused'],
  ['const a = █b;', 'b', 'kept'],
  ['if (█) {', 'x) {', '→ x'],
  ['foo(█)', '(x) => {\n  a(x);\n})', '→ (x) => {\n  a(x);\n}'],
  ['foo(█', 'a)', 'kept'],
  ["fn f<'a>(x: █)", "&'a str)", "→ &'a str"],
])('%s with %j', (code, text, verdict) => {
  const path = code.startsWith('fn') ? 'a.rs' : 'a.ts';
  expect(verdictOf(overlapsRestOfLine, judgedAt(code, text, { path }))).toBe(verdict);
});

test('what the suggestion replaces is not in its way', () => {
  expect(verdictOf(overlapsRestOfLine, judgedAt('foo(█)', 'a, b)', { replaces: ')' }))).toBe('kept');
});
