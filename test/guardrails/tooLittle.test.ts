import { expect, test } from 'vitest';
import { tooLittle } from '../../src/guardrails/tooLittle.ts';
import { judgedAt, verdictOf } from '../support/judged.ts';

test.each(['', ' ', '\n\n', ')', ');', '}', '},\n', '"', "');"])('%j is refused', text => {
  expect(verdictOf(tooLittle, judgedAt('foo(█', text))).toBe('refused');
});

test.each(['a', '1', '{', '() => {', '+ 1'])('%j is kept', text => {
  expect(verdictOf(tooLittle, judgedAt('foo(█', text))).toBe('kept');
});
