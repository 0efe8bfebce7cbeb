/**
 * One generic pass over any text, with no grammar: words, numbers, operators and line ends. Strings and comments are
 * not special, so that the words in them are found too and a broken file never derails the lexer.
 *
 * A token is 32 bits: the low 24 name a string, the high 8 carry what the string does not say. For a line end they
 * count the lines that it spans (blank lines are dropped, but counted), for every other token bit 24 says that white
 * space stands before it.
 */
export const ID_MASK = 0xff_ffff;
const SPACE_BIT = 1 << 24;
const LINES_SHIFT = 24;
const MOST_LINES = 0xff;

/** A line end, told apart by how the next line that is not blank is indented. These ids are the same everywhere. */
export const NEWLINE_SAME = 0;
export const NEWLINE_DEEPER = 1;
export const NEWLINE_SHALLOWER = 2;
/** The strings of the three line ends; every vocabulary begins with them. */
export const RESERVED = ['\n', '\n>', '\n<'] as const;

export const idOf = (token: number): number => token & ID_MASK;
export const isNewline = (token: number): boolean => (token & ID_MASK) < RESERVED.length;
export const spaceBefore = (token: number): boolean => !isNewline(token) && (token & SPACE_BIT) !== 0;
/** How many lines a token leads down; 0 but for line ends. */
export const linesOf = (token: number): number => (isNewline(token) ? token >>> LINES_SHIFT : 0);
/** The same token under another id, as when a file's own ids are exchanged for the vocabulary's. */
export const withId = (token: number, id: number): number => ((token & ~ID_MASK) | id) >>> 0;

export interface Lexed {
  /** Packed tokens; the id of a token is an index into `strings`. */
  readonly tokens: Uint32Array;
  /** Distinct token texts, the reserved three first. */
  readonly strings: readonly string[];
}

const TOKEN =
  /\n|[ \t\r\f\v\u00a0]+|[\p{L}_$][\p{L}\p{N}_$]*|\p{N}[\p{L}\p{N}_.]*|=>|->|::|\?\.|\?\?|&&|\|\||===?|!==?|<=|>=|\+=|-=|\*=|\/=|:=|\+\+|--|\.\.\.?|\*\*|\/\/+|\/\*\*?|\*\/|<!--|"""|'''|```|#\[|[\s\S]/gu;

/** Longer words are data (hashes, base64), not names: they are cut so that the vocabulary stays small. */
const MOST_CHARS = 64;

export function lex(text: string): Lexed {
  const strings: string[] = [...RESERVED];
  const ids = new Map<string, number>();
  let tokens = new Uint32Array(Math.max(16, text.length >> 2));
  let count = 0;
  const push = (token: number) => {
    if (count === tokens.length) {
      const larger = new Uint32Array(count * 2);
      larger.set(tokens);
      tokens = larger;
    }
    tokens[count++] = token;
  };

  let space = false;
  let atLineStart = true;
  let indent = 0;
  let lastIndent = 0;
  let lines = 0;
  const endLines = () => {
    const kind =
      indent > lastIndent ? NEWLINE_DEEPER : indent < lastIndent ? NEWLINE_SHALLOWER : NEWLINE_SAME;
    for (; lines > MOST_LINES; lines -= MOST_LINES) push(((MOST_LINES << LINES_SHIFT) | NEWLINE_SAME) >>> 0);
    push(((lines << LINES_SHIFT) | kind) >>> 0);
    lines = 0;
    lastIndent = indent;
  };

  for (const [piece] of text.matchAll(TOKEN)) {
    const first = piece.charCodeAt(0);
    if (first === 10) {
      lines++;
      atLineStart = true;
      indent = 0;
      space = false;
      continue;
    }
    if (first === 32 || first === 9 || first === 13 || first === 11 || first === 12 || first === 0xa0) {
      if (atLineStart) indent = widthOf(piece);
      else space = true;
      continue;
    }
    if (count === 0) lastIndent = indent;
    // Blank lines above the first token count too, or every line number below would be off.
    if (lines > 0) endLines();
    atLineStart = false;
    const word = piece.length > MOST_CHARS ? piece.slice(0, MOST_CHARS) : piece;
    let id = ids.get(word);
    if (id === undefined) {
      id = strings.length;
      ids.set(word, id);
      strings.push(word);
    }
    push(((space ? SPACE_BIT : 0) | id) >>> 0);
    space = false;
  }
  // The end of the text: a line that stands finished is told from one that is still being written.
  if (lines > 0 && count > 0) {
    indent = Math.min(indent, lastIndent);
    endLines();
  }
  return { tokens: tokens.slice(0, count), strings };
}

/** Columns that white space takes, a tab to the next multiple of four; only ever compared. */
function widthOf(space: string): number {
  let width = 0;
  for (let i = 0; i < space.length; i++) {
    if (space.charCodeAt(i) === 9) width = (width & ~3) + 4;
    else if (space.charCodeAt(i) !== 13) width++;
  }
  return width;
}
