import { languageOf } from '../domain/languages.ts';
import { innermost } from '../syntax/injections.ts';
import { balanceOf } from './brackets.ts';
import { type Guard, KEPT, placeOf } from './guard.ts';
import { repairsOf } from './syntaxRepairs.ts';

/** Where brackets and quotes are punctuation, an apostrophe is no quote, and half a pair is no mistake. */
const PROSE: ReadonlySet<string> = new Set(['prose', 'html', 'yaml', 'docker', 'make']);
/** Characters before the cursor among which a closing bracket looks for its opening one. */
const REACH = 8_000;

/**
 * In languages without a grammar: refuses what closes brackets that nothing opens, and several lines that leave brackets
 * open, unless a closer more or less puts it right. Where there is a grammar, `addsSyntaxError` knows better.
 */
export const unbalanced: Guard = {
  name: 'unbalanced',
  judge(judged) {
    const { context, text } = judged;
    const { languageId } = innermost({ ...context, languageId: context.document.languageId });
    const language = languageOf(languageId);
    const unknown = language.extensions.length === 0;
    if (language.grammar !== undefined || unknown || PROSE.has(language.family)) return KEPT;
    const { before, after, linePrefix, lineRest } = placeOf(judged);
    const head = before.slice(-REACH);
    const tail = after.slice(0, REACH);
    const known = balanceOf(head, language);
    // Within a string or a comment nothing counts, and what is cut off above may have been open.
    if (known.unended !== '') return KEPT;
    const isRight = (offer: string) => {
      const { surplus, open } = balanceOf(head + offer, language);
      const opens = offer.includes('\n') && !judged.goesOn && open.some(({ at }) => at >= head.length);
      const closes = surplus.length > known.surplus.length && before.length <= REACH;
      return !closes && !(opens && !isClosedBy(head + offer, tail));
    };
    const isClosedBy = (code: string, rest: string) =>
      balanceOf(code + rest, language).missing.length <= balanceOf(head + rest, language).missing.length;
    if (isRight(text)) return KEPT;
    for (const repair of repairsOf(text, { linePrefix, lineRest }, language)) {
      if (/[\p{L}\p{N}]/u.test(repair.text) && isRight(repair.text)) return { kind: 'repaired', ...repair };
    }
    return { kind: 'refused', reason: 'its brackets do not match' };
  },
};
