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

test('a tree that is carried along with edits is sound and true of the text, or about as long', () => {
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
    const { tree } = trees.tree('file:///a.ts', 'typescript', text, MUCH)!;
    const anew = trees.read('typescript', text, MUCH, root => [root.endIndex, root.endPosition]);
    expect([tree.rootNode.endIndex, tree.rootNode.endPosition], `seed ${seed}, step ${step}`).toEqual(anew);
  }
  trees.dispose();
});

test('a tree that was parsed again after an edit equals one parsed anew', () => {
  const trees = new Trees(grammars, elapsed);
  const sentence = 'class A {\r\n  m() {\n    return `é😀`;\n  }\n}\n';
  trees.tree('u', 'typescript', sentence.repeat(20), MUCH);
  const later =
    sentence.repeat(10) + 'function f(a: string) { return 1; }\n'.repeat(10) + sentence.repeat(10);
  const { tree, sound } = trees.tree('u', 'typescript', later, MUCH)!;
  expect(sound).toBe(true);
  expect(tree.rootNode.toString()).toBe(trees.read('typescript', later, MUCH, root => root.toString()));
  trees.dispose();
});

test('half a line does not cost the document its sound tree, much of broken code does', () => {
  const trees = new Trees(grammars, elapsed);
  const code = 'class A {\n  m() {\n    foo();\n  }\n}\n';
  trees.tree('u', 'typescript', code, MUCH);
  const typing = trees.tree('u', 'typescript', code.replace('foo();', 'foo({ a: bar('), MUCH)!;
  expect(typing.sound).toBe(true);
  expect(typing.tree.rootNode.descendantsOfType('method_definition')).toHaveLength(1);
  const broken = trees.tree('u', 'typescript', code.replace('foo();', 'foo( '.repeat(200)), MUCH)!;
  expect(broken.sound).toBe(false);
  expect(trees.tree('u', 'typescript', code, MUCH)!.sound).toBe(true);
  trees.dispose();
});

test('when time is out the last tree is given, moved along, and later calls catch up', () => {
  let now = 0;
  const trees = new Trees(grammars, () => now++);
  const text = 'function f() { return 1; }\n'.repeat(4_000);
  expect(trees.tree('u', 'typescript', text, 0)).toBeUndefined();
  expect(trees.tree('u', 'typescript', text, MUCH)!.sound).toBe(true);
  const longer = `${'function g() {}\n'.repeat(10)}${text}`;
  const functions = () => trees.tree('u', 'typescript', longer, now)!.tree.rootNode.namedChildCount;
  expect(functions()).toBe(4_000);
  expect(trees.tree('u', 'typescript', longer, MUCH)!.tree.rootNode.namedChildCount).toBe(4_010);
  trees.dispose();
});

test('a document that is parsed ahead in slices has its tree, and catches up with what was typed meanwhile', async () => {
  let now = 0;
  const trees = new Trees(grammars, () => now++);
  const text = 'function f() { return 1; }\n'.repeat(4_000);
  let pauses = 0;
  const pause = async () => void pauses++;
  await trees.warm('u', 'typescript', text, pause);
  expect(pauses).toBeGreaterThan(3);
  expect(trees.tree('u', 'typescript', text, 0)!.sound).toBe(true);
  const longer = `${text}${'function g() {}\n'.repeat(10)}`;
  expect(trees.tree('u', 'typescript', longer, MUCH)!.tree.rootNode.namedChildCount).toBe(4_010);
  // Whoever comes first keeps his tree.
  await trees.warm('u', 'typescript', 'let a;', pause);
  expect(trees.tree('u', 'typescript', longer, 0)!.tree.rootNode.namedChildCount).toBe(4_010);
  await trees.warm('v', 'cobol', text, pause);
  expect(trees.tree('v', 'cobol', text, MUCH)).toBeUndefined();
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
  expect(trees.tree('u0', 'python', 'a = 0', MUCH)!.sound).toBe(true);
  trees.dispose();
});
