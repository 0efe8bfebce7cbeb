import { expect, test } from 'vitest';
import { seeded } from '../../src/evals/random.ts';
import { syntaxHoles } from '../../src/evals/syntaxHoles.ts';
import { Shapes } from '../../src/syntax/shapes.ts';
import { grammarsFor, readQuery } from '../support/grammars.ts';

const files: Readonly<Record<string, string>> = {
  'src/order.ts': `export function totalOf(order: Order): number {
  const prices = order.lines.map(line => line.price);
  if (prices.length === 0) return defaultPrice;
  const sum = add(prices);
  log(\`total \${sum}\`,
    order);
  return sum + taxOf(order);
}
`,
  'app/page.py': 'def title(page):\r\n    name = page.name\r\n    return render(name)\r\n',
  'data.json': '{"a": "b"}\n',
};
const shapes = new Shapes(await grammarsFor('typescript', 'python'), readQuery);
const cut = (count: number, seed = 1, language?: string) =>
  syntaxHoles(
    Object.keys(files).sort(),
    async path => files[path],
    (grammar, text) => shapes.in(grammar, text),
    { count, random: seeded(seed), language },
  );

test('what was taken away and what stands around it are the file, within one line', async () => {
  const holes = await cut(100);
  for (const { path, prefix, target, suffix } of holes) {
    expect(prefix + target + suffix).toBe(files[path]);
    expect(target).not.toMatch(/[\r\n]/);
    // Nothing but punctuation follows, so that somebody who types could be asked here.
    expect(suffix).toMatch(/^[^\p{L}\p{N}\n]*\n/u);
  }
  const drawn = holes.map(hole => `${hole.class}: ${hole.target}`);
  expect(drawn).toEqual(
    expect.arrayContaining(['call: add(prices)', 'arguments: order', 'return: render(name)']),
  );
  expect(drawn).toContain('assignment: page.name');
  // Something that runs over two lines, and a condition that a statement follows, are no holes.
  expect(drawn.join('\n')).not.toMatch(/total|prices\.length/);
  expect(new Set(holes.map(({ id }) => id)).size).toBe(holes.length);
});

test('kinds take turns, the same seed draws the same holes, and a language can be asked for', async () => {
  const first = await cut(4);
  expect(new Set(first.map(hole => hole.class))).toEqual(
    new Set(['call', 'assignment', 'return', 'arguments']),
  );
  expect(await cut(4)).toEqual(first);
  expect((await cut(100, 2)).map(({ id }) => id)).not.toEqual((await cut(100)).map(({ id }) => id));
  expect((await cut(100, 1, 'python')).every(hole => hole.path === 'app/page.py')).toBe(true);
});
