/**
 * Where the lexer cuts a text: line ends, white space, words, numbers, operators, and every other character for itself.
 * `PIECE` says it all; ASCII, which is nearly everything, is cut by hand in a third of the time.
 */
export const PIECE =
  /\n|[ \t\r\f\v\u00a0]+|[\p{L}_$][\p{L}\p{N}_$]*|\p{N}[\p{L}\p{N}_.]*|=>|->|::|\?\.|\?\?|&&|\|\||===?|!==?|<=|>=|\+=|-=|\*=|\/=|:=|\+\+|--|\.\.\.?|\*\*|\/\/+|\/\*\*?|\*\/|<!--|"""|'''|```|#\[|[\s\S]/uy;

/** Begins a word. */
const LETTER = 1;
const DIGIT = 2;
const SPACE = 3;
/** May be longer than one character. */
const OPERATOR = 4;

const CLASSES = new Uint8Array(128);
const classify = (chars: string, what: number) => {
  for (const char of chars) CLASSES[char.charCodeAt(0)] = what;
};
classify('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_$', LETTER);
classify('0123456789', DIGIT);
classify(' \t\r\f\v', SPACE);
classify('=-:?&|!<>+*/."\'`#', OPERATOR);

const DOLLAR = 36;
const DOT = 46;
const SLASH = 47;

export const isSpace = (code: number): boolean => (code < 128 ? CLASSES[code] === SPACE : code === 0xa0);

/** Whether a piece is a word. */
export function isWord(piece: string): boolean {
  const code = piece.charCodeAt(0);
  return code < 128 ? CLASSES[code] === LETTER : /^\p{L}/u.test(piece);
}

/** Whether a piece is a number. */
export function isNumber(piece: string): boolean {
  const code = piece.charCodeAt(0);
  return code < 128 ? CLASSES[code] === DIGIT : /^\p{N}/u.test(piece);
}

/** The end of the piece that begins at `at`. */
export function pieceEnd(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code >= 128) return anyEnd(text, at);
  switch (CLASSES[code]) {
    case LETTER:
      return wordEnd(text, at);
    case DIGIT:
      return numberEnd(text, at);
    case SPACE:
      return spaceEnd(text, at);
    case OPERATOR:
      return at + operatorLength(text, at, code);
    default:
      return at + 1;
  }
}

function anyEnd(text: string, at: number): number {
  PIECE.lastIndex = at;
  PIECE.test(text);
  return PIECE.lastIndex;
}

function wordEnd(text: string, start: number): number {
  for (let at = start + 1; ; at++) {
    const code = text.charCodeAt(at);
    if (code >= 128) return anyEnd(text, start);
    // Behind the end is no number, and no class.
    const what = CLASSES[code];
    if (what !== LETTER && what !== DIGIT) return at;
  }
}

function numberEnd(text: string, start: number): number {
  for (let at = start + 1; ; at++) {
    const code = text.charCodeAt(at);
    if (code >= 128) return anyEnd(text, start);
    const what = CLASSES[code];
    const goesOn = (what === LETTER && code !== DOLLAR) || what === DIGIT || code === DOT;
    if (!goesOn) return at;
  }
}

function spaceEnd(text: string, start: number): number {
  let at = start + 1;
  while (isSpace(text.charCodeAt(at))) at++;
  return at;
}

/** By the first character what follows it, the first that fits; the character alone where nothing does. */
const LONGER: readonly (readonly string[] | undefined)[] = (() => {
  const rows: string[][] = [];
  const all =
    '=> -> :: ?. ?? && || === == !== != <= >= += -= *= /= := ++ -- ... .. ** /** /* */ <!-- """ \'\'\' ``` #[';
  for (const operator of all.split(' ')) {
    const code = operator.charCodeAt(0);
    rows[code] ??= [];
    rows[code].push(operator.slice(1));
  }
  return Array.from({ length: 128 }, (_, code) => rows[code]);
})();

function operatorLength(text: string, at: number, code: number): number {
  // Any number of slashes begins a comment.
  if (code === SLASH && text.charCodeAt(at + 1) === SLASH) {
    let end = at + 2;
    while (text.charCodeAt(end) === SLASH) end++;
    return end - at;
  }
  const next = text.charCodeAt(at + 1);
  for (const rest of LONGER[code] ?? []) {
    if (rest.charCodeAt(0) === next && (rest.length === 1 || text.startsWith(rest, at + 1)))
      return rest.length + 1;
  }
  return 1;
}
