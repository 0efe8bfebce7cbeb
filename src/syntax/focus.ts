import type { Node, Tree } from 'web-tree-sitter';

/** A stretch of text, end excluded. */
export interface Cut {
  readonly from: number;
  readonly to: number;
}

/** Texts up to this length are not worth shortening. */
export const SMALL = 4_000;
/** How much of the neighbours is kept on each side of the cursor, in characters. */
const NEAR = 600;
/** Fewer children than this are parts of one thing, but for the root; more are a list, whose members can be missed. */
const LIST = 6;

/**
 * What of a text can be left out so that the rest is short and still says the same about the syntax at `offset`: whole
 * lines of members that are far from it, at each level on the way down to it. The first and the last member stay, for
 * they may be brackets or a keyword. In the order of the text, none overlapping.
 */
export function distantParts(tree: Tree, text: string, offset: number): readonly Cut[] {
  const cuts: Cut[] = [];
  let node: Node | null = tree.rootNode;
  while (node && node.endIndex - node.startIndex > SMALL) {
    const child: Node | null = node.firstChildForIndex(offset);
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

/** A line that goes on with what was begun at its indentation before, and makes no sense without it. */
const GOES_ON =
  /^[ \t]*(?:[){\]}]|(?:else|elif|elsif|except|finally|rescue|ensure|catch|when|case|default|end|fi|done|esac)\b)/;
const OPENS = /[([{:]\s*$/;
/** Lines that are looked at for a blank one. */
const CALM = 12;
/** Lines that are looked at on each side; what is further away than that is not missed. */
const MOST_LINES = 3_000;

/**
 * The same without a tree, told by indentation alone: what stays are the lines near `offset`, the lines that these are
 * indented under, and the lines that close those. Needs no sound text, and takes what is indented for well indented.
 */
export function distantLines(text: string, offset: number): readonly Cut[] {
  const { from, to } = calmAround(text, offset);
  // PHP is text up to its opening tag.
  const first = text.startsWith('<?') ? text.indexOf('\n') + 1 : 0;
  const near = { from: Math.max(from, first), to };
  return between(
    [{ from: 0, to: first }, ...linesAbove(text, near, first), near, ...linesBelow(text, near)],
    text,
  );
}

/** At least what is near, up to a blank line or the end of a comment, where a statement hardly goes on. */
function calmAround(text: string, offset: number): Cut {
  const inComment = (line: string) => /^[ \t]*\*(?!\/)/.test(line);
  let from = lineAt(text, offset - NEAR);
  for (let more = CALM; from > 0 && more > 0; more--) {
    const above = lineAt(text, from - 1);
    if (text.slice(above, from).trim() === '' && !inComment(lineOf(text, from))) break;
    from = above;
  }
  let to = lineEnd(text, offset + NEAR);
  for (let more = CALM; to < text.length && more > 0; more--) {
    const below = lineEnd(text, to);
    if (text.slice(to, below).trim() === '' || /\*\/\s*$/.test(text.slice(lineAt(text, to - 1), to))) break;
    to = below;
  }
  return { from, to };
}

/** The lines that those from `near` on are indented under, in the order of the text. */
function linesAbove(text: string, near: Cut, first: number): Cut[] {
  const kept: Cut[] = [];
  let level = levelAt(text, near.from);
  // A comment of several lines is kept whole.
  let whole = /^[ \t]*\*/.test(text.slice(near.from, near.from + 200));
  let goesOn = GOES_ON.test(lineOf(text, near.from));
  let to = near.from;
  for (let count = 0; to > first && (level > 0 || whole || goesOn) && count < MOST_LINES; count++) {
    const from = lineAt(text, to - 1);
    const line = text.slice(from, to);
    const indentation = widthOf(line);
    if (whole || (indentation >= 0 && (indentation < level || (goesOn && indentation >= level)))) {
      kept.push({ from, to: Math.min(near.from, headEnd(text, from)) });
      whole &&= !/^[ \t]*\/\*/.test(line);
      if (!whole && indentation >= 0 && indentation <= level) {
        level = indentation;
        goesOn = GOES_ON.test(line);
      }
    }
    to = from;
  }
  return kept.reverse();
}

/** The end of the line, or of the line where the parentheses of a function's head close. */
function headEnd(text: string, lineStart: number): number {
  let end = lineStart;
  let depth = 0;
  for (let more = CALM; more > 0 && end < text.length; more--) {
    const next = lineEnd(text, end);
    for (const char of text.slice(end, next)) depth += char === '(' ? 1 : char === ')' ? -1 : 0;
    end = next;
    if (depth <= 0) return end;
  }
  return lineEnd(text, lineStart);
}

/** The lines that close what is still open behind those up to `near`. */
function linesBelow(text: string, near: Cut): Cut[] {
  const kept: Cut[] = [];
  let level = levelBefore(text, near.to);
  let open = false;
  let from = near.to;
  for (let count = 0; from < text.length && (level > 0 || open) && count < MOST_LINES; count++) {
    const to = lineEnd(text, from);
    const line = text.slice(from, to);
    const indentation = widthOf(line);
    if (indentation >= 0 && (indentation < level || (indentation === level && open))) {
      level = indentation;
      open = GOES_ON.test(line) && OPENS.test(line);
      if (GOES_ON.test(line)) kept.push({ from, to });
    }
    from = to;
  }
  return kept;
}

/** What lies between stretches that are in order. */
function between(kept: readonly Cut[], text: string): Cut[] {
  const cuts: Cut[] = [];
  let at = 0;
  for (const { from, to } of [...kept, { from: text.length, to: text.length }]) {
    if (from > at) cuts.push({ from: at, to: from });
    at = Math.max(at, to);
  }
  return cuts;
}

/** Indentation of the first line at or after a line start, and of the last one before, that is not blank. */
function levelAt(text: string, lineStart: number): number {
  for (let from = lineStart; from < text.length; from = text.indexOf('\n', from) + 1 || text.length) {
    const width = widthOf(lineOf(text, from));
    if (width >= 0) return width;
  }
  return 0;
}

function levelBefore(text: string, lineStart: number): number {
  for (let to = lineStart; to > 0; to = lineAt(text, to - 1)) {
    const line = text.slice(lineAt(text, to - 1), to);
    if (line.trim() !== '') return widthOf(line) + (OPENS.test(line) ? 1 : 0);
  }
  return 0;
}

/** The start of the line after the one that `offset` is on. */
function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end + 1;
}

function lineOf(text: string, lineStart: number): string {
  const end = text.indexOf('\n', lineStart);
  return text.slice(lineStart, end < 0 ? text.length : end);
}

/** Columns of indentation, a tab to the next multiple of four; -1 for a blank line, which says nothing. */
function widthOf(line: string): number {
  let width = 0;
  for (const char of line) {
    if (char === ' ') width++;
    else if (char === '\t') width = (width & ~3) + 4;
    else return char === '\n' || char === '\r' ? -1 : width;
  }
  return -1;
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

function lineAt(text: string, offset: number): number {
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
