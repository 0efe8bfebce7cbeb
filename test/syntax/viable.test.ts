import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import type { Grammars } from '../../src/syntax/grammars.ts';
import { Trees } from '../../src/syntax/trees.ts';
import { isViable, Lookaheads } from '../../src/syntax/viable.ts';
import { grammarsFor } from '../support/grammars.ts';

let grammars: Grammars;
beforeAll(async () => {
  grammars = await grammarsFor('typescript', 'python', 'go', 'rust');
});

function viable(grammar: string, text: string, from = 0): boolean {
  const trees = new Trees(grammars, () => 0);
  return trees.read(grammar, text, 1, root => isViable(root, from, text.trimEnd().length, new Lookaheads()))!;
}

test('a sound text that is cut off between two words can go on', () => {
  const text = readFileSync(join(import.meta.dirname, '../../src/base/clock.ts'), 'utf8');
  const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
  const cut = [...code.matchAll(/[\w)}\]](?=\W)/g)].map(match => match.index + 1);
  expect(cut.filter(end => !viable('typescript', code.slice(0, end)))).toEqual([]);
});

test.each([
  ['typescript', 'foo(a,', 'foo(a b'],
  ['typescript', 'foo(a, b', 'foo(a b'],
  ['typescript', 'x = a ? b : c', 'foo(a : c'],
  ['typescript', 'if (x) {', 'if (x {'],
  ['typescript', 'const a = ', 'const a = ='],
  ['python', 'x = [1, 2', 'x = [1 2'],
  ['python', 'def f(a, b=', 'def f(a b'],
  ['go', 'package a\n\nfunc f() {\n\tif x {', 'package a\n\nfunc f() {\n\tif x y {'],
  ['rust', 'fn f() { match x { A =>', 'fn f() { match x { A B'],
])('%s: %j can go on, %j cannot', (grammar, right, wrong) => {
  expect(viable(grammar, right)).toBe(true);
  expect(viable(grammar, wrong)).toBe(false);
});

test('what is wrong before the place does not count', () => {
  expect(viable('typescript', 'foo(a b);\nbar(c,', 10)).toBe(true);
  expect(viable('typescript', 'foo(a b);\nbar(c d', 10)).toBe(false);
});
