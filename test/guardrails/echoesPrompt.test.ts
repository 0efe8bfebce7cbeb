import { expect, test } from 'vitest';
import { echoesPrompt } from '../../src/guardrails/echoesPrompt.ts';
import { judgedAt, verdictOf } from '../support/judged.ts';

test.each([
  ['  const total = █\n', 'const total = sum(a);', '→ sum(a);'],
  ['  const total =█\n', '  const total = sum(a);', '→  sum(a);'],
  ['  const total = █\n', 'const total =', 'refused'],
  ['█\n', 'Sure! Here is the code:\n\nfoo(a);', '→ foo(a);'],
  ['█\n', "Here's the missing part:\nfoo(a);", '→ foo(a);'],
  ['  a = █\n', 'a = 1', 'kept'],
  ['const total = █\n', 'sum(total);', 'kept'],
  ['█\n', 'here.is(a);\nfoo(b);', 'kept'],
])('%j with %j: %s', (code, text, verdict) => {
  expect(verdictOf(echoesPrompt, judgedAt(code, text))).toBe(verdict);
});

test('talk is text in Markdown', () => {
  expect(verdictOf(echoesPrompt, judgedAt('█', 'Sure! Like this:\n\na', { path: 'a.md' }))).toBe('kept');
});
