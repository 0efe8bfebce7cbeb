import { hasAllClasses, isRandom } from './randomness.ts';

/** Where a secret value stands in a text, its end excluded. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Values from this length on are looked at, up to this one they are read. */
const LEAST_QUOTED = 8;
const LEAST_BARE = 12;
const MOST = 512;
/** How far before a value its name is looked for. */
const REACH = 100;

const NAME =
  '(?:pass(?:word|wd|phrase)?|pwd|secret|(?<!public[_-]?key)token|credentials?|auth(?!or)|bearer|(?:api|app|access|private|secret|signing|encryption|account|client|shared|master|webhook|deploy|service|session|storage|hmac|cookie|sas)[_.-]?(?:key|secret|token|pat)(?!s\\b))';
/** What may stand between a name and its quoted value: the end of the name, a type, an operator. */
const BEFORE_QUOTED = new RegExp(
  String.raw`${NAME}\w{0,30}(?:['"]?\]?\)?\s{0,5}(?::\s{0,5}[&'\w.]{1,30}\s{0,5}|\[\]\s{0,5})?(?:=>|:=|={1,3}|!==?|[:,(>])\s{0,5}|['"]?\s{1,5})[bBrRfFuU@$&]{0,2}$`,
  'i',
);
const BEFORE_BARE = new RegExp(String.raw`${NAME}\w{0,30}['"]?(?:=|:[ \t]{1,5}|>)$`, 'i');
/** What every telling name has in it: quicker to look for than to match. */
const TELLING = /pass|pwd|secret|token|cred|auth|bearer|key|[_.-]pat/i;

