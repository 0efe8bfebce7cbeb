import type { Node } from 'web-tree-sitter';
import { lastRowOf } from './rows.ts';

/** What has no more rows than this is never cut, so nobody asks where its statements begin. */
const LONG = 40;

/**
 * The lines, from 1, on which a statement begins in a stretch of code that is long, or the comment directly above it;
 * in a long literal or call, those of its elements.
 */
export function statementLines(root: Node): ReadonlySet<number> {
  const lines = new Set<number>();
  const pending: Node[] = [root];
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (rowsOf(node) <= LONG) continue;
    let comment: { first: number; last: number } | undefined;
    for (const child of node.namedChildren) {
      const { row } = child.startPosition;
      if (child.type.includes('comment')) {
        comment = { first: comment?.last === row - 1 ? comment.first : row, last: lastRowOf(child) };
      } else {
        lines.add((comment?.last === row - 1 ? comment.first : row) + 1);
        comment = undefined;
        pending.push(child);
      }
    }
  }
  return lines;
}

const rowsOf = (node: Node): number => node.endPosition.row - node.startPosition.row + 1;
