import { expect, test } from 'vitest';
import { containsSecret } from '../../src/guardrails/containsSecret.ts';
import { judgedAt, verdictOf } from '../support/judged.ts';
import { privateKey } from '../support/plantedSecrets.ts';

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

test('a copy of a place where one was masked is refused', () => {
  const copied = judgedAt('login(█)', 'user, "«secret»"');
  expect(containsSecret.judge(copied)).toEqual({
    kind: 'refused',
    reason: 'it copies a place where a password or a key was masked',
  });
});

test('the reason says what it looks like', () => {
  const token = ['gh', 'p_', random, random].join('');
  expect(containsSecret.judge(judgedAt('█', `use('${token}')`))).toEqual({
    kind: 'refused',
    reason: 'it holds what looks like a GitHub token',
  });
});

test('a line of a private key is refused below its beginning', () => {
  const [first, second, third] = privateKey(10).split('\n');
  expect(verdictOf(containsSecret, judgedAt(`key = '${first}\n${second}\n█`, third!))).toBe('refused');
});
