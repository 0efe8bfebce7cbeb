import type { Remote } from '../base/port.ts';
import { linePrefixOf } from '../base/text.ts';
import { suggestionOf } from '../domain/outcome.ts';
import type { EngineApi } from '../engine/api.ts';
import type { Hole } from './holes.ts';
import { withHoleOpen } from './openHole.ts';
import { type EvaluationOptions, endOf, insertedText } from './run.ts';
import { summariseTyping, type TypedLine, type Typing, type TypingSummary, typeLine } from './typing.ts';

/** What became of the line of one hole. */
export interface TypingResult extends Typing {
  readonly id: string;
  readonly language: string;
}

export type TypingTotals = TypingSummary & {
  /** The evaluation was ended before all lines were typed. */
  readonly partial: boolean;
  readonly languages: Readonly<Record<string, TypingSummary>>;
};

export function summariseLines(lines: readonly TypingResult[], partial: boolean): TypingTotals {
  const languages = [...new Set(lines.map(({ language }) => language))].sort();
  return {
    ...summariseTyping(lines),
    partial,
    languages: Object.fromEntries(
      languages.map(id => [id, summariseTyping(lines.filter(({ language }) => language === id))]),
    ),
  };
}

/** The line that a hole was cut into, from its indentation on. */
export function lineOf({ prefix, target, suffix }: Pick<Hole, 'prefix' | 'target' | 'suffix'>): TypedLine {
  const typed = linePrefixOf(prefix).trimStart();
  const [first, ...rest] = target.split(/(?=\r?\n)/);
  return {
    prefix: prefix.slice(0, prefix.length - typed.length),
    target: (typed + (first ?? '')).trimEnd(),
    suffix,
    following: rest.join(''),
  };
}

/** Types the line of one hole, with its file open while it lasts. Rejects when the signal has fired. */
export async function typeHole(
  engine: Remote<EngineApi>,
  hole: Hole,
  options: Pick<EvaluationOptions, 'directory' | 'signal'>,
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
