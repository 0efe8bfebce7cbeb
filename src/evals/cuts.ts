import { indentationOf } from '../base/text.ts';
import { languageOfPath } from '../domain/languages.ts';
import { tokenSpans } from './codeTokens.ts';
import type { LineKind } from './lineKinds.ts';

/** Where a line may be cut, so that what stands behind the cut is a hole. */
export interface Cut {
  /** Column from which the line is missing, from 0. */
  readonly at: number;
  readonly class: 'line-start' | 'after-tokens' | 'mid-line';
}

/** Data and prose: their lines are many, and few of them are typed by hand. */
const NOT_CODE: ReadonlySet<string> = new Set(['json', 'yaml', 'toml', 'prose', 'html']);

/** Whether holes are cut into a file of this name; with `only`, files of that VS Code language id alone. */
export function holdsCode(path: string, only?: string): boolean {
  const language = languageOfPath(path);
  if (!language) return false;
  return only === undefined ? !NOT_CODE.has(language.family) : language.id === only;
}

/** A longer line is data, not something that is typed. */
export const MOST_LINE_CHARS = 240;

/**
 * Where a user may stand in a line and still have something to write: after the indentation, after the first token or
 * two, and at later token boundaries, there before and after white space. What is left must hold a letter or a digit;
 * a line of brackets alone is only ever missing as a whole.
 */
export function cutsOf(line: string, kind: LineKind): Cut[] {
  const indentation = indentationOf(line).length;
  const cuts: Cut[] = [{ at: indentation, class: 'line-start' }];
  if (kind === 'brackets') return cuts;
  for (const [i, { start, end }] of tokenSpans(line).entries()) {
    const kindOfCut = i < 2 ? 'after-tokens' : 'mid-line';
    cuts.push({ at: end, class: kindOfCut });
    if (i > 0 && start > indentation && /\s/.test(line[start - 1]!)) {
      cuts.push({ at: start, class: i <= 2 ? 'after-tokens' : 'mid-line' });
    }
  }
  return cuts.filter(({ at }) => /[\p{L}\p{N}]/u.test(line.slice(at)));
}
