import { beforeAll, describe, expect, test } from 'vitest';
import type { CheckRequest } from '../../src/domain/check.ts';
import { languageOfPath } from '../../src/domain/languages.ts';
import { Checker } from '../../src/guardrails/checker.ts';
import { guardsFor } from '../../src/guardrails/guards.ts';
import { RecentPast } from '../../src/guardrails/recentPast.ts';
import { Trees } from '../../src/syntax/trees.ts';
import { grammarsFor } from '../support/grammars.ts';

let checker: Checker;
beforeAll(async () => {
  const grammars = await grammarsFor();
  const trees = new Trees(grammars, () => 0);
  const past = new RecentPast(() => 0);
  const guards = Object.values(guardsFor({ trees, elapsed: () => 0, past })).flat();
  checker = new Checker({ guards, grammars, trees, elapsed: () => 0 });
});

/** A text at the `█` of a drawn document. */
function requestAt(drawn: string, text: string, path = 'src/a.ts'): CheckRequest {
  const [prefix, suffix] = drawn.split('█') as [string, string];
  return { path, languageId: languageOfPath(path)!.id, prefix, text, suffix };
}

test('a text meets all guards, and the one that decided is named', async () => {
  const report = (drawn: string, text: string) => checker.check(requestAt(drawn, text));
  expect(await report('const a = █\n', 'foo(1, 2);')).toMatchObject({
    verdict: 'kept',
    text: 'foo(1, 2);',
    guard: null,
    reason: null,
  });
  expect(await report('foo(█)\n', 'a, b)')).toMatchObject({
    verdict: 'repaired',
    text: 'a, b',
    guard: 'overlapsRestOfLine',
  });
  expect(await report('const a = █\n', 'foo(1 2);')).toMatchObject({
    verdict: 'refused',
    guard: 'addsSyntaxError',
    reason: expect.stringMatching(/syntax error/),
  });
});

test('many lines count as asked for where many are given', async () => {
  const text = 'add(a: number, b: number) {\n  return a + b;\n}';
  expect(await checker.check(requestAt('function █\n', text))).toMatchObject({ verdict: 'kept', text });
});

describe('a document parses', () => {
  const parses = async (drawn: string, text: string, path?: string) =>
    (await checker.check({ ...requestAt(drawn, text, path), parses: true })).parses;

  test.each([
    ['a.ts', 'const a = █\n', 'foo(1);', true],
    ['a.ts', 'const a = █\n', 'foo(1', true],
    ['a.ts', 'const a = █\n', 'foo(1 2', false],
    ['a.ts', 'const a = █\n', 'foo(1 2);', false],
    ['a.ts', 'if (a) {\n  b();\n█\n', '} else {', true],
    ['a.ts', 'function f( {\nfoo(█);\n', 'a', true],
    ['a.py', 'def f():\n    █\n', 'return 1', true],
    ['a.py', 'def f():\n    █\n', 'return = 1', false],
    ['a.yaml', 'a: █\n', 'b', null],
  ])('%s: %j with %j: %j', async (path, drawn, text, expected) => {
    expect(await parses(drawn, text, path)).toBe(expected);
  });
});
