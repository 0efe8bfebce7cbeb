import { beforeAll, expect, test } from 'vitest';
import { faultsIn } from '../../src/syntax/faults.ts';
import { distantParts, withoutParts } from '../../src/syntax/focus.ts';
import type { Grammars } from '../../src/syntax/grammars.ts';
import { distantLines } from '../../src/syntax/skeleton.ts';
import { Trees } from '../../src/syntax/trees.ts';
import { grammarsFor } from '../support/grammars.ts';
import { randomFrom } from '../support/random.ts';

let grammars: Grammars;
beforeAll(async () => {
  grammars = await grammarsFor('typescript', 'python');
});

/** A sound text of classes in which everything is told apart by its number. */
function typescript(classes: number, methods: number): string {
  const method = (c: number, m: number) =>
    `  m${c}_${m}(a: number): number {\n    const table = {\n      b: [1, 2, 3],\n    };\n    return a + ${m};\n  }\n`;
  const body = (c: number) => Array.from({ length: methods }, (_, m) => method(c, m)).join('\n');
  return Array.from({ length: classes }, (_, c) => `export class C${c} {\n${body(c)}}\n`).join('\n');
}

function python(classes: number, methods: number): string {
  const method = (c: number, m: number) =>
    `    @property\n    def m${c}_${m}(self):\n        if self.a:\n            return ${m}\n        return None\n`;
  const body = (c: number) => Array.from({ length: methods }, (_, m) => method(c, m)).join('\n');
  return Array.from({ length: classes }, (_, c) => `class C${c}:\n${body(c)}\n`).join('\n');
}

test.each([
  ['typescript', typescript(3, 60)],
  ['typescript', typescript(80, 2)],
  ['python', python(3, 60)],
  ['python', python(80, 2)],
])('what is left of a sound %s text around a random place is short and sound', (grammar, text) => {
  const seed = 7;
  const random = randomFrom(seed);
  const trees = new Trees(grammars, () => 0);
  const { tree } = trees.tree('u', grammar, text, 1)!;
  for (let i = 0; i < 100; i++) {
    const offset = Math.floor(random() * text.length);
    const near = withoutParts(text, offset, distantParts(tree, text, offset));
    const place = `seed ${seed}, place ${i}`;
    expect(near.text.length, place).toBeLessThan(4_500);
    const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
    expect(near.text.slice(0, near.offset).endsWith(line), place).toBe(true);
    expect(near.text.slice(near.offset).startsWith(text.slice(offset).split('\n')[0]!), place).toBe(true);
    expect(trees.read(grammar, near.text, 1, faultsIn), place).toEqual([]);
  }
  trees.dispose();
});

test.each([
  ['typescript', typescript(80, 2)],
  ['python', python(80, 2)],
])('without a tree too, for a %s text of many parts', (grammar, text) => {
  const trees = new Trees(grammars, () => 0);
  for (let offset = 0; offset < text.length; offset += 137) {
    const near = withoutParts(text, offset, distantLines(text, offset));
    expect(near.text.length).toBeLessThan(4_500);
    expect(near.text.slice(near.offset).startsWith(text.slice(offset).split('\n')[0]!)).toBe(true);
    expect(trees.read(grammar, near.text, 1, faultsIn), `offset ${offset}`).toEqual([]);
  }
  trees.dispose();
});

test('the function that a cursor behind its last line is indented under stays near', () => {
  const trees = new Trees(grammars, () => 0);
  const long = (name: string) => `def ${name}():\n${'    a = [1, 2, 3]\n'.repeat(100)}`;
  const text = `${long('f')}    \n\n${long('g')}`;
  const offset = text.indexOf('    \n') + 4;
  const { tree } = trees.tree('u', 'python', text, 1)!;
  const near = withoutParts(text, offset, distantParts(tree, text, offset));
  expect(near.text.slice(0, near.offset)).toMatch(/^def f\(\):\n/);
  trees.dispose();
});

test('a short text is left whole', () => {
  const trees = new Trees(grammars, () => 0);
  const text = typescript(1, 5);
  expect(distantParts(trees.tree('u', 'typescript', text, 1)!.tree, text, 20)).toEqual([]);
  trees.dispose();
});
