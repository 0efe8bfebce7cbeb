import { isAbort } from '../base/abort.ts';
import type { Remote } from '../base/port.ts';
import { linePrefixOf } from '../base/text.ts';
import { suggestionOf } from '../domain/outcome.ts';
import type { EngineApi } from '../engine/api.ts';
import type { HistoryHole } from './history.ts';
import { withHoleOpen } from './openHole.ts';
import { type EvaluationOptions, endOf, insertedText } from './run.ts';
import { isApart } from './summary.ts';
import { summariseTyping, type TypedLine, type Typing, type TypingSummary, typeLine } from './typing.ts';

/** What became of the line of one hole. */
export interface TypingResult extends Typing {
  readonly id: string;
  readonly language: string;
}

export interface TypingEvaluation {
  readonly summary: TypingSummary & {
    /** The evaluation was ended before all lines were typed. */
    readonly partial: boolean;
    readonly languages: Readonly<Record<string, TypingSummary>>;
  };
  readonly lines: readonly TypingResult[];
}

/** Types the lines of code among the holes, one after the other, with the engine asked at every character. */
export async function evaluateTyping(
  engine: Remote<EngineApi>,
  holes: readonly HistoryHole[],
  options: EvaluationOptions<HistoryHole>,
): Promise<TypingEvaluation> {
  const wanted = holes.filter(hole => !isApart(hole.class));
  const lines: TypingResult[] = [];
  try {
    for (const hole of wanted) {
      if (options.signal.aborted) break;
      await options.enter?.(hole);
      lines.push({ id: hole.id, language: hole.language, ...(await typeHole(engine, hole, options)) });
      options.onProgress?.(lines.length, wanted.length);
    }
  } catch (error) {
    if (!isAbort(error)) throw error;
  }
  const languages = [...new Set(lines.map(({ language }) => language))].sort();
  return {
    summary: {
      ...summariseTyping(lines),
      partial: lines.length < wanted.length,
      languages: Object.fromEntries(
        languages.map(id => [id, summariseTyping(lines.filter(({ language }) => language === id))]),
      ),
    },
    lines,
  };
}

/** The line that a hole was cut into, from its indentation on. */
export function lineOf({
  prefix,
  target,
  suffix,
}: Pick<HistoryHole, 'prefix' | 'target' | 'suffix'>): TypedLine {
  const typed = linePrefixOf(prefix).trimStart();
  const [first, ...rest] = target.split(/(?=\r?\n)/);
  return {
    prefix: prefix.slice(0, prefix.length - typed.length),
    target: (typed + (first ?? '')).trimEnd(),
    suffix,
    following: rest.join(''),
  };
}

async function typeHole(
  engine: Remote<EngineApi>,
  hole: HistoryHole,
  options: EvaluationOptions<HistoryHole>,
): Promise<Typing> {
  const { signal } = options;
  const line = lineOf(hole);
  let typed = line.prefix;
  let version = 1;
  return withHoleOpen(engine, { ...hole, text: line.prefix + line.suffix }, options, uri =>
    typeLine(line, async (prefix, suffix) => {
      if (prefix !== typed) {
        const at = endOf(typed);
        const changes = [{ range: { start: at, end: at }, text: prefix.slice(typed.length) }];
        await engine.change({ uri, version: ++version, changes });
        typed = prefix;
      }
      const position = endOf(prefix);
      const request = { id: `${hole.id}:${position.character}`, uri, version, position } as const;
      const { outcome } = await engine.complete({ ...request, trigger: 'automatic' }, signal);
      signal.throwIfAborted();
      const suggestion = suggestionOf(outcome);
      return suggestion && { text: insertedText(suggestion, position, { prefix, suffix }) };
    }),
  );
}
