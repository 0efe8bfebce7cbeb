import { lineSuffixOf } from '../base/text.ts';
import type { Range } from '../domain/document.ts';
import type { CompletionContext } from '../domain/request.ts';

/** A suggestion before anybody has seen it. */
export interface Judged {
  readonly context: CompletionContext;
  readonly text: string;
  /** What `text` replaces; stays within the cursor's line. */
  readonly range: Range;
  /** More than the rest of one line was asked for. */
  readonly multiLine: boolean;
  /** Whoever made it went only as far as he was sure: it may stop anywhere, and be open there. */
  readonly goesOn?: boolean;
}

export type Verdict =
  | { readonly kind: 'kept'; readonly doubt?: Doubt }
  /** Kept as `text`; `step` says what was done to it. */
  | { readonly kind: 'repaired'; readonly text: string; readonly step: string }
  | { readonly kind: 'refused'; readonly reason: string }
  /** There was no time or no grammar to tell. */
  | { readonly kind: 'undecided'; readonly reason: string };

/** What makes a suggestion less likely right, without being wrong as such. */
export interface Doubt {
  /** What its confidence is multiplied by, 0 to 1. */
  readonly factor: number;
  readonly reason: string;
}

/** Judges without changing anything. Its name is the name of its file. */
export interface Guard {
  readonly name: string;
  judge(judged: Judged): Verdict;
}

export const KEPT: Verdict = Object.freeze({ kind: 'kept' });

/** What all guards of a list make of a suggestion. */
export interface Ruling {
  readonly verdict: Verdict['kind'];
  /** What may be shown; of a refused suggestion, what was refused. */
  readonly text: string;
  /** The guard that decided: the one that refused, else the last that repaired, else the last that could not tell. */
  readonly guard?: string;
  /** Its reason or step, in words. */
  readonly reason?: string;
  /** What the confidence in it is worth now: the product of all doubts, 1 if there are none. */
  readonly trust: number;
  /** Those who doubt it, and why. */
  readonly doubts: readonly { readonly guard: string; readonly reason: string }[];
}

/** Asks the guards in order, each about what the one before it left, until one refuses. */
export function applyGuards(
  guards: readonly Guard[],
  judged: Judged,
  note: (where: string, what: string) => void,
): Ruling {
  let ruling: Ruling = { verdict: 'kept', text: judged.text, trust: 1, doubts: [] };
  for (const guard of guards) {
    const verdict = guard.judge({ ...judged, text: ruling.text });
    if (verdict.kind === 'kept') {
      if (verdict.doubt) ruling = doubted(ruling, guard, verdict.doubt, note);
      continue;
    }
    const reason = verdict.kind === 'repaired' ? verdict.step : verdict.reason;
    note(`guard:${guard.name}`, `${verdict.kind}: ${reason}`);
    const { kind } = verdict;
    if (kind === 'refused') return { ...ruling, verdict: kind, guard: guard.name, reason };
    if (kind === 'repaired')
      ruling = { ...ruling, verdict: kind, text: verdict.text, guard: guard.name, reason };
    else if (ruling.verdict === 'kept') ruling = { ...ruling, verdict: kind, guard: guard.name, reason };
  }
  return ruling;
}

function doubted(
  ruling: Ruling,
  { name }: Guard,
  { factor, reason }: Doubt,
  note: (where: string, what: string) => void,
): Ruling {
  note(`guard:${name}`, `doubted: ${reason}`);
  return { ...ruling, trust: ruling.trust * factor, doubts: [...ruling.doubts, { guard: name, reason }] };
}

/** Where a suggestion would stand. */
export interface Place {
  /** The document before and after what is replaced. */
  readonly before: string;
  readonly after: string;
  /** The parts of the cursor's line before and after what is replaced, as far as they are near. */
  readonly linePrefix: string;
  readonly lineRest: string;
}

/** Of a line that is data, a megabyte of it perhaps, more than this says no more. */
const LONGEST = 2_000;

export function placeOf({ context, range }: Judged): Place {
  const { prefix, suffix, position } = context;
  const before = prefix.slice(0, prefix.length + Math.min(0, range.start.character - position.character));
  const after = suffix.slice(Math.max(0, range.end.character - position.character));
  return {
    before,
    after,
    linePrefix: before.slice(Math.max(before.lastIndexOf('\n') + 1, before.length - LONGEST)),
    lineRest: lineSuffixOf(after.slice(0, LONGEST)),
  };
}
