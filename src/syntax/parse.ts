import type { Parser, Tree } from 'web-tree-sitter';

/**
 * A tree of the text, or none when it is to stop. On rare texts a grammar's own scanner breaks down (Ruby's does within
 * heredocs that nest in broken code): that ends the parse, and nothing but the parse.
 */
export function parseUntil(
  parser: Parser,
  text: string,
  { stops, old = null }: { readonly stops: () => boolean; readonly old?: Tree | null },
): Tree | undefined {
  let tree: Tree | null = null;
  try {
    tree = parser.parse(text, old, { progressCallback: stops });
  } catch (error) {
    if (!isBreakdown(error)) throw error;
  }
  // What was begun would be carried on with the next text.
  if (!tree) parser.reset();
  return tree ?? undefined;
}

/** Whether a grammar broke down on a text, which says nothing of any other text. */
export function isBreakdown(error: unknown): boolean {
  return error instanceof Error && error.name === 'RuntimeError';
}
