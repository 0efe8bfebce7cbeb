import { bareSecret, isPlaceholder, passwordInRow, quotedSecret } from './assignedSecrets.ts';
import { isRandom } from './randomness.ts';
import { TOKEN_FORMS, type TokenForm } from './tokenForms.ts';

/** What stands in a text where a secret stood. Its length says nothing of the secret's. */
export const MASK = '«secret»';

/** Where a credential stands in a text, in UTF-16 units, the end excluded. */
export interface Secret {
  readonly start: number;
  readonly end: number;
  /** What it is, in words that follow 'what looks like': `a GitHub token`. */
  readonly kind: string;
}

/**
 * What looks like a credential, in the order of the text and without overlap: well-known token forms, private keys,
 * passwords in addresses, and random-looking values that are given to a name such as `password`. A value that is a
 * placeholder is left alone. Takes time in proportion to the text, whatever the text is.
 */
export function secretsIn(text: string): readonly Secret[] {
  const found: Secret[] = [];
  let at = 0;
  while (at < text.length) {
    const role = roleAt(text, at);
    if (role === WORD) {
      const start = isEscape(text, at) ? at + 1 : at;
      const token = tokenAt(text, start);
      if (token) found.push(token);
      // No token begins within a word, nor in one that was found.
      at = token ? token.end : start + 1;
      while (at < text.length && roleAt(text, at) === WORD) at++;
      continue;
    }
    if (role !== 0) {
      const other = role === QUOTE ? quoted(text, at) : valueBehind(text, at);
      if (other) found.push(other);
    }
    at++;
  }
  return merged([...found, ...keyEnds(text), ...besideAccessKeys(text, found)]);
}

/** Replaces what looks like a credential by `MASK`. */
export function maskSecrets(text: string): string {
  return replaced(text, secretsIn(text), () => MASK);
}

/** The same for a text of which lines are counted: a secret of several lines leaves as many. */
export function maskLines(text: string): string {
  return replaced(text, secretsIn(text), secret => MASK + '\n'.repeat(secret.split('\n').length - 1));
}

/** Whether there is something to mask. */
export function hasSecret(text: string): boolean {
  return secretsIn(text).length > 0;
}

function replaced(text: string, secrets: readonly Secret[], mask: (secret: string) => string): string {
  let masked = '';
  let done = 0;
  for (const { start, end } of secrets) {
    masked += text.slice(done, start) + mask(text.slice(start, end));
    done = end;
  }
  return done === 0 ? text : masked + text.slice(done);
}

const WORD = 1;
const QUOTE = 2;
const OPERATOR = 3;

/** What a character means to the scan, by its code. */
const ROLES = new Uint8Array(128);
for (const char of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-') {
  ROLES[char.charCodeAt(0)] = WORD;
}
for (const char of '"\'`') ROLES[char.charCodeAt(0)] = QUOTE;
for (const char of '=:>') ROLES[char.charCodeAt(0)] = OPERATOR;

function roleAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  return code < 128 ? ROLES[code]! : 0;
}

/** A beginning of a form, by its first two characters; one of a single character stands under every second. */
const BEGINNINGS = new Map<number, (readonly [start: string, form: TokenForm])[]>();
/** Whether there is one: nearly never. */
const BEGINS = new Uint8Array(1 << 14);
for (const form of TOKEN_FORMS) {
  for (const start of form.starts) {
    const seconds = start.length > 1 ? [start.charCodeAt(1)] : Array.from({ length: 128 }, (_, code) => code);
    for (const second of seconds) {
      const key = keyOf(start.charCodeAt(0), second);
      BEGINNINGS.set(key, [...(BEGINNINGS.get(key) ?? []), [start, form]]);
      BEGINS[key] = 1;
    }
  }
}

function keyOf(first: number, second: number): number {
  return (first << 7) | second;
}

function tokenAt(text: string, at: number): Secret | undefined {
  const second = text.charCodeAt(at + 1);
  const key = second < 128 ? keyOf(text.charCodeAt(at), second) : 0;
  // Behind a plus sign goes on what is base64.
  if (BEGINS[key] !== 1 || text.charCodeAt(at - 1) === 43) return undefined;
  for (const [start, { kind, pattern, random }] of BEGINNINGS.get(key)!) {
    if (!text.startsWith(start, at)) continue;
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (!match) continue;
    const secret = match.groups?.secret ?? match[0];
    const plain = random ? !isRandom(secret) || isPlaceholder(secret) : BLANKED.test(secret);
    if (plain) continue;
    const end = at + match[0].length;
    return { start: end - secret.length, end, kind };
  }
  return undefined;
}

