import type { Language } from '../domain/languages.ts';

type Syntax = Pick<
  Language,
  'lineComment' | 'tripleQuotes' | 'longStrings' | 'heredocs' | 'lifetimes' | 'isShell'
>;

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
  let heredoc: string | undefined;
  let at = 0;
  while (at < text.length) {
    const char = text[at]!;
    if (char === '\n' && heredoc !== undefined) {
      const end = endOfHeredoc(text, at, heredoc);
      if (end < 0) return { ...stillOpen(open), surplus, unended: `\n${heredoc}\n` };
      heredoc = undefined;
      at = end;
      continue;
    }
    const end = endOfLiteral(text, at, language);
    if (end) {
      const close = end === '\n' ? text.indexOf(end, at) : closeOf(text, at + end.length, end, language);
      if (close < 0) return { ...stillOpen(open), surplus, unended: end === '\n' ? '' : end };
      at = close + (end === '\n' ? 0 : end.length);
      continue;
    }
    if (char === '<' && language.heredocs) heredoc ??= heredocAt(text, at);
    const closer = CLOSER_OF[char];
    if (closer) open.push({ at, closer });
    else if (char === ')' || char === ']' || char === '}') {
      if (open.at(-1)?.closer === char) open.pop();
      else if (!(language.isShell && endsPattern(text, at))) surplus += char;
    }
    at += char === '\\' && language.isShell ? 2 : 1;
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
function endOfLiteral(text: string, at: number, language: Syntax): string | undefined {
  const { lineComment, tripleQuotes, lifetimes = false, isShell } = language;
  const char = text[at]!;
  if (lineComment !== '#' && text.startsWith('/*', at)) return '*/';
  if (lineComment !== undefined && text.startsWith(lineComment, at)) {
    if (!isShell || /^\s?$/.test(text.slice(Math.max(0, at - 1), at))) return '\n';
  }
  if (tripleQuotes?.includes(char) && text.startsWith(char.repeat(3), at)) return char.repeat(3);
  if (char === '"') return char;
  if (char === '`') return isShell ? undefined : char;
  return char === "'" && (isShell || opensString(text, at, lifetimes)) ? char : undefined;
}

/** Where a literal ends, -1 if it does not. Most strings end with their line at the latest, closed or not. */
function closeOf(text: string, from: number, end: string, { longStrings, isShell }: Syntax): number {
  const endsWithLine = (end === '"' || end === "'") && !longStrings?.includes(end);
  for (let at = from; at < text.length; at++) {
    if (text.startsWith(end, at)) return at;
    if (text[at] === '\\' && !(isShell && end === "'")) at++;
    else if (text[at] === '\n' && endsWithLine) return at;
  }
  return -1;
}

/** Whether it is the bracket of a shell's `case`, which nothing opens: the first on its line. */
function endsPattern(text: string, at: number): boolean {
  return text[at] === ')' && !text.slice(text.lastIndexOf('\n', at) + 1, at).includes('(');
}

/** The word that ends a text which begins on the next line, such as `<<-EOF`. */
function heredocAt(text: string, at: number): string | undefined {
  return /^<<[-~<]?(['"]?)([A-Z_]\w*)\1/.exec(text.slice(at, at + 60))?.[2];
}

/** The start of the line behind a heredoc that begins behind the line break at `at`, -1 if it does not end. */
function endOfHeredoc(text: string, at: number, word: string): number {
  const end = new RegExp(`\\n[ \\t]*${word}\\b`, 'g');
  end.lastIndex = at;
  return end.test(text) ? end.lastIndex : -1;
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
