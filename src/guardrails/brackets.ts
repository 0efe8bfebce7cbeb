/** What is left open or closed without an opening in a piece of code, told without a grammar. */
export interface Balance {
  /** Closing brackets that `text` still needs, in the order in which they have to come. */
  readonly missing: string;
  /** Closing brackets in `text` that nothing in it opened. */
  readonly surplus: string;
  /** The quote of a string that is still open at the end, else empty. */
  readonly openString: string;
}

const CLOSER_OF: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** Strings are skipped, and so are comments from `lineComment` to the end of their line. */
export function balanceOf(text: string, lineComment?: string): Balance {
  const open: string[] = [];
  let surplus = '';
  let quote = '';
  for (let i = 0; i < text.length; i++) {
    const char = text[i]!;
    if (quote !== '') {
      if (char === '\\') i++;
      // Only a template or a raw string goes on to the next line.
      else if (char === quote || (char === '\n' && quote !== '`')) quote = '';
    } else if (lineComment && text.startsWith(lineComment, i)) {
      const end = text.indexOf('\n', i);
      i = end < 0 ? text.length : end;
    } else if (char === '"' || char === '`' || (char === "'" && opensString(text, i))) quote = char;
    else if (CLOSER_OF[char]) open.push(CLOSER_OF[char]);
    else if (char === ')' || char === ']' || char === '}') {
      if (open.at(-1) === char) open.pop();
      else surplus += char;
    }
  }
  return { missing: open.reverse().join(''), surplus, openString: quote };
}

/** An apostrophe that is no quote stands in a word (`don't`), or begins a lifetime (`<'a>`, `&'a str`). */
function opensString(text: string, at: number): boolean {
  const before = text[at - 1] ?? ' ';
  if (
    /[\p{L}\p{N}]/u.test(before) &&
    !/(?:^|[^\p{L}\p{N}_])[rbufRBUF]{1,2}$/u.test(text.slice(Math.max(0, at - 3), at))
  ) {
    return false;
  }
  return !(
    /[<&,+:(]\s?$/.test(text.slice(Math.max(0, at - 2), at)) &&
    /^'[a-z_]\w*(?!\w|')/.test(text.slice(at, at + 40))
  );
}
