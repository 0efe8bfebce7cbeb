import type { Node, Tree } from 'web-tree-sitter';

/** A stretch of text, end excluded. */
export interface Cut {
  readonly from: number;
  readonly to: number;
}

/** Texts up to this length are not worth shortening. */
export const SMALL = 4_000;
/** How much of the neighbours is kept on each side of the cursor, in characters. */
export const NEAR = 600;
/** Fewer children than this are parts of one thing, but for the root; more are a list, whose members can be missed. */
const LIST = 6;

/**
 * What of a text can be left out so that the rest is short and still says the same about the syntax at `offset`: whole
 * lines of members that are far from it, at each level on the way down to it. The first and the last member stay, for
 * they may be brackets or a keyword. In the order of the text, none overlapping.
 */
export function distantParts(tree: Tree, text: string, offset: number): readonly Cut[] {
  const cuts: Cut[] = [];
  const indentation = /^[ \t]*/.exec(text.slice(lineAt(text, offset), offset))![0].length;
  let node: Node | null = tree.rootNode;
  while (node && node.endIndex - node.startIndex > SMALL) {
    const child: Node | null = childAt(node, offset, indentation);
    if (node.parent === null || node.namedChildCount >= LIST) {
      const above = cutAbove(node, child ?? node.lastChild, text, offset);
      const below = child && cutBelow(node, child, text, offset);
      if (above) cuts.push(above);
      if (below) cuts.push(below);
    }
    node = child && child.startIndex < offset ? child : null;
  }
  return cuts.sort((a, b) => a.from - b.from);
}

/** The text without what is cut, and where `offset`, which no cut holds, comes to stand. */
export function withoutParts(
  text: string,
  offset: number,
  cuts: readonly Cut[],
): { text: string; offset: number } {
  let kept = '';
  let at = 0;
  let shift = 0;
  for (const { from, to } of cuts) {
    kept += text.slice(at, from);
    at = to;
    if (to <= offset) shift += to - from;
  }
  return { text: kept + text.slice(at), offset: offset - shift };
}

/** The child at `offset`. What is indented deeper than the child before goes on with that one, though it ended. */
function childAt(node: Node, offset: number, indentation: number): Node | null {
  const child = node.firstChildForIndex(offset);
  if (child && child.startIndex < offset) return child;
  const before = child ? child.previousSibling : node.lastChild;
  return before && before.startPosition.column < indentation ? before : child;
}

function cutAbove(parent: Node, child: Node | null, text: string, offset: number): Cut | undefined {
  let near = child;
  let far = near?.previousSibling;
  while (far && far.startIndex >= offset - NEAR) {
    near = far;
    far = near.previousSibling;
  }
  if (!near || !far || lineStart(text, near.startIndex) === undefined) return undefined;
  // A root has no bracket to begin with, but PHP's opening tag is such a first member.
  const head = parent.firstChild!;
  const skipsHead = parent.parent === null && head.endIndex - head.startIndex > NEAR;
  const from = skipsHead ? 0 : head.nextSibling && lineStart(text, head.nextSibling.startIndex);
  // Up to the end of a member, not to the beginning of the next: between them stands what was typed since the parse.
  const to = lineAfter(text, far.endIndex);
  return cutBetween(from, to && Math.min(to, lineAt(text, offset)));
}

function cutBelow(parent: Node, child: Node, text: string, offset: number): Cut | undefined {
  let next = child.startIndex > offset ? child : child.nextSibling;
  while (
    next &&
    next.endIndex <= Math.max(offset, child.startIndex > offset ? offset : child.endIndex) + NEAR
  ) {
    next = next.nextSibling;
  }
  if (!next) return undefined;
  const to =
    parent.parent === null ? text.length : parent.lastChild && lineStart(text, parent.lastChild.startIndex);
  return cutBetween(lineStart(text, next.startIndex), to);
}

function cutBetween(from: number | null | undefined, to: number | null | undefined): Cut | undefined {
  return typeof from === 'number' && typeof to === 'number' && to > from ? { from, to } : undefined;
}

/** The start of the line that `offset` is on. */
export function lineAt(text: string, offset: number): number {
  return offset > 0 ? text.lastIndexOf('\n', offset - 1) + 1 : 0;
}

/** The start of the line after a node that is the last on its line, but for a comma; else undefined. */
function lineAfter(text: string, index: number): number | undefined {
  // Python's blocks, and Rust's doc comments, end with their line break.
  if (text[index - 1] === '\n') return index;
  const rest = /[ \t,;]*\r?(?:\n|$)/y;
  rest.lastIndex = index;
  return rest.test(text) ? rest.lastIndex : undefined;
}

/** The start of the line of a node that is the first on its line, else undefined. */
function lineStart(text: string, index: number): number | undefined {
  let at = index;
  while (at > 0 && (text[at - 1] === ' ' || text[at - 1] === '\t')) at--;
  return at === 0 || text[at - 1] === '\n' ? at : undefined;
}
