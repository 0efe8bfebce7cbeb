import { indentationOf } from '../base/text.ts';
import type { Language } from '../domain/languages.ts';
import { balanceOf, type OpenBracket } from './brackets.ts';

export interface Repair {
  readonly text: string;
  /** What was done, in words. */
  readonly step: string;
}

interface Place {
  readonly linePrefix: string;
  readonly lineRest: string;
}

/**
 * What could be done to a text that does not fit, least first: closing brackets at its end dropped or added, then lines
 * and statements left out from the end, at last all but the first line. None of it is checked here.
 */
export function* repairsOf(text: string, place: Place, language: Language): Generator<Repair> {
  yield* withoutSurplus(text, place, language);
  yield* closings(text, place, language);
  const [first, ...others] = text.split('\n');
  for (let count = others.length; count > 0; count--) {
    const step = count === 1 ? 'kept the first line only' : 'shortened to the last line that fits';
    const shorter = [first, ...others.slice(0, count - 1)].join('\n').trimEnd();
    if (shorter.trim() === '') return;
    yield { text: shorter, step };
    for (const closing of closings(shorter, place, language)) {
      yield { ...closing, step: `${step}, and ${closing.step}` };
    }
  }
  for (let at = first!.lastIndexOf(';', first!.length - 2); at > 0; at = first!.lastIndexOf(';', at - 1)) {
    const step = 'shortened to the last statement that fits';
    yield { text: first!.slice(0, at + 1), step };
  }
}

function* withoutSurplus(
  text: string,
  { linePrefix, lineRest }: Place,
  language: Language,
): Generator<Repair> {
  const step = 'dropped a closing bracket that nothing opens';
  const isSurplus = (end: string) => balanceOf(linePrefix + end + lineRest, language).surplus !== '';
  for (let end = text; isSurplus(end); ) {
    const parts = /^([\s\S]*?)\s*[)\]}]([;,]?)$/.exec(end);
    if (!parts) return;
    const [, kept = '', separator = ''] = parts;
    if (separator !== '') yield { text: kept + separator, step };
    yield { text: kept, step };
    end = kept;
  }
}

/** The text with what it opened closed, and with what the line opened closed too; a separator stays the last. */
function* closings(text: string, { linePrefix }: Place, language: Language): Generator<Repair> {
  const separator = (language.indented ? /[:;,]?\s*$/ : /[;,]?\s*$/).exec(text)![0];
  const body = text.slice(0, text.length - separator.length);
  const { open, unended } = balanceOf(linePrefix + body, language);
  const own = open.filter(({ at }) => at >= linePrefix.length);
  const both = own.length < open.length ? [own, open] : [own];
  // A string that ends like code has lost its quote somewhere before.
  if (unended !== '' && (unended.length > 1 || separator.trim() !== '' || /[)\]}>]$/.test(body))) return;
  for (const brackets of both) {
    const closers = unended + closersOf(brackets, linePrefix + body);
    if (closers === '') continue;
    const [onLine, ...below] = closers.split('\n');
    const end = [onLine + separator.trim(), ...below].join(body.includes('\r\n') ? '\r\n' : '\n');
    yield { text: body + end, step: `added '${closers.trim()}' at the end` };
  }
}

/** Closers stand where the opener's line begins, and on the last line if the bracket was opened there. */
function closersOf(open: readonly OpenBracket[], code: string): string {
  let closers = '';
  let line = code.lastIndexOf('\n');
  for (const { at, closer } of open.toReversed()) {
    const openedOn = code.lastIndexOf('\n', at);
    if (openedOn !== line) closers += `\n${indentationOf(code.slice(openedOn + 1))}`;
    closers += closer;
    line = openedOn;
  }
  return closers;
}
