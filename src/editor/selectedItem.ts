import type { Range } from '../domain/document.ts';

/** A text and what it replaces, within one line. */
export interface Replacement {
  readonly range: Range;
  readonly text: string;
}

/**
 * While the list of suggestions is open VS Code shows ghost text only if it continues the selected item: it must begin
 * where the item begins, reach at least as far and start with the item's text. Gives `ghost` in that form, or undefined
 * if it does not continue the item. `line` is the text of the line that both stand in.
 */
export function continuing(selected: Replacement, ghost: Replacement, line: string): Replacement | undefined {
  const { start, end } = selected.range;
  if (start.line !== ghost.range.start.line || end.line !== ghost.range.end.line) return undefined;
  const reach = Math.max(end.character, ghost.range.end.character);
  // What stands between the two starts is either kept by the ghost text or has to be repeated in it.
  const before = ghost.range.start.character - start.character;
  const repeated = before < 0 ? line.slice(ghost.range.start.character, start.character) : '';
  if (!ghost.text.startsWith(repeated)) return undefined;
  const text =
    (before < 0
      ? ghost.text.slice(repeated.length)
      : line.slice(start.character, ghost.range.start.character) + ghost.text) +
    line.slice(ghost.range.end.character, reach);
  if (!text.startsWith(selected.text)) return undefined;
  return { range: { start, end: { line: end.line, character: reach } }, text };
}
