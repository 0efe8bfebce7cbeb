import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Clock } from '../../base/clock.ts';
import type { Remote } from '../../base/port.ts';
import type { CompletionContext } from '../../domain/request.ts';
import type { EngineApi } from '../../engine/api.ts';
import type { Baseline } from '../baselines/baseline.ts';
import type { WorkspaceTexts } from '../baselines/workspaceTexts.ts';
import type { Hole } from '../holes.ts';
import { withHoleOpen } from '../openHole.ts';
import { endOf, judge } from '../run.ts';
import type { HoleResult } from '../summary.ts';
import { type Typing, typeLine } from '../typing.ts';
import { lineOf } from '../typingRun.ts';
import type { System } from './system.ts';

export interface BaselineSystemParts {
  readonly baseline: Baseline;
  readonly texts: WorkspaceTexts;
  /** Of the site: says what is in the index and judges what is offered, as it does for itself. */
  readonly engine: Remote<EngineApi>;
  /** The workspace folder's absolute path. */
  readonly directory: string;
  readonly clock: Pick<Clock, 'elapsed'>;
}

/** A baseline, asked as an engine is. No guard stands between it and the user. */
export class BaselineSystem implements System {
  readonly name: string;
  readonly #parts: BaselineSystemParts;

  constructor(name: string, parts: BaselineSystemParts) {
    this.name = name;
    this.#parts = parts;
  }

  async ask(hole: Hole, signal: AbortSignal): Promise<HoleResult> {
    const { baseline, texts, engine, clock } = this.#parts;
    signal.throwIfAborted();
    await texts.enter(hole);
    const context = this.#context(hole, hole.prefix, hole.suffix);
    const start = clock.elapsed();
    const text = baseline.complete(context);
    const ms = clock.elapsed() - start;
    const { position } = context;
    const offered = text ? { text, range: { start: position, end: position } } : undefined;
    return {
      ...(await judge(engine, hole, offered)),
      outcome: offered ? 'offered' : 'empty',
      source: null,
      confidence: null,
      ms,
      stages: [],
    };
  }

  type(hole: Hole, signal: AbortSignal): Promise<Typing> {
    const { baseline, texts, engine, directory } = this.#parts;
    const line = lineOf(hole);
    return withHoleOpen(
      engine,
      { ...hole, text: line.prefix + line.suffix },
      { directory, signal },
      async () => {
        await texts.enter(hole);
        return typeLine(line, async (prefix, suffix) => {
          signal.throwIfAborted();
          const text = baseline.complete(this.#context(hole, prefix, suffix));
          return text ? { text } : undefined;
        });
      },
    );
  }

  #context({ id, path, language }: Hole, prefix: string, suffix: string): CompletionContext {
    const uri = pathToFileURL(join(this.#parts.directory, path)).href;
    const document = { uri, path, languageId: language, version: 1, text: prefix + suffix };
    return { requestId: id, document, position: endOf(prefix), prefix, suffix, trigger: 'automatic' };
  }
}
