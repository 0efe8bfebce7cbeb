import { expect, test } from 'vitest';
import type { Parser } from 'web-tree-sitter';
import { parseUntil } from '../../src/syntax/parse.ts';
import { grammarsFor } from '../support/grammars.ts';

/** Breaks down as a scanner does that reads past its memory. */
function breakingDown(parser: Parser, error: Error): Parser {
  return Object.assign(Object.create(parser) as Parser, {
    parse: () => {
      throw error;
    },
    reset: () => parser.reset(),
  });
}

test('a grammar that breaks down on a text gives no tree, and the next text is parsed', async () => {
  const parser = (await grammarsFor('ruby')).parser('ruby')!;
  const never = { stops: () => false };
  const error = Object.assign(new Error('memory access out of bounds'), { name: 'RuntimeError' });
  expect(parseUntil(breakingDown(parser, error), 'a', never)).toBeUndefined();
  expect(() => parseUntil(breakingDown(parser, new TypeError('a')), 'a', never)).toThrow(TypeError);
  const tree = parseUntil(parser, 'def a\nend\n', never)!;
  expect(tree.rootNode.hasError).toBe(false);
  tree.delete();
});
