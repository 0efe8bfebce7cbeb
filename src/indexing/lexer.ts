import { withRoom } from './growing.ts';
import { isNumber, isSpace, isWord, pieceEnd } from './pieces.ts';
import { Words } from './words.ts';

/**
 * One generic pass over any text, with no grammar: words, numbers, operators and line ends. Strings and comments are
 * not special, so that the words in them are found too and a broken file never derails the lexer.
 *
 * A token is 32 bits: the low 24 name a string, the high 8 carry what the id does not say. For a line end they count
 * the lines that it spans (blank lines are dropped, but counted); for every other token bit 24 says that white space
 * stands before it and bits 25 to 27 what kind of token it is.
 */
export const ID_MASK = 0xff_ffff;
const SPACE_BIT = 1 << 24;
const KIND_SHIFT = 25;
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
/** What kind of token it is; for a line end always `OTHER`. */
export const kindOf = (token: number): number => (isNewline(token) ? OTHER : (token >>> KIND_SHIFT) & 7);
/** The same token under another id, as when a file's own ids are exchanged for the vocabulary's. */
export const withId = (token: number, id: number): number => ((token & ~ID_MASK) | id) >>> 0;

export const OTHER = 0;
/** A word that a programmer chose. */
export const NAME = 1;
/** A word that the language gives. */
export const KEYWORD = 2;
export const NUMBER = 3;
export const QUOTE = 4;
export const OPENER = 5;
export const CLOSER = 6;

export interface Lexed {
  /** Packed tokens; the id of a token is an index into `strings`. */
  readonly tokens: Uint32Array;
  /** Distinct token texts, the reserved three first. */
  readonly strings: readonly string[];
}

/** Of the languages that Wisp knows, together: a name of one that is a keyword of another is a rare nuisance. */
const KEYWORDS: ReadonlySet<string> = new Set(
  (
    'abstract and any as assert async await bool boolean break byte case catch chan char class const continue crate ' +
    'def default defer del do double dyn elif else elsif end ensure enum err error except export extends extern ' +
    'false False final finally float fn for from func function global go goto if impl implements import in int ' +
    'interface internal is isinstance it lambda len let loop map match mod module move mut namespace new nil None ' +
    'nonlocal not null number or override package pass print private protected pub public raise range readonly ref ' +
    'rescue return Self self select static str string struct super switch template this throw throws trait true ' +
    'True try type typedef typeof undefined union unless unsafe until use using var virtual void when where while ' +
    'with yield Err None Ok Option Result Some String Vec usize i32 i64 u32 u64 u8 Promise Record'
  ).split(' '),
);

const KINDS_OF_SIGNS: ReadonlyMap<string, number> = new Map([
  ...['"', "'", '`', '"""', "'''", '```'].map(sign => [sign, QUOTE] as const),
  ...['(', '[', '{', '#['].map(sign => [sign, OPENER] as const),
  ...[')', ']', '}'].map(sign => [sign, CLOSER] as const),
]);

function kindOfText(text: string): number {
  if (isWord(text)) return KEYWORDS.has(text) ? KEYWORD : NAME;
  return isNumber(text) ? NUMBER : (KINDS_OF_SIGNS.get(text) ?? OTHER);
}

const TAB = 9;
const LINE_END = 10;
const CARRIAGE_RETURN = 13;

/** Longer words are data (hashes, base64), not names: they are cut so that the vocabulary stays small. */
const MOST_CHARS = 64;

export function lex(text: string): Lexed {
  const words = new Words(text, RESERVED);
  const kinds: number[] = RESERVED.map(() => OTHER);
  const row = new TokenRow(text.length);
  let space = false;
  let atLineStart = true;
  let indent = 0;

  for (let at = 0; at < text.length; ) {
    const start = at;
    const first = text.charCodeAt(start);
    at = pieceEnd(text, start);
    if (first === LINE_END) {
      row.lines++;
      atLineStart = true;
      indent = 0;
      space = false;
      continue;
    }
    if (isSpace(first)) {
      if (atLineStart) indent = widthOf(text, start, at);
      else space = true;
      continue;
    }
    // Blank lines above the first token count too, or every line number below would be off.
    if (atLineStart) row.beginLine(indent);
    atLineStart = false;
    const id = words.at(start, Math.min(at, start + MOST_CHARS));
    if (id === kinds.length) kinds.push(kindOfText(words.strings[id]!) << KIND_SHIFT);
    row.push(((space ? SPACE_BIT : 0) | kinds[id]! | id) >>> 0);
    space = false;
  }
  return { tokens: row.finished(indent), strings: words.strings };
}

/** Tokens as they come, and the line ends between them. */
class TokenRow {
  /** Line ends since the last token. */
  lines = 0;
  #tokens: Uint32Array;
  #count = 0;
  #indent = 0;

  constructor(chars: number) {
    this.#tokens = new Uint32Array(Math.max(16, chars >> 2));
  }

  push(token: number): void {
    if (this.#count === this.#tokens.length) this.#tokens = withRoom(this.#tokens, this.#count + 1);
    this.#tokens[this.#count++] = token;
  }

  /** Before the first token of a line that is indented so far. */
  beginLine(indent: number): void {
    if (this.#count === 0) this.#indent = indent;
    if (this.lines > 0) this.#endLines(indent);
  }

  /** The end of the text: a line that stands finished is told from one that is still being written. */
  finished(indent: number): Uint32Array {
    if (this.lines > 0 && this.#count > 0) this.#endLines(Math.min(indent, this.#indent));
    return this.#tokens.slice(0, this.#count);
  }

  #endLines(indent: number): void {
    const kind =
      indent > this.#indent ? NEWLINE_DEEPER : indent < this.#indent ? NEWLINE_SHALLOWER : NEWLINE_SAME;
    for (; this.lines > MOST_LINES; this.lines -= MOST_LINES)
      this.push(((MOST_LINES << LINES_SHIFT) | NEWLINE_SAME) >>> 0);
    this.push(((this.lines << LINES_SHIFT) | kind) >>> 0);
    this.lines = 0;
    this.#indent = indent;
  }
}

/** Columns that white space takes, a tab to the next multiple of four; only ever compared. */
function widthOf(text: string, start: number, end: number): number {
  let width = 0;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === TAB) width = (width & ~3) + 4;
    else if (code !== CARRIAGE_RETURN) width++;
  }
  return width;
}
