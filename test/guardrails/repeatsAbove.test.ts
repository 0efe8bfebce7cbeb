import { expect, test } from 'vitest';
import { repeatsAbove } from '../../src/guardrails/repeatsAbove.ts';
import { judgedAt, verdictOf } from '../support/judged.ts';

test('several lines that stand directly above are refused', () => {
  expect(verdictOf(repeatsAbove, judgedAt('a(1);\nb(2);\n█', 'a(1);\nb(2);'))).toBe('refused');
  expect(verdictOf(repeatsAbove, judgedAt('a(1);\r\nb(2);\r\n█', 'a(1);\nb(2);'))).toBe('refused');
});

test('so are four or more that differ in a few letters of one line', () => {
  const above = 'a(one);\nb(two);\nc(three);\nd(four);\n█';
  expect(verdictOf(repeatsAbove, judgedAt(above, 'a(one);\nb(two);\nc(threw);\nd(four);'))).toBe('refused');
  expect(verdictOf(repeatsAbove, judgedAt(above, 'a(one);\nb(six);\nc(threw);\nd(four);'))).toBe('kept');
});

test('one line may be repeated, and several with a difference', () => {
  expect(verdictOf(repeatsAbove, judgedAt('a(1);\n█', 'a(1);'))).toBe('kept');
  expect(verdictOf(repeatsAbove, judgedAt('a(1);\nb(2);\n█', 'a(1);\nb(3);'))).toBe('kept');
  expect(verdictOf(repeatsAbove, judgedAt('b(2);\n█', 'a(1);\nb(2);'))).toBe('kept');
});
