import type { Language } from '../domain/languages.ts';

/** What may well be the last of a line within brackets: an opening bracket, a comma, an operator, a word that wants another. */
export const BREAKS_WELL = /(?:[^\s\w)\]}'"`;$]|\b(?:and|or|not|in|is|else|return|new|await|then|do))\s*$/;

/** What a name can follow, if anything can. */
export const BEFORE_NAME = /(?:[,:=({[&|]|(?<!\+)\+|(?<!-)-|(?<!\.)\.)\s*$/;

/** Where a text may be cut off that leaves something open. */
const ENDS_WELL = /(?:[,([{]|=>|&&|\|\||\b(?:and|or|do|then|else))\s*$/;

/** A quote that text of several lines begins with. */
export const OPENS_TEXT = /[\s(=,]\$*(?:"""|''')\s*$/;

/** A line without the comment that ends it. */
export function withoutComment(line: string, { lineComment }: Language): string {
  const at = lineComment === undefined ? -1 : line.lastIndexOf(` ${lineComment}`);
  return at < 0 || /["'`]/.test(line.slice(at)) ? line : line.slice(0, at);
}

/** Whether a text that was cut off, and leaves something open, was cut off where a line may well end. */
export function endsWell(text: string, { indented = false }: Language): boolean {
  return ENDS_WELL.test(text) || (indented && /:\s*$/.test(text));
}
