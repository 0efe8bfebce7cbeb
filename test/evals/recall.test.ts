import { describe, expect, test } from 'vitest';
import { recallOf, wantedOf } from '../../src/evals/recall.ts';

/** What is wanted at the cursor █ of a text whose target ends at the second █; the rest was written next. */
function wantedAt(code: string, language: string): readonly string[] {
  const [prefix, target, after] = code.split('█') as [string, string, string];
  const following = after.split('\n').filter(line => line.trim() !== '');
  return [...wantedOf({ prefix, target, following, language })];
}

describe('what retrieval should find', () => {
  test('is what is written next and does not stand above', () => {
    const code = `const total = sum(orders);
const rest = █subtract(total, discountOf(customer));█
return roundTo(rest, CENT);
`;
    expect(wantedAt(code, 'typescript')).toEqual(['subtract', 'discountOf', 'customer', 'roundTo', 'CENT']);
  });

  test('is no keyword, no single letter, and no word of a string or a comment', () => {
    const code = `def f():
    █return await fetch("some words", x)  # a remark█
    raise Missing('other words')
`;
    expect(wantedAt(code, 'python')).toEqual(['fetch', 'Missing']);
  });

  test('knows a lifetime from a string', () => {
    expect(wantedAt("█fn parse<'src>(text: &'src Buffer) -> Token<'src> {█\n", 'rust')).toEqual([
      'parse',
      'src',
      'text',
      'Buffer',
      'Token',
    ]);
  });
});

test('recall is the share of whole words that stand in some snippet', () => {
  const wanted = new Set(['open', 'close', 'flush', 'sync']);
  const recall = (...texts: string[]) =>
    recallOf(
      wanted,
      texts.map(text => ({ text })),
    );
  expect(recall()).toBe(0);
  expect(recall('file.open(); reopened')).toBe(0.25);
  expect(recall('open(a)', 'close(a); flush(a)', 'sync')).toBe(1);
});