/** A form that is filled in to be read, not used. */
const BLANKED = /x{4}|\*{3}|\.{3}/i;

function quoted(text: string, at: number): Secret | undefined {
  const value = quotedSecret(text, at);
  return value && { ...value, kind: 'a password or a key' };
}

function valueBehind(text: string, at: number): Secret | undefined {
  const code = text.charCodeAt(at);
  const colon = code === 58;
  if (colon && text.startsWith('//', at + 1)) return passwordInAddress(text, at);
  let start = at + 1;
  // `key: value` has a space, `key=value` has none.
  if (colon) while (start < at + 6 && text.charCodeAt(start) === 32) start++;
  if (colon && start === at + 1) return telegramToken(text, at);
  const value = bareSecret(text, start) ?? (code === 61 ? passwordInRow(text, start) : undefined);
  return value && { ...value, kind: 'a password or a key' };
}

const ADDRESS = /:\/\/[^\s:/@'"`<>]{0,100}:(?<secret>[^\s/'"`<>]{3,200})@/y;

function passwordInAddress(text: string, colon: number): Secret | undefined {
  ADDRESS.lastIndex = colon;
  const match = ADDRESS.exec(text);
  const secret = match?.groups?.secret;
  if (!match || !secret || isPlaceholder(secret)) return undefined;
  const end = colon + match[0].length - 1;
  return { start: end - secret.length, end, kind: 'a password in an address' };
}

const TELEGRAM = /(?<=(?<![A-Za-z0-9])(?<id>\d{8,10})):AA[A-Za-z0-9_-]{30,36}(?![A-Za-z0-9_-])/y;

function telegramToken(text: string, colon: number): Secret | undefined {
  if (text.charCodeAt(colon + 1) !== 65) return undefined;
  TELEGRAM.lastIndex = colon;
  const match = TELEGRAM.exec(text);
  if (!match) return undefined;
  return { start: colon - match.groups!.id!.length, end: colon + match[0].length, kind: 'a Telegram token' };
}

/** `\n` in a string: the word begins behind it. */
function isEscape(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return (code === 110 || code === 114 || code === 116) && text.charCodeAt(at - 1) === 92;
}

const KEY_END = /-----END [A-Z0-9 ]{0,30}PRIVATE KEY(?: BLOCK)?-----/g;
/** Of a key's line, be it in quotes or with its line end written out. */
const KEY_SIGN = /[A-Za-z0-9+/=\s"',\\]/;
/** What the longest usual key takes. */
const LONGEST_KEY = 8_000;
/** Less is a sentence that names the line. */
const LEAST_KEY = 16;

/** Keys that lost their beginning: what stands above their end and could be of one. */
function keyEnds(text: string): readonly Secret[] {
  if (!text.includes('-----END ')) return [];
  let before = 0;
  return [...text.matchAll(KEY_END)].flatMap(({ 0: line, index }) => {
    const farthest = Math.max(before, index - LONGEST_KEY);
    let start = index;
    while (start > farthest && KEY_SIGN.test(text[start - 1]!)) start--;
    before = index + line.length;
    const body = /[A-Za-z0-9+/=]{16}[\s\S]*$/.exec(text.slice(start, index))?.[0] ?? '';
    if (body.length < LEAST_KEY) return [];
    return [{ start: index - body.length, end: before, kind: 'a private key' }];
  });
}

/** An AWS secret has no form of its own; it mostly stands beside the key that it belongs to. */
function besideAccessKeys(text: string, found: readonly Secret[]): readonly Secret[] {
  return found
    .filter(({ kind }) => kind === 'an AWS access key')
    .flatMap(({ start, end }) => {
      const from = Math.max(0, start - NEAR);
      return [
        ...text.slice(from, end + NEAR).matchAll(/(?<![A-Za-z0-9+/=])[A-Za-z0-9+/]{40}(?![A-Za-z0-9+/=])/g),
      ]
        .filter(({ 0: value }) => isRandom(value) && /[A-Z]/.test(value) && /[a-z]/.test(value))
        .map(({ 0: value, index }) => ({
          start: from + index,
          end: from + index + value.length,
          kind: 'an AWS secret key',
        }));
    });
}

const NEAR = 300;

/** In order, those that overlap as one. */
function merged(secrets: readonly Secret[]): readonly Secret[] {
  const result: Secret[] = [];
  for (const secret of secrets.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    const last = result.at(-1);
    if (last && secret.start < last.end) {
      result[result.length - 1] = { ...last, end: Math.max(last.end, secret.end) };
    } else result.push(secret);
  }
  return result;
}
