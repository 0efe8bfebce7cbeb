import type { Language } from '../domain/languages.ts';
import { balanceOf, type OpenBracket } from './brackets.ts';
import { closersOf, openingsIn } from './openings.ts';

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
  yield* withoutDoubled(text);
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

/** The text without one of two opening brackets that follow each other, if it is one line. */
export function withoutDoubled(text: string): readonly Repair[] {
  if (text.includes('\n')) return [];
  return [...text.matchAll(/([([{])(?=\1)/g)].map(({ index }) => ({
    text: text.slice(0, index) + text.slice(index + 1),
    step: 'dropped an opening bracket that stood twice',
  }));
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
  const code = linePrefix + body;
  const { unended, open: brackets } = balanceOf(code, language);
  // A block that words open is closed on a line of its own, for which nobody has asked if there is but one.
  const open = text.includes('\n') ? openingsIn(code, language) : brackets;
  const own = open.filter(({ at }) => at >= linePrefix.length);
  // What the tail closes of it is not known, so the innermost are tried first.
  const choices: (readonly OpenBracket[])[] = own.length === 0 ? [own] : own.map((_, i) => own.slice(-1 - i));
  if (own.length < open.length) choices.push(open);
  // A string that ends like code has lost its quote somewhere before.
  if (unended !== '' && (unended.length > 1 || separator.trim() !== '' || /[)\]}>]$/.test(body))) return;
  for (const openings of choices) {
    const closers = unended + closersOf(openings, code);
    if (closers === '') continue;
    const [onLine, ...below] = closers.split('\n');
    const end = [onLine + separator.trim(), ...below].join(body.includes('\r\n') ? '\r\n' : '\n');
    yield { text: body + end, step: `added '${closers.trim()}' at the end` };
  }
}
