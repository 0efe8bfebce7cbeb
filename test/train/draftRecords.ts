import { type Cut, cutsOf } from '../../src/evals/cuts.ts';
import type { HistoryHole } from '../../src/evals/history.ts';
import type { Random } from '../../src/evals/random.ts';
import { isApart } from '../../src/evals/summary.ts';
import { lineOf } from '../../src/evals/typingRun.ts';
import { LINE_INPUTS } from '../../src/models/workspace/lines.ts';
import { PREFIX_INPUTS, PREFIX_PLACE } from '../../src/models/workspace/prefixes.ts';
import type { Draft, WorkspaceModel } from '../../src/models/workspace/workspaceModel.ts';
import { contextOf, type PastIndex } from './past.ts';
import { type Records, recordOf } from './records.ts';

/** With less than this left of a line, nobody waits for a suggestion. */
const LEAST_LEFT_CHARS = 3;

/**
 * Choices among whole lines, where the lines of holes in code begin and where they may be cut; and beginnings of drafts,
 * right or not, at characters of those lines, for a draft is asked for at each.
 */
export async function draftRecordsOf(
  past: PastIndex,
  model: WorkspaceModel,
  holes: readonly HistoryHole[],
  random: Random,
  into: { readonly lines: Records; readonly prefixes: Records },
): Promise<void> {
  for (const hole of holes) {
    if (isApart(hole.class)) continue;
    const { prefix, target, suffix } = lineOf(hole);
    await past.enter(hole, prefix + suffix);
    for (const at of someCuts(target, random)) {
      const rest = target.slice(at);
      const context = contextOf(hole, prefix + target.slice(0, at), suffix);
      const { lines, inputs, place } = model.choices(context);
      const right = lines.findIndex(({ text }) => text.trimEnd() === rest);
      recordOf(into.lines, { count: lines.length, width: LINE_INPUTS, inputs, place, right });
    }
    for (let i = 0; i < DRAFTS; i++) {
      const at = random.below(target.length);
      const context = contextOf(hole, prefix + target.slice(0, at), suffix);
      const { draft, inputs } = model.describedDraft(context);
      recordPrefixes(draft, inputs, target.slice(at), into.prefixes);
    }
  }
}

/** Drafts of a line. */
const DRAFTS = 6;

function recordPrefixes(
  { tokens, lineEnd }: Draft,
  inputs: Float32Array,
  truth: string,
  into: Records,
): void {
  let text = '';
  const rights = tokens.map(token => {
    text += token.text;
    return truth.startsWith(text);
  });
  if (lineEnd) rights.push(text.trimEnd() === truth);
  rights.forEach((isRight, i) => {
    const own = inputs.subarray(i * PREFIX_INPUTS, (i + 1) * PREFIX_INPUTS);
    const right = isRight ? 0 : -1;
    recordOf(into, { count: 1, width: PREFIX_INPUTS, inputs: own, place: PREFIX_PLACE, right });
  });
}

/** The line's start, a place after its first tokens, and two later ones. */
function someCuts(line: string, random: Random): readonly number[] {
  const cuts = cutsOf(line, 'code').filter(({ at }) => at === 0 || line.length - at >= LEAST_LEFT_CHARS);
  const one = (of: Cut['class']) => {
    const places = cuts.filter(cut => cut.class === of).map(({ at }) => at);
    return places.length === 0 ? [] : [places[random.below(places.length)]!];
  };
  return [...new Set([0, ...one('after-tokens'), ...one('mid-line'), ...one('mid-line')])];
}
