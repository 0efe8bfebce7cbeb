import { expect, test } from 'vitest';
import { trailingSpace } from '../../src/guardrails/trailingSpace.ts';
import { judgedAt, verdictOf } from '../support/judged.ts';

test('white space at the end goes', () => {
  expect(verdictOf(trailingSpace, judgedAt('x = █\n', 'a + b  '))).toBe('→ a + b');
  expect(verdictOf(trailingSpace, judgedAt('x = █', 'a\nb\n\n'))).toBe('→ a\nb');
  expect(verdictOf(trailingSpace, judgedAt('x = █', 'a + b'))).toBe('kept');
});

test('a space that parts the suggestion from what follows stays', () => {
  expect(verdictOf(trailingSpace, judgedAt('foo(█b);', 'a, '))).toBe('kept');
  expect(verdictOf(trailingSpace, judgedAt('foo(█b);', 'a,\n'))).toBe('→ a,');
});
