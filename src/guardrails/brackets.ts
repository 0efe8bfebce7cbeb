import type { Language } from '../domain/languages.ts';

type Syntax = Pick<Language, 'lineComment' | 'indented' | 'lifetimes'>;

/** What a piece of code leaves open, and what it closes without having opened it, told without a grammar. */
export interface Balance {
  /** The closing brackets that are still to come, in their order. */
  readonly missing: string;
  /** Closing brackets that nothing in the text opened. */
  readonly surplus: string;
  /** What would end the string or comment that is open at the end; empty if there is none. */
  readonly unended: string;
  /** The brackets that are open at the end, outermost first, each with its place and what would close it. */
  readonly open: readonly OpenBracket[];
}

export interface OpenBracket {
  readonly at: number;
  readonly closer: string;
}

const CLOSER_OF: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** Brackets in strings and comments do not count. */
export function balanceOf(text: string, language: Syntax): Balance {
  const open: OpenBracket[] = [];
  let surplus = '';
  let at = 0;
  while (at < text.length) {
    const end = endOfLiteral(text, at, language);
    if (end) {
      const close = end === '\n' ? text.indexOf(end, at) : closeOf(text, at + end.length, end);
      if (close < 0) return { ...stillOpen(open), surplus, unended: end === '\n' ? '' : end };
      at = close + (end === '\n' ? 0 : end.length);
      continue;
    }
    const char = text[at]!;
    const closer = CLOSER_OF[char];
    if (closer) open.push({ at, closer });
    else if (char === ')' || char === ']' || char === '}') {
      if (open.at(-1)?.closer === char) open.pop();
      else surplus += char;
    }
    at++;
  }
  return { ...stillOpen(open), surplus, unended: '' };
}

function stillOpen(open: readonly OpenBracket[]): Pick<Balance, 'missing' | 'open'> {
  return {
    missing: open
      .map(({ closer }) => closer)
      .toReversed()
      .join(''),
    open,
  };
}

/** If a string or a comment begins here: what ends it, a line break for a comment that ends with its line. */
function endOfLiteral(
  text: string,
  at: number,
  { lineComment, indented, lifetimes = false }: Syntax,
): string | undefined {
  const char = text[at]!;
  if (lineComment !== '#' && text.startsWith('/*', at)) return '*/';
  if (lineComment !== undefined && text.startsWith(lineComment, at)) return '\n';
  if (indented && (text.startsWith('"""', at) || text.startsWith("'''", at))) return text.slice(at, at + 3);
  if (char === '"' || char === '`') return char;
  return char === "'" && opensString(text, at, lifetimes) ? char : undefined;
}

/** Where a literal ends, -1 if it does not. Most strings end with their line at the latest, closed or not. */
function closeOf(text: string, from: number, end: string): number {
  for (let at = from; at < text.length; at++) {
    if (text.startsWith(end, at)) return at;
    if (text[at] === '\\') at++;
    else if (text[at] === '\n' && (end === '"' || end === "'")) return at;
  }
  return -1;
}

/** An apostrophe is no quote in a word (`don't`), nor before a lifetime (`<'a>`, `&'a str`). */
function opensString(text: string, at: number, lifetimes: boolean): boolean {
  const before = /[\p{L}\p{N}_]*$/u.exec(text.slice(Math.max(0, at - 8), at))![0];
  if (before !== '' && !/^[rbuf]{1,2}$/i.test(before)) return false;
  return (
    !lifetimes ||
    !/^'[a-z_]\w*(?![\w'])/.test(text.slice(at, at + 40)) ||
    !/[<&,+:({|]\s?$/.test(text.slice(Math.max(0, at - 2), at))
  );
}
