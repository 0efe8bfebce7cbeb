import { languageOf } from '../domain/languages.ts';
import { balanceOf } from './brackets.ts';
import { type Guard, KEPT, placeOf } from './guard.ts';

/**
 * Drops from the suggestion's end what stands to the right of the cursor already, so that nothing doubles: closers and
 * quotes where doubling them would unbalance the line, separators, and whole words.
 */
export const overlapsRestOfLine: Guard = {
  name: 'overlapsRestOfLine',
  judge(judged) {
    const { linePrefix, lineRest } = placeOf(judged);
    const rest = lineRest.trim();
    const { text } = judged;
    if (rest === '') return KEPT;
    const language = languageOf(judged.context.document.languageId);
    const disorder = (line: string) => {
      const { missing, surplus, unended } = balanceOf(line, language);
      return missing.length + surplus.length + unended.length;
    };
    const asIs = disorder(linePrefix + text + rest);
    for (let length = Math.min(text.length, rest.length); length > 0; length--) {
      const overlap = rest.slice(0, length);
      if (!text.endsWith(overlap)) continue;
      const shorter = text.slice(0, -length);
      const change = disorder(linePrefix + shorter + rest) - asIs;
      if (change > 0 || (change === 0 && !doubles(overlap))) continue;
      return shorter.trim() === ''
        ? { kind: 'refused', reason: 'all of it stands to the right of the cursor already' }
        : { kind: 'repaired', text: shorter, step: `dropped '${overlap}', which stands there already` };
    }
    return KEPT;
  },
};

/** Whether an overlap that unbalances nothing is no accident: a separator, or more than a few letters. */
function doubles(overlap: string): boolean {
  return /^[;,]/.test(overlap) || (overlap.length >= 4 && /\p{L}{3}/u.test(overlap));
}
