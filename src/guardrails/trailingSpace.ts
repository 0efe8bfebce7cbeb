import { type Guard, KEPT, placeOf } from './guard.ts';

/** Drops white space at the end, unless it parts the suggestion from what follows on the line. */
export const trailingSpace: Guard = {
  name: 'trailingSpace',
  judge(judged) {
    const { lineRest } = placeOf(judged);
    const text =
      lineRest.trim() === '' ? judged.text.trimEnd() : judged.text.replace(/[ \t]*(?:\r?\n\s*)+$/, '');
    return text === judged.text ? KEPT : { kind: 'repaired', text, step: 'dropped white space at the end' };
  },
};
