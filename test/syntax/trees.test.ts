import { beforeAll, expect, test } from 'vitest';
import type { Grammars } from '../../src/syntax/grammars.ts';
import { Trees } from '../../src/syntax/trees.ts';
import { grammarsFor } from '../support/grammars.ts';
import { randomFrom } from '../support/random.ts';

let grammars: Grammars;
beforeAll(async () => {
  grammars = await grammarsFor('typescript', 'python');
});
const elapsed = () => performance.now();
const MUCH = Number.POSITIVE_INFINITY;

test('a tree that is carried along with edits equals one parsed anew', () => {
  const seed = 20261124;
  const random = randomFrom(seed);
  const pieces = [
    'const a = 1;\n',
    'f(b, {\r\n  c: `é😀`,\n});\n',
    'if (x) {\n',
    '}\n',
    '"',
    'x',
    '(',
    ')',
    '\r\n',
    '😀',
    'class A { m() {} }\n',
  ];
  const trees = new Trees(grammars, elapsed);
  let text = pieces[0]!.repeat(20);
  for (let step = 0; step < 300; step++) {
    const from = Math.floor(random() * (text.length + 1));
    const to = Math.min(text.length, from + Math.floor(random() * random() * 30));
    text = text.slice(0, from) + pieces[Math.floor(random() * pieces.length)] + text.slice(to);
    const carried = trees.tree('file:///a.ts', 'typescript', text, MUCH)!;
    expect(carried.complete).toBe(true);
    const anew = trees.read('typescript', text, MUCH, root => [
      root.toString(),
      root.endIndex,
      root.endPosition,
    ]);
    const { rootNode } = carried.tree;
    // Recovery from errors may differ with the way that led there; sound text may not.
    if (!rootNode.hasError) {
      expect(
        [rootNode.toString(), rootNode.endIndex, rootNode.endPosition],
        `seed ${seed}, step ${step}`,
      ).toEqual(anew);
    } else {
      expect([rootNode.endIndex, rootNode.endPosition], `seed ${seed}, step ${step}`).toEqual(anew?.slice(1));
    }
  }
  trees.dispose();
});

test('when time is out the last tree is given, moved along, and later calls catch up', () => {
  let now = 0;
  const trees = new Trees(grammars, () => now++);
  const text = 'function f() { return 1; }\n'.repeat(4_000);
  expect(trees.tree('u', 'typescript', text, 0)).toBeUndefined();
  expect(trees.tree('u', 'typescript', text, MUCH)!.complete).toBe(true);
  const broken = `function g( {\n${text}`;
  const stale = trees.tree('u', 'typescript', broken, 0)!;
  expect(stale.complete).toBe(false);
  expect(stale.tree.rootNode.endIndex).toBe(broken.length);
  expect(trees.tree('u', 'typescript', broken, MUCH)!.complete).toBe(true);
  trees.dispose();
});

test('one document in two languages has two trees, and forgetting it frees both', () => {
  const trees = new Trees(grammars, elapsed);
  expect(trees.tree('u', 'typescript', 'let a;', MUCH)!.tree.rootNode.type).toBe('program');
  expect(trees.tree('u', 'python', 'a = 1', MUCH)!.tree.rootNode.type).toBe('module');
  expect(trees.tree('u', 'cobol', '', MUCH)).toBeUndefined();
  trees.forget('u');
  trees.dispose();
});

test('more documents than there is room for cost the oldest its tree, no more', () => {
  const trees = new Trees(grammars, elapsed, 2);
  for (let i = 0; i < 50; i++) trees.tree(`u${i}`, 'python', `a = ${i}`, MUCH);
  expect(trees.tree('u0', 'python', 'a = 0', MUCH)!.complete).toBe(true);
  trees.dispose();
});