/** Names that hold a password as such, where one that somebody made up is one as well. */
const PASSWORD =
  /(?:pass(?:word|wd|phrase)?|pwd|secret)[^=:,(]{0,12}['"]?\]?\)?\s{0,5}(?:=>|:=|=|:|,|\()[^=]{0,8}$/i;

/**
 * The value that begins behind the quote at `quote`, if it is given to a telling name such as `password` and looks like
 * a secret. A value whose closing quote is not written yet ends with its line.
 */
export function quotedSecret(text: string, quote: number): Stretch | undefined {
  if (!mayPrecedeQuoted(text, quote)) return undefined;
  const sign = text.charCodeAt(quote);
  const start = quote + 1;
  const limit = Math.min(text.length, start + MOST);
  let end = start;
  for (; end < limit; end++) {
    const code = text.charCodeAt(end);
    if (code === sign || code === 10 || code === 13 || code === 92) break;
    if (code === 32 || code === 9) return undefined;
  }
  if (end - start < LEAST_QUOTED || (end === limit && limit < text.length)) return undefined;
  const value = text.slice(start, end);
  const above = text.slice(Math.max(0, quote - REACH), quote);
  if (!TELLING.test(above)) return undefined;
  const before = () => above.replace(/\\+$/, '').replaceAll('\\"', '"');
  if (isOrdinary(value) || isNamedSo(value, above)) return undefined;
  if (isRandom(value)) return BEFORE_QUOTED.test(before()) ? { start, end } : undefined;
  if (!hasAllClasses(value)) return undefined;
  const name = before();
  return BEFORE_QUOTED.test(name) && PASSWORD.test(name) ? { start, end } : undefined;
}

/** The same of a value without quotes, as in environment files, YAML and query strings, that begins at `start`. */
export function bareSecret(text: string, start: number): Stretch | undefined {
  const limit = Math.min(text.length, start + MOST);
  let end = start;
  while (end < limit && isBare(text.charCodeAt(end))) end++;
  // Padding stands at the end of base64 only; so no character is read twice, however many signs stand in a row.
  for (let signs = 0; signs < 2 && end > start && text[end] === '='; signs++) end++;
  if (end - start < LEAST_BARE || (end === limit && limit < text.length)) return undefined;
  if (end < text.length && !ENDS.includes(text[end]!)) return undefined;
  const value = text.slice(start, end);
  const before = text.slice(Math.max(0, start - REACH), start);
  if (!TELLING.test(before)) return undefined;
  // Names with dots between them are code.
  if (isOrdinary(value) || !isRandom(value) || /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+$/.test(value))
    return undefined;
  return BEFORE_BARE.test(before) ? { start, end } : undefined;
}

const IN_CONNECTION = /(?<=(?:^|[;"'])\s{0,2}(?:password|pwd)\s?=\s?)[^;"'\s]{4,200}/iy;

/** `Server=db;User Id=app;Password=hunter2;`: in such a row of settings any password is one. */
export function passwordInRow(text: string, start: number): Stretch | undefined {
  // `Password=` and `Pwd=` end alike.
  if ((text.charCodeAt(start - 2) | 32) !== 100) return undefined;
  IN_CONNECTION.lastIndex = start;
  const value = IN_CONNECTION.exec(text)?.[0];
  if (value === undefined || isPlaceholder(value)) return undefined;
  const end = start + value.length;
  const inRow = text[end] === ';' || /;[\w ]{1,30}=$/.test(text.slice(Math.max(0, start - 40), start));
  return inRow ? { start, end } : undefined;
}

const ENDS = ' \t\r\n;&"\'`,<#)}]|\\';
const BARE = new Uint8Array(128);
for (const char of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/_.~!@%^*?-') {
  BARE[char.charCodeAt(0)] = 1;
}
const isBare = (code: number): boolean => BARE[code] === 1;

/** The sign before a value's quote, spaces and a string's prefix letter aside, that a name may stand before. */
function mayPrecedeQuoted(text: string, quote: number): boolean {
  for (let at = quote - 1; at >= 0 && quote - at < 8; at--) {
    const role = BEFORE_QUOTE[text.charCodeAt(at)];
    if (role === SIGN) return true;
    // `#define API_KEY "…"` has nothing between.
    if (role !== PASSED) return /[ \t]/.test(text[quote - 1]!) && /\w/.test(text[at]!);
  }
  return false;
}

const SIGN = 1;
const PASSED = 2;
const BEFORE_QUOTE = new Uint8Array(128);
for (const char of '=:,(>') BEFORE_QUOTE[char.charCodeAt(0)] = SIGN;
for (const char of ' \t\\bBrRfFuU@$&\n') BEFORE_QUOTE[char.charCodeAt(0)] = PASSED;

/** Whether a value is the name before it, spelt otherwise: `xsrfToken: 'XSRF-Token'`. */
function isNamedSo(value: string, before: string): boolean {
  const letters = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '');
  return letters(before).includes(letters(value));
}

/** What a program computes, reads from elsewhere, or addresses something by. */
function isOrdinary(value: string): boolean {
  return (
    isPlaceholder(value) ||
    /^(?:[a-z][a-z0-9+.-]{1,20}:\/\/|\.{1,2}\/|[A-Za-z]:\\|sha\d+[-:]|md5:|urn:|data:|\d{4}-\d\d-\d\d)/.test(
      value,
    ) ||
    /\w\(/.test(value) ||
    isPath(value)
  );
}

/** Parts with slashes between them, of which none is random: base64 has slashes, too. */
function isPath(value: string): boolean {
  const parts = value.split('/');
  return parts.length > 1 && !parts.some(isRandom);
}

/** What people write where a password is to be filled in, or read from elsewhere. */
export function isPlaceholder(value: string): boolean {
  return (
    value.includes('«') ||
    /\$\{|\$\(|\{\{|^\$\w|^\{.*\}$|<[^>]*>|%\(|%[sdv](?![A-Za-z0-9])|^%.*%$|\*{3}|x{4}|^x+$|\.{3}|•{3}/i.test(
      value,
    ) ||
    /your|change[-_]?me|example|placeholder|dummy|redacted|insert/i.test(value) ||
    /^(?:pass(?:word|wd)?|pwd|pw|secret|token|postgres|root|admin|test|guest|user|mysql|foo|bar|baz|abc|123|1234|12345|123456|sa|key|api_?key)\d{0,3}$/i.test(
      value,
    )
  );
}
