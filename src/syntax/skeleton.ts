import type { Tree } from 'web-tree-sitter';
import { type Cut, lineAt, NEAR } from './focus.ts';

/** A line that goes on with what was begun at its indentation before, and makes no sense without it. */
const GOES_ON =
  /^[ \t]*(?:[)\]}]|\{\s*$|(?:else|elif|elsif|except|finally|rescue|ensure|catch|when|case|default|end|fi|done|esac|where)\b)/;
const OPENS = /[([{:]\s*$/;
/** A line that ends one part of a block and begins the next. */
const PARTS = /^[ \t]*(?:else|elif|elsif|except|finally|rescue|ensure|catch|when|case|default)\b/;
/** A label or a directive stands further out than what it belongs to. */
const STANDS_OUT = /^[ \t]*(?:(?!try|else|finally|default)\w+:\s*$|#\w)/;
/** A comment or a string that is longer is not looked for. */
const LONGEST_LITERAL = 5_000;
/** Lines that are looked at for a blank one. */
const CALM = 12;
/** Lines that are looked at on each side; what is further away than that is not missed. */
const MOST_LINES = 3_000;

/**
 * The same without a tree, told by indentation alone: what stays are the lines near `offset`, the lines that these are
 * indented under, and the lines that close those. Needs no sound text, and takes what is indented for well indented. Of a
 * tree, sound or not, it takes where strings and comments are.
 */
export function distantLines(text: string, offset: number, tree?: Tree): readonly Cut[] {
  const literal = (at: number) => (tree ? literalIn(tree, at) : literalAt(text, at));
  const { from, to } = calmAround(text, offset, literal);
  // PHP is text up to its opening tag.
  const first = text.startsWith('<?') ? text.indexOf('\n') + 1 : 0;
  const near = { from: Math.max(from, first), to };
  return between(
    [
      { from: 0, to: first },
      ...linesAbove(text, near, first, literal),
      near,
      ...linesBelow(text, near, literal),
      ...ends(text, near),
    ],
    text,
  );
}

/** At least what is near, up to a blank line where no comment or string goes on: there a statement hardly does. */
function calmAround(text: string, offset: number, literal: LiteralOf): Cut {
  let from = lineAt(text, offset - NEAR);
  for (let more = CALM; from > 0 && more > 0; more--) {
    const above = lineAt(text, from - 1);
    if (text.slice(above, from).trim() === '') break;
    from = above;
  }
  let to = lineEnd(text, offset + NEAR);
  for (let more = CALM; to < text.length && more > 0; more--) {
    const below = lineEnd(text, to);
    if (text.slice(to, below).trim() === '') break;
    to = below;
  }
  const opened = literal(from);
  const closed = literal(to);
  return {
    from: opened ? lineAt(text, opened.start) : from,
    to: closed && closed.end >= 0 ? lineEnd(text, closed.end) : to,
  };
}

/** A comment or a string: where it begins, and where it ends, -1 if it does not. */
interface Literal {
  readonly start: number;
  readonly end: number;
}

type LiteralOf = (at: number) => Literal | undefined;

function literalIn(tree: Tree, at: number): Literal | undefined {
  let literal: Literal | undefined;
  for (let node = tree.rootNode.descendantForIndex(at); node; node = node.parent) {
    if (!/comment|string|template|heredoc|literal/.test(node.type)) break;
    if (node.startIndex < at && at < node.endIndex) literal = { start: node.startIndex, end: node.endIndex };
  }
  return literal;
}

/** The same without a tree. */
function literalAt(text: string, at: number): Literal | undefined {
  for (const [open, close] of [
    ['/*', '*/'],
    ['"""', '"""'],
    ["'''", "'''"],
  ] as const) {
    const start = at > 0 ? text.lastIndexOf(open, at - 1) : -1;
    if (start < 0 || at - start > LONGEST_LITERAL) continue;
    if (open === close ? isClosing(text, start, open) : text.lastIndexOf(close, at - 1) > start) continue;
    return { start, end: text.indexOf(close, Math.max(at, start + open.length)) };
  }
  return undefined;
}

/** Whether a mark that both opens and closes closes here, told by how many there are before. */
function isClosing(text: string, mark: number, kind: string): boolean {
  let count = 0;
  for (let at = text.indexOf(kind); at >= 0 && at < mark; at = text.indexOf(kind, at + kind.length)) count++;
  return count % 2 === 1;
}

/** The lines that those from `near` on are indented under, in the order of the text. */
function linesAbove(text: string, near: Cut, first: number, literal: LiteralOf): Cut[] {
  const kept: Cut[] = [];
  let level = levelAt(text, near.from);
  let goesOn = GOES_ON.test(lineOf(text, near.from));
  const belongs = (lineStart: number) => {
    const line = lineOf(text, lineStart);
    const indentation = STANDS_OUT.test(line) ? -1 : widthOf(line);
    return indentation >= 0 && (indentation < level || goesOn);
  };
  let to = near.from;
  for (let count = 0; to > first && (level > 0 || goesOn) && count < MOST_LINES; count++) {
    let from = lineAt(text, to - 1);
    // What looks like a line of code may be one of a string, which is kept whole or not at all.
    const inside = belongs(from) ? literal(from) : undefined;
    if (inside) from = lineAt(text, inside.start);
    if (belongs(from)) {
      const end = inside && inside.end >= 0 ? lineEnd(text, inside.end) : headEnd(text, from);
      kept.push({ from, to: Math.min(near.from, end) });
      const indentation = widthOf(lineOf(text, from));
      if (indentation <= level) {
        level = indentation;
        goesOn = GOES_ON.test(lineOf(text, from));
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
function linesBelow(text: string, near: Cut, literal: LiteralOf): Cut[] {
  const kept: Cut[] = [];
  let level = levelBefore(text, near.to);
  // What goes on at the level of the last line, goes on with what is kept.
  let open = true;
  let from = near.to;
  for (let count = 0; from < text.length && (level > 0 || open) && count < MOST_LINES; count++) {
    const to = lineEnd(text, from);
    const line = text.slice(from, to);
    const indentation = STANDS_OUT.test(line) ? -1 : widthOf(line);
    const belongs = indentation >= 0 && (indentation < level || (indentation === level && open));
    const inside = belongs ? literal(from) : undefined;
    if (inside && inside.end > to) {
      from = lineEnd(text, inside.end);
      continue;
    }
    if (belongs) {
      level = indentation;
      open = PARTS.test(line) || (GOES_ON.test(line) && OPENS.test(line));
      if (GOES_ON.test(line)) kept.push({ from, to });
    }
    from = to;
  }
  return kept;
}

/** A block whose lines are not indented, as a namespace of C++: it ends where the text does. */
const FLAT = /^(?:(?:inline )?namespace\b|extern "C").*\{\s*$/gm;
/** How far from the end of the text flat blocks end. */
const END = 400;

/** The ends of the flat blocks that begin in what is near. */
function ends(text: string, near: Cut): Cut[] {
  const count = text.slice(near.from, near.to).match(FLAT)?.length ?? 0;
  const from = Math.max(near.to, text.length - END);
  if (count === 0 || from >= text.length) return [];
  const closers = [...text.slice(from).matchAll(/^\}.*(?:\n|$)/gm)].slice(-count);
  return closers.map(({ 0: line, index }) => ({ from: from + index, to: from + index + line.length }));
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
