import { languageOf } from '../domain/languages.ts';
import { type Guard, KEPT, placeOf } from './guard.ts';

const LICENCE =
  /\b(?:copyright\s+(?:\(c\)|©|\d{4})|licen[sc]ed under the|spdx-license-identifier|all rights reserved)/i;
/** What stands where a model had nothing to say. */
const PLACEHOLDER =
  /^(?:\.{3}|…)?\s*(?:(?:todo:?\s*)?(?:implement(?: this| me)?|add (?:your )?(?:code|implementation)(?: here)?)|(?:your|the|rest of(?: the)?|existing|remaining)\s+(?:\w+\s+){0,2}(?:code|implementation|logic|goes)(?: goes)?(?: here)?|\.{3}|…)\s*\.?$/i;

/**
 * Refuses comments that nobody asked for: licence headers, placeholders, and several lines with nothing but comments. A
 * single comment may be just what is being written, and whoever has begun a comment gets the rest of it.
 */
export const onlyComments: Guard = {
  name: 'onlyComments',
  judge(judged) {
    const { lineComment } = languageOf(judged.context.document.languageId);
    const { before, linePrefix } = placeOf(judged);
    if (linePrefix.trim() !== '' || before.lastIndexOf('/*') > before.lastIndexOf('*/')) return KEPT;
    const lines = judged.text
      .split('\n')
      .map(line => line.trim())
      .filter(Boolean);
    const comments = lines.map(line => commentIn(line, lineComment));
    if (lines.length === 0 || comments.some(comment => comment === undefined)) return KEPT;
    if (comments.some(comment => LICENCE.test(comment!))) {
      return { kind: 'refused', reason: 'it is a licence header' };
    }
    if (comments.every(comment => PLACEHOLDER.test(comment!))) {
      return { kind: 'refused', reason: 'it says nothing but that something should be written here' };
    }
    return lines.length > 1 && !goesOn(before, lineComment)
      ? { kind: 'refused', reason: 'it holds nothing but comments' }
      : KEPT;
  },
};

/** What a line says as a comment; undefined for code. */
function commentIn(line: string, lineComment: string | undefined): string | undefined {
  if (lineComment !== undefined && line.startsWith(lineComment)) return line.slice(lineComment.length).trim();
  if (lineComment === '#') return undefined;
  const block = /^(?:\/\*+|\*+\/?|<!--)\s*(.*?)\s*(?:\*+\/|-->)?$/.exec(line);
  return block?.[1];
}

/** Whether the line above is a comment too. */
function goesOn(before: string, lineComment: string | undefined): boolean {
  const above = before.trimEnd().split('\n').at(-1)?.trim() ?? '';
  return commentIn(above, lineComment) !== undefined;
}
