import { isAbort } from '../base/abort.ts';
import type { Clock } from '../base/clock.ts';
import type { Remote } from '../base/port.ts';
import { linePrefixOf } from '../base/text.ts';
import type { Position } from '../domain/document.ts';
import { suggestionOf } from '../domain/outcome.ts';
import type { Trigger } from '../domain/request.ts';
import type { Suggestion } from '../domain/suggestion.ts';
import type { Answer, EngineApi } from '../engine/api.ts';
import { classOf, type Hole } from './holes.ts';
import { score } from './metrics.ts';
import { withHoleOpen } from './openHole.ts';
import { type HoleResult, type Summary, summarise } from './summary.ts';

/** What a guard may take before it is given up in an evaluation: so much that no busy machine reaches it. */
export const GUARD_BUDGET_MS = 2_000;

export interface Evaluation {
  readonly summary: Summary;
  readonly holes: readonly HoleResult[];
}

export interface EvaluationOptions<H extends Hole = Hole> {
  /** The workspace folder's absolute path; the engine has it open. */
  readonly directory: string;
  readonly clock: Pick<Clock, 'elapsed'>;
  /** Ends the evaluation early with the holes asked so far. */
  readonly signal: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
  /** Brings the engine to where a hole is asked, such as to the commit that it comes from. */
  readonly enter?: (hole: H) => Promise<void>;
  /** How the engine is asked; as if the user had typed, if not told. */
  readonly trigger?: Trigger | undefined;
  /** Sees what came back for a hole, while the engine is still there. */
  readonly onAnswer?: (hole: H, answer: Answer) => Promise<void>;
}

/** Asks the engine at every hole, one after the other and in their order. */
export async function evaluate<H extends Hole>(
  engine: Remote<EngineApi>,
  holes: readonly H[],
  options: EvaluationOptions<H>,
): Promise<Evaluation> {
  const results: HoleResult[] = [];
  try {
    for (const hole of holes) {
      if (options.signal.aborted) break;
      await options.enter?.(hole);
      results.push(await askHole(engine, hole, options));
      options.onProgress?.(results.length, holes.length);
    }
  } catch (error) {
    if (!isAbort(error)) throw error;
  }
  return { summary: summarise(results, results.length < holes.length), holes: results };
}

async function askHole<H extends Hole>(
  engine: Remote<EngineApi>,
  hole: H,
  options: EvaluationOptions<H>,
): Promise<HoleResult> {
  return withHoleOpen(engine, { ...hole, text: hole.prefix + hole.suffix }, options, uri =>
    askAt(engine, hole, uri, options),
  );
}

/** Asks at a hole whose text is open as the first version of the document `uri`. Rejects when `signal` has fired. */
export async function askAt<H extends Hole>(
  engine: Remote<EngineApi>,
  hole: H,
  uri: string,
  options: Pick<EvaluationOptions<H>, 'clock' | 'signal' | 'onAnswer' | 'trigger'>,
): Promise<HoleResult> {
  const { clock, signal, onAnswer, trigger = 'automatic' } = options;
  const position = endOf(hole.prefix);
  const start = clock.elapsed();
  const answer = await engine.complete({ id: hole.id, uri, version: 1, position, trigger }, signal);
  const ms = clock.elapsed() - start;
  // A question that was cut off says nothing about the hole.
  signal.throwIfAborted();
  await onAnswer?.(hole, answer);
  const { outcome, trace } = answer;
  const suggestion = suggestionOf(outcome);
  const { source = null, confidence = null } = suggestion ?? {};
  const said = { outcome: outcome.kind, source, confidence, ms, stages: trace.stages };
  return { ...(await judge(engine, hole, suggestion)), ...said };
}

/** What an offer is worth, whoever made it. */
export type Judgement = Omit<HoleResult, 'outcome' | 'source' | 'confidence' | 'ms' | 'stages'>;

/** An offer, if there is one, against what truly stood there; the engine tells what its guards say of that. */
export async function judge(
  engine: Pick<Remote<EngineApi>, 'check'>,
  hole: Hole,
  offered: Pick<Suggestion, 'text' | 'range'> | undefined,
): Promise<Judgement> {
  const text = offered ? insertedText(offered, endOf(hole.prefix), hole) : null;
  const target = plain(hole.target);
  const offer = plain(text ?? '');
  return {
    id: hole.id,
    class: classOf(hole),
    language: hole.language,
    text,
    offered: text !== null,
    ...score(offer, target),
    right: offer !== '' && target.startsWith(offer),
    targetChars: target.length,
    ...(await checksOf(engine, hole, offered)),
  };
}

/** What the guards say of the true text, and whether the file parses with what was offered instead. */
async function checksOf(
  engine: Pick<Remote<EngineApi>, 'check'>,
  hole: Hole,
  offered: Pick<Suggestion, 'text' | 'range'> | undefined,
): Promise<Pick<HoleResult, 'parses' | 'truth'>> {
  const { path, language: languageId } = hole;
  const { verdict, guard } = await engine.check({ ...hole, languageId, text: hole.target });
  if (!offered) return { parses: null, truth: { verdict, guard } };
  const { before, after } = replacedBy(offered, endOf(hole.prefix), hole);
  const prefix = hole.prefix.slice(0, hole.prefix.length - before.length);
  const suffix = hole.suffix.slice(after.length);
  const { parses } = await engine.check({
    ...{ path, languageId, prefix, suffix },
    text: offered.text,
    parses: true,
  });
  return { parses, truth: { verdict, guard } };
}

/** Neither trailing white space nor the kind of line ending is the suggestion's to get right. */
function plain(text: string): string {
  return text.replaceAll('\r\n', '\n').trimEnd();
}

/**
 * What a suggestion puts at the cursor. Its range may take in text around the cursor that it writes again; where it
 * changes that text instead, all of it counts.
 */
export function insertedText(
  suggestion: Pick<Suggestion, 'text' | 'range'>,
  cursor: Position,
  hole: Pick<Hole, 'prefix' | 'suffix'>,
): string {
  const { text } = suggestion;
  const { before, after } = replacedBy(suggestion, cursor, hole);
  const fits = text.length >= before.length + after.length && text.startsWith(before) && text.endsWith(after);
  return fits ? text.slice(before.length, text.length - after.length) : text;
}

/** The text before and after the cursor that a suggestion takes the place of. */
function replacedBy(
  { range: { start, end } }: Pick<Suggestion, 'range'>,
  cursor: Position,
  { prefix, suffix }: Pick<Hole, 'prefix' | 'suffix'>,
): { before: string; after: string } {
  return {
    before: linePrefixOf(prefix).slice(start.character),
    after: suffix.slice(0, end.character - cursor.character),
  };
}

/** The position behind a text. */
export function endOf(prefix: string): Position {
  return { line: prefix.split('\n').length - 1, character: linePrefixOf(prefix).length };
}
