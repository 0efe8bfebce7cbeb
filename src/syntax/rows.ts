import type { Node } from 'web-tree-sitter';

/** The row where the comments and attributes directly above a node begin. */
export function leadOf(node: Node): number {
  let row = node.startPosition.row;
  for (let above = node.previousSibling; above; above = above.previousSibling) {
    const before = above.previousSibling;
    const trails = before !== null && lastRowOf(before) === above.startPosition.row;
    if (!/comment|attribute/.test(above.type) || lastRowOf(above) !== row - 1 || trails) break;
    row = above.startPosition.row;
  }
  return row;
}

/** A node that ends with its line break ends at column 0 of the next row. */
export function lastRowOf(node: Node): number {
  const { row, column } = node.endPosition;
  return column === 0 && row > node.startPosition.row ? row - 1 : row;
}
