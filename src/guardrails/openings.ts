import { indentationOf } from '../base/text.ts';
import type { Language } from '../domain/languages.ts';
import { balanceOf, type OpenBracket } from './brackets.ts';

/**
 * What some code leaves open, outermost first: brackets, and the blocks that words open, told line by line; each with its
 * place, for a block the end of the line that opens it.
 */
export function openingsIn(code: string, language: Language): readonly OpenBracket[] {
  const { open } = balanceOf(code, language);
  const blocks = openBlocks(code, language);
  return blocks.length === 0 ? open : [...open, ...blocks].sort((a, b) => a.at - b.at);
}

/** Closers stand where the opener's line begins, and on the last line if a bracket was opened there. */
export function closersOf(open: readonly OpenBracket[], code: string): string {
  let closers = '';
  let line = code.lastIndexOf('\n');
  for (const { at, closer } of open.toReversed()) {
    const openedOn = code.lastIndexOf('\n', at - 1);
    if (openedOn !== line || isWord(closer)) closers += `\n${indentationOf(code.slice(openedOn + 1))}`;
    closers += closer;
    line = openedOn;
  }
  return closers;
}

function openBlocks(code: string, { blocks, lineComment = '' }: Language): OpenBracket[] {
  const open: OpenBracket[] = [];
  if (!blocks) return open;
  let at = 0;
  for (const line of code.split('\n')) {
    at += line.length + 1;
    if (line.trimStart().startsWith(lineComment)) continue;
    const [first = ''] = /\w+/.exec(line) ?? [];
    if (open.at(-1)?.closer === first) open.pop();
    const begun = blocks.find(({ opens, end }) => closesLater(line, opens, end));
    if (begun) open.push({ at: at - 1, closer: begun.end });
  }
  return open;
}

/** Whether a line opens a block and does not close it itself. */
function closesLater(line: string, opens: RegExp, end: string): boolean {
  const found = opens.exec(line);
  return found !== null && !new RegExp(`\\b${end}\\b`).test(line.slice(found.index + found[0].length));
}

function isWord(closer: string): boolean {
  return /^\w/.test(closer);
}
