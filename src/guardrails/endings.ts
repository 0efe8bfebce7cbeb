import { indentationOf } from '../base/text.ts';
import type { Language } from '../domain/languages.ts';
import { balanceOf } from './brackets.ts';

/**
 * What could rightly follow a suggestion that stops before its sentence is over: the brackets and strings that it
 * leaves open, an operand, a body. If the document is sound with one of them, the suggestion was only unfinished.
 */
export function endingsOf(
  text: string,
  linePrefix: string,
  lineRest: string,
  language: Language,
): readonly string[] {
  const own = closersOf(balanceOf(text, language.lineComment), text);
  const line = closersOf(balanceOf(linePrefix + text, language.lineComment), linePrefix + text);
  const rest = closersOf(
    balanceOf(linePrefix + text + lineRest, language.lineComment),
    linePrefix + text + lineRest,
  );
  const closers = [...new Set([own, line, rest].flat())];
  const indent = indentationOf(linePrefix);
  const bodies = language.indented
    ? [' x', ' x: pass', `\n${indent}def x(): pass`]
    : [' x', ' {}', '() {}', ' x {}', ': x', `\n${indent}x() {}`, `\n${indent}class X {}`];
  return [
    ...closers.filter(Boolean),
    ...closers.map(closer => ` x${closer}`),
    ...bodies.flatMap(body => closers.map(closer => `${body}${closer}`)),
  ];
}

/** Nothing where a string is open that ends like code: there a quote was lost. */
function closersOf(
  { missing, openString }: { missing: string; openString: string },
  text: string,
): readonly string[] {
  if (openString === '') return [missing];
  if (/[)\]};,]\s*$/.test(text)) return [];
  return openString === '`'
    ? [`${openString}${missing}`, `}${openString}${missing}`]
    : [openString + missing];
}
