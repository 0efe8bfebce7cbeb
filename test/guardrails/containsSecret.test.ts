import { expect, test } from 'vitest';
import { containsSecret } from '../../src/guardrails/containsSecret.ts';
import { judgedAt, verdictOf } from '../support/judged.ts';

const random = ['q7Rk', '2mX9', 'pL4w'].join('');

test('a secret is refused, also where its name was typed before', () => {
  expect(verdictOf(containsSecret, judgedAt('█', `const password = '${random}';`))).toBe('refused');
  expect(verdictOf(containsSecret, judgedAt("const password = '█", `${random}';`))).toBe('refused');
  expect(
    verdictOf(containsSecret, judgedAt('const aws = █', `'${['AK', 'IAIOSFODNN7EXAMPLE'].join('')}'`)),
  ).toBe('refused');
});

test('a secret that the user typed is no fault of the suggestion', () => {
  expect(verdictOf(containsSecret, judgedAt(`login('u', password='${random}', █)`, 'retries=3'))).toBe(
    'kept',
  );
});
