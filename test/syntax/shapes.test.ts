import { expect, test } from 'vitest';
import { SHAPE_KINDS, Shapes } from '../../src/syntax/shapes.ts';
import { grammarsFor, readQuery } from '../support/grammars.ts';

/** One text in each language that has all five kinds; what is drawn is the first of each kind that spans no line. */
const TEXTS: Readonly<Record<string, string>> = {
  typescript: 'function f(a) {\n  const b = a.c;\n  if (a.ok) load(a, 2);\n  return b + 1;\n}\n',
  tsx: 'function F(a) {\n  const b = a.c;\n  if (a.ok) load(a, 2);\n  return <p>{b}</p>;\n}\n',
  javascript: 'function f(a) {\n  const b = a.c;\n  if (a.ok) load(a, 2);\n  return b + 1;\n}\n',
  python: 'def f(a):\n    b = a.c\n    if a.ok:\n        load(a, 2)\n    return b + 1\n',
  go: 'package p\n\nfunc f(a A) int {\n\tb := a.c\n\tif a.ok {\n\t\tload(a, 2)\n\t}\n\treturn b + 1\n}\n',
  rust: 'fn f(a: A) -> u8 {\n    let b = a.c;\n    if a.ok {\n        load(a, 2);\n    }\n    return b + 1;\n}\n',
  java: 'class C {\n  int f(A a) {\n    int b = a.c;\n    if (a.ok) load(a, 2);\n    return b + 1;\n  }\n}\n',
  c: 'int f(struct A a) {\n  int b = a.c;\n  if (a.ok) load(a, 2);\n  return b + 1;\n}\n',
  cpp: 'int f(A a) {\n  int b = a.c;\n  if (a.ok) load(a, 2);\n  return b + 1;\n}\n',
  'c-sharp':
    'class C {\n  int F(A a) {\n    var b = a.c;\n    if (a.ok) load(a, 2);\n    return b + 1;\n  }\n}\n',
  php: '<?php\nfunction f($a) {\n  $b = $a->c;\n  if ($a->ok) load($a, 2);\n  return $b + 1;\n}\n',
  ruby: 'def f(a)\n  b = a\n  if a.ok\n    load(a, 2)\n  end\n  return b + 1\nend\n',
};

test.each(Object.entries(TEXTS))('%s: what could be taken away', async (grammar, text) => {
  const shapes = await new Shapes(await grammarsFor(grammar), readQuery).in(grammar, text);
  const plain = (kind: string) =>
    shapes
      .filter(shape => shape.kind === kind)
      .map(({ start, end }) =>
        text.slice(start, end).replaceAll(/->|\$/g, found => (found === '$' ? '' : '.')),
      );
  const [call, condition, assignment, returned, given] = SHAPE_KINDS.map(plain);
  expect(call).toContain('load(a, 2)');
  expect(condition).toEqual(['a.ok']);
  expect(assignment).toEqual([grammar === 'ruby' ? 'a' : 'a.c']);
  expect(returned).toEqual([grammar === 'tsx' ? '<p>{b}</p>' : 'b + 1']);
  expect(given).toEqual(['a, 2']);
});

test('a text with a syntax error, and a language without a query, have none', async () => {
  const shapes = new Shapes(await grammarsFor('typescript', 'json'), readQuery);
  expect(await shapes.in('typescript', 'const a = load(;')).toEqual([]);
  expect(await shapes.in('json', '{"a": 1}')).toEqual([]);
});
