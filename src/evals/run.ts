import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isAbort } from '../base/abort.ts';
import type { Clock } from '../base/clock.ts';
import type { Remote } from '../base/port.ts';
import { linePrefixOf } from '../base/text.ts';
import type { Position, Range } from '../domain/document.ts';
import { languageOfPath } from '../domain/languages.ts';
import { suggestionOf } from '../domain/outcome.ts';
import type { Answer, EngineApi } from '../engine/api.ts';
import { classOf, type Hole } from './holes.ts';
import { score } from './metrics.ts';
import { type HoleResult, type Summary, summarise } from './summary.ts';

export interface Evaluation {
  readonly summary: Summary;
  readonly holes: readonly HoleResult[];
}

export interface EvaluationOptions {
  /** The workspace folder's absolute path; the engine has it open. */
  readonly directory: string;
  readonly clock: Pick<Clock, 'elapsed'>;
  /** Ends the evaluation early with the holes asked so far. */
  readonly signal: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Asks the engine at every hole, one after the other and in their order. */
export async function evaluate(
  engine: Remote<EngineApi>,
  holes: readonly Hole[],
  options: EvaluationOptions,
): Promise<Evaluation> {
  const results: HoleResult[] = [];
  try {
    for (const hole of holes) {
      if (options.signal.aborted) break;
      results.push(await askHole(engine, hole, options));
      options.onProgress?.(results.length, holes.length);
    }
  } catch (error) {
    if (!isAbort(error)) throw error;
  }
  return { summary: summarise(results, results.length < holes.length), holes: results };
}

async function askHole(
  engine: Remote<EngineApi>,
  hole: Hole,
  { directory, clock, signal }: EvaluationOptions,
): Promise<HoleResult> {
  const uriOf = (path: string) => pathToFileURL(join(directory, path)).href;
  const uri = uriOf(hole.path);
  const excluded = (hole.exclude ?? []).filter(path => path !== hole.path);
  const position = endOf(hole.prefix);
  const open = (path: string, languageId: string, text: string) =>
    engine.open({ uri: uriOf(path), file: join(directory, path), languageId, version: 1, text, dirty: true });
  // Unsaved text stands for the disk's in the index too: the target is in neither, and an excluded file is empty.
  for (const path of excluded) await open(path, languageOfPath(path)?.id ?? 'plaintext', '');
  await open(hole.path, hole.language, hole.prefix + hole.suffix);
  try {
    await engine.indexed({}, signal);
    const start = clock.elapsed();
    const answer = await engine.complete(
      { id: hole.id, uri, version: 1, position, trigger: 'automatic' },
      signal,
    );
    const ms = clock.elapsed() - start;
    // A question that was cut off says nothing about the hole.
    signal.throwIfAborted();
    return judge(hole, position, answer, ms);
  } finally {
    for (const path of [hole.path, ...excluded]) await engine.close({ uri: uriOf(path) });
  }
}

/** An answer against what truly stood there. */
function judge(hole: Hole, position: Position, { outcome }: Answer, ms: number): HoleResult {
  const suggestion = suggestionOf(outcome);
  const text = suggestion ? insertedText(suggestion.text, suggestion.range, position, hole) : null;
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
    parses: null,
    ms,
    source: suggestion?.source ?? null,
    confidence: suggestion?.confidence ?? null,
    outcome: outcome.kind,
  };
}

/** Neither trailing white space nor the kind of line ending is the suggestion's to get right. */
function plain(text: string): string {
  return text.replaceAll('\r\n', '\n').trimEnd();
}

/**
 * What a suggestion puts at the cursor. Its range may take in text around the cursor that it writes again; where it
 * changes that text instead, all of it counts.
 */
function insertedText(text: string, { start, end }: Range, cursor: Position, hole: Hole): string {
  const before = linePrefixOf(hole.prefix).slice(start.character);
  const after = hole.suffix.slice(0, end.character - cursor.character);
  const fits = text.length >= before.length + after.length && text.startsWith(before) && text.endsWith(after);
  return fits ? text.slice(before.length, text.length - after.length) : text;
}

function endOf(prefix: string): Position {
  return { line: prefix.split('\n').length - 1, character: linePrefixOf(prefix).length };
}
