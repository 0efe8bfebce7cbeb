import { expect, test } from 'vitest';
import { marginOf, withoutMargin } from '../../src/evals/report/margin.ts';

test.each([
  ['the least of all lines', ['    a\n      b', '     c'], 4],
  ['blank lines have none', ['    a\n\n  \n    b'], 4],
  ['a tab is one character', ['\t\ta'], 2],
  ['nothing but blank lines', ['', '   \n'], 0],
] as const)('the margin is %s', (_, texts, margin) => {
  expect(marginOf(...texts)).toBe(margin);
});

test('it is taken from every line, and from the first one only if the text begins there', () => {
  expect(withoutMargin('    a\n      b\n\n  c', 4, 'a line')).toBe('a\n  b\n\nc');
  expect(withoutMargin('    a\n      b', 4, 'within a line')).toBe('    a\n  b');
});
