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

const TOKEN =
  /\n|[ \t\r\f\v\u00a0]+|[\p{L}_$][\p{L}\p{N}_$]*|\p{N}[\p{L}\p{N}_.]*|=>|->|::|\?\.|\?\?|&&|\|\||===?|!==?|<=|>=|\+=|-=|\*=|\/=|:=|\+\+|--|\.\.\.?|\*\*|\/\/+|\/\*\*?|\*\/|<!--|"""|'''|```|#\[|[\s\S]/gu;

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

function kindOfText(text: string): number {
  if (/^[\p{L}_$]/u.test(text)) return KEYWORDS.has(text) ? KEYWORD : NAME;
  if (/^\p{N}/u.test(text)) return NUMBER;
  if (/^["'`]/.test(text)) return QUOTE;
  if (text === '(' || text === '[' || text === '{' || text === '#[') return OPENER;
  return text === ')' || text === ']' || text === '}' ? CLOSER : OTHER;
}

/** Longer words are data (hashes, base64), not names: they are cut so that the vocabulary stays small. */
const MOST_CHARS = 64;

export function lex(text: string): Lexed {
  const strings: string[] = [...RESERVED];
  const ids = new Map<string, number>();
  const kinds: number[] = RESERVED.map(() => OTHER);
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
      kinds.push(kindOfText(word) << KIND_SHIFT);
    }
    push(((space ? SPACE_BIT : 0) | kinds[id]! | id) >>> 0);
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
