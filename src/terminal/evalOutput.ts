import type { Settings } from '../domain/settings.ts';
import type { History } from '../evals/history.ts';
import type { Hole } from '../evals/holes.ts';
import { type HoleResult, isApart, summarise } from '../evals/summary.ts';
import { summariseLines, type TypingResult } from '../evals/typingRun.ts';
import {
  type Comparison,
  compare,
  HOLE_MEASURES,
  LINE_MEASURES,
  type Measure,
} from '../evals/variants/comparison.ts';
import type { Answers } from '../evals/variants/contest.ts';
import { type Asked, askedOf } from '../evals/variants/record.ts';
import { FORMAT } from '../evals/variants/resultFile.ts';
import type { Output } from './command.ts';
import { type Entrant, isVariant } from './evalEntrants.ts';
import type { Ground } from './evalGround.ts';
import { told, toldComparison, toldSavings, toldSideBySide, toldTyping } from './evalReport.ts';
import { counted } from './layout.ts';

/** What was asked, of whom, and by which version. */
export interface Run extends Pick<Ground, 'source' | 'history'> {
  readonly entrants: readonly Entrant[];
  readonly version: string;
  /** Retrieval gave the workspace model nothing. */
  readonly givesNothing: boolean;
}

/** What the entrants offered at the holes, or at those that they came to. */
export function toldHoles(run: Run, holes: readonly Hole[], answers: Answers<HoleResult>): Output {
  const { history } = run;
  const parts = run.entrants.map(({ name }) => {
    const results = answers.get(name)!.map((result, i) => ({ ...result, ...askedOf(holes[i]!) }));
    const partial = results.length < holes.length;
    const unseen = summarise(results.filter(isUnseen), partial).code;
    return { name, summary: summarise(results, partial), holes: results, ...(history && { unseen }) };
  });
  const code = parts.map(part => ({ name: part.name, results: part.holes.filter(isCode) }));
  const whole = parts.map(part => ({ name: part.name, results: part.holes }));
  const comparisons = compareWithFirst(code[0]!.results.length > 0 ? code : whole, HOLE_MEASURES);
  const { summary, unseen } = parts[0]!;
  const text =
    parts.length === 1
      ? told(summary, unseen ? [['code seen nowhere else', unseen]] : [])
      : toldSideBySide(parts.map(part => [part.name, part.summary]));
  const { n } = summary;
  return {
    json: documentOf(
      run,
      parts.map(({ unseen, ...part }) => ({ ...part, ...(unseen && { notSeenElsewhere: unseen }) })),
      comparisons,
    ),
    text: [text, ...toldRest(run, comparisons)].join('\n\n'),
    ...(n < holes.length && { incomplete: `Ended after ${n} of ${holes.length} holes.` }),
  };
}

/** What the entrants saved of the typing of the holes' lines, or of those that they came to. */
export function toldLines(run: Run, holes: readonly Hole[], answers: Answers<TypingResult>): Output {
  const parts = run.entrants.map(({ name }) => {
    const lines = answers.get(name)!.map((line, i) => ({ ...line, ...askedOf(holes[i]!) }));
    return { name, summary: summariseLines(lines, lines.length < holes.length), lines };
  });
  const comparisons = compareWithFirst(
    parts.map(({ name, lines }) => ({ name, results: lines })),
    LINE_MEASURES,
  );
  const { summary } = parts[0]!;
  const text =
    parts.length === 1 ? toldTyping(summary) : toldSavings(parts.map(part => [part.name, part.summary]));
  const { lines } = summary;
  return {
    json: documentOf(run, parts, comparisons),
    text: [text, ...toldRest(run, comparisons)].join('\n\n'),
    ...(lines < holes.length && { incomplete: `Ended after ${counted(lines, 'line')}.` }),
  };
}

const isCode = (result: HoleResult) => !isApart(result.class);
const isUnseen = ({ seenElsewhere }: Asked) => seenElsewhere !== true;

function compareWithFirst<R>(
  parts: readonly { readonly name: string; readonly results: readonly (R & Asked)[] }[],
  measures: readonly Measure<R>[],
): readonly Comparison[] {
  const [first, ...others] = parts;
  return others.map(other => compare(first!, other, measures));
}

type Part = { readonly name: string; readonly summary: object };

/** What a result file says of its run. The settings of several who were asked stand with what they answered. */
export function aboutOf({ source, history, entrants, version, givesNothing }: Run): object {
  return {
    format: FORMAT,
    wisp: version,
    node: process.version,
    source,
    ...(givesNothing && { retrieval: false }),
    ...(history && { history: replayedOf(history) }),
    ...(entrants.length === 1 && askedAs(entrants[0]!)),
  };
}

/** Of one who was asked, what was answered stands in the document itself; of several, under `systems`. */
function documentOf(run: Run, parts: readonly Part[], comparisons: readonly Comparison[]): object {
  const { entrants } = run;
  const about = aboutOf(run);
  if (parts.length === 1) {
    const { name: _, ...part } = parts[0]!;
    return { run: about, ...part };
  }
  return {
    run: about,
    systems: parts.map((part, i) => ({ ...askedAs(entrants[i]!), ...part })),
    comparisons,
  };
}

function askedAs(entrant: Entrant): object {
  return isVariant(entrant) ? { settings: withoutCredentials(entrant.settings) } : { baseline: true };
}

/** An address may hold a name and a password; result files are passed on. */
function withoutCredentials(settings: Settings): Settings {
  const baseUrl = settings.model.baseUrl.replace(/(?<=^https?:\/\/)[^/@]*@/, '');
  return { ...settings, model: { ...settings.model, baseUrl } };
}

function toldRest({ history }: Run, comparisons: readonly Comparison[]): readonly string[] {
  return [...comparisons.map(toldComparison), ...(history ? [toldHistory(history)] : [])];
}

function replayedOf({ holes, looked, commits }: History) {
  return {
    commits,
    commitsLookedAt: looked,
    withNearDuplicates: holes.filter(({ nearDuplicates }) => nearDuplicates.length > 0).length,
    seenElsewhere: holes.filter(({ seenIn }) => seenIn.length > 0).length,
  };
}

function toldHistory(history: History): string {
  const { commits, commitsLookedAt, withNearDuplicates, seenElsewhere } = replayedOf(history);
  return [
    `Holes of ${counted(commits, 'commit')} (${commitsLookedAt} looked at). Files were left out of the index as near-duplicates`,
    `for ${counted(withNearDuplicates, 'hole')}; the line of ${counted(seenElsewhere, 'hole')} stands elsewhere between the same neighbours.`,
  ].join('\n');
}
