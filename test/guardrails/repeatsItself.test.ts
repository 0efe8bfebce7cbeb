import { expect, test } from 'vitest';
import { repeatsItself } from '../../src/guardrails/repeatsItself.ts';
import { judgedAt, verdictOf } from '../support/judged.ts';

test.each([
  'foo(a);\nfoo(a);\nfoo(a);',
  'foo(a);\nbar(b);\nfoo(a);\nbar(b);\nfoo(a);\nbar(b);\n',
  'x = 1;\nfoo(a);\n\nfoo(a);\n\n  foo(a);',
  'value of the value of the value of the',
])('%j goes round', text => {
  expect(verdictOf(repeatsItself, judgedAt('█', text))).toBe('refused');
});

test.each([
  'foo(a);\nfoo(a);',
  '}\n}\n}',
  '[0, 0, 0],\n[0, 0, 0],\n[0, 0, 0],',
  'f(f(f(f(x))))',
  '0x00, 0x00, 0x00, 0x00, 0x00, 0x00',
  'assert.equal(f(1), 1);\nassert.equal(f(2), 2);\nassert.equal(f(3), 3);',
])('%j does not', text => {
  expect(verdictOf(repeatsItself, judgedAt('█', text))).toBe('kept');
});
