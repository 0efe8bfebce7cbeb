import { maskAcross } from '../../base/secretsAcross.ts';
import { lineSuffixOf } from '../../base/text.ts';
import { describe, suggestionOf } from '../../domain/outcome.ts';
import type { Answer } from '../../engine/api.ts';
import type { Hole } from '../holes.ts';
import type { HoleResult } from '../summary.ts';
import type { Case } from './data.ts';
import { type Excerpt, excerptsOf } from './excerpt.ts';

/** Lines shown above the cursor's own: enough to see what is going on. */
const LINES_ABOVE = 2;

/** What came back for a hole. */
export interface Heard {
  /** What became of the question, in a sentence. */
  readonly reason: string;
  readonly provenance: readonly Excerpt[];
  readonly retrieved: readonly Excerpt[];
}

/** Keeps of an answer what a report tells; `read` gives files as the engine had them. */
export async function heardOf(
  { outcome, trace }: Answer,
  read: (path: string) => Promise<string | undefined>,
): Promise<Heard> {
  return {
    reason: describe(outcome),
    provenance: await excerptsOf(suggestionOf(outcome)?.provenance ?? [], read),
    retrieved: await excerptsOf(trace.retrieved, read),
  };
}

/** What is shown of one hole. A report is passed on, so no secret stands in it. */
export function caseOf(hole: Hole & { readonly commit?: string }, result: HoleResult, heard: Heard): Case {
  const before = hole.prefix.split(/\r?\n/);
  const after = lineSuffixOf(hole.suffix);
  const shownBefore = before.slice(-1 - LINES_ABOVE).join('\n');
  const [maskedBefore, target, lineSuffix] = maskAcross([shownBefore, plain(hole.target), after]);
  const offer = result.text === null ? null : maskAcross([shownBefore, plain(result.text), after])[1]!;
  const lines = maskedBefore!.split('\n');
  return {
    result,
    path: hole.path,
    line: before.length,
    above: lines.slice(0, -1).join('\n'),
    linePrefix: lines.at(-1)!,
    lineSuffix: lineSuffix!,
    target: target!,
    offer,
    commit: hole.commit ?? null,
    ...heard,
  };
}

function plain(text: string): string {
  return text.replaceAll('\r\n', '\n').trimEnd();
}
