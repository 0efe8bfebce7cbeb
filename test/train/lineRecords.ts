import { type Cut, cutsOf } from '../../src/evals/cuts.ts';
import type { HistoryHole } from '../../src/evals/history.ts';
import type { Random } from '../../src/evals/random.ts';
import { isApart } from '../../src/evals/summary.ts';
import { lineOf } from '../../src/evals/typingRun.ts';
import { LINE_INPUTS } from '../../src/models/workspace/lines.ts';
import type { WorkspaceModel } from '../../src/models/workspace/workspaceModel.ts';
import { contextOf, type PastIndex } from './past.ts';
import { oldestFirst, type Records, recordOf } from './records.ts';

/** With less than this left of a line, nobody waits for a suggestion. */
const LEAST_LEFT_CHARS = 3;

/** Choices among whole lines, where the lines of holes in code begin and where they may be cut. */
export async function lineRecordsOf(
  past: PastIndex,
  model: WorkspaceModel,
  holes: readonly HistoryHole[],
  random: Random,
  into: Records,
): Promise<void> {
  for (const hole of oldestFirst(holes)) {
    if (isApart(hole.class)) continue;
    const { prefix, target, suffix } = lineOf(hole);
    await past.enter(hole, prefix + suffix);
    for (const at of someCuts(target, random)) {
      const rest = target.slice(at);
      const context = contextOf(hole, prefix + target.slice(0, at), suffix);
      const { lines, inputs, place } = model.choices(context);
      const right = lines.findIndex(({ text }) => text.trimEnd() === rest);
      recordOf(into, { count: lines.length, width: LINE_INPUTS, inputs, place, right });
    }
  }
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
