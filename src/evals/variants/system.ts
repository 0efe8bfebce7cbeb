import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Clock } from '../../base/clock.ts';
import type { Remote } from '../../base/port.ts';
import type { Trigger } from '../../domain/request.ts';
import type { Settings } from '../../domain/settings.ts';
import type { EngineApi } from '../../engine/api.ts';
import type { Hole } from '../holes.ts';
import { askAt } from '../run.ts';
import type { HoleResult } from '../summary.ts';
import type { Typing } from '../typing.ts';
import { typeHole } from '../typingRun.ts';

/** Somebody who is asked at the same holes as others are: the engine with certain settings, or a baseline. */
export interface System {
  readonly name: string;
  /**
   * Answers at a hole. Its file as it is around the hole is in the index already, and what the hole excludes is out.
   * Rejects when `signal` has fired.
   */
  ask(hole: Hole, signal: AbortSignal): Promise<HoleResult>;
  /** Types the hole's line, from a file that is in the index as it was before the hole. */
  type(hole: Hole, signal: AbortSignal): Promise<Typing>;
}

/** Whose settings an engine has at the moment. */
export interface Turn {
  of?: System;
}

export interface EngineSystemParts {
  /** It may be another system's engine too, and then the two share its turn. */
  readonly engine: Remote<EngineApi>;
  readonly turn: Turn;
  /** The workspace folder's absolute path. */
  readonly directory: string;
  readonly settings: Settings;
  readonly apiKey?: string;
  readonly clock: Pick<Clock, 'elapsed'>;
  /** How holes are asked; as if the user had typed, if not told. */
  readonly trigger?: Trigger | undefined;
}

/**
 * The engine with settings of its own. Several of these share one engine, as indexing is nearly all the work; what they
 * may not share is kept apart: each asks in a document of its own, so that no suggestion of another is shown, and gives
 * its settings when its turn comes, so that nothing another has in the cache is found (they are part of the key).
 */
export class EngineSystem implements System {
  readonly name: string;
  readonly #parts: EngineSystemParts;

  constructor(name: string, parts: EngineSystemParts) {
    this.name = name;
    this.#parts = parts;
  }

  async ask(hole: Hole, signal: AbortSignal): Promise<HoleResult> {
    const { engine, directory, clock, trigger } = this.#parts;
    await this.#configure();
    const file = join(directory, hole.path);
    const uri = `${pathToFileURL(file)}?${encodeURIComponent(this.name)}`;
    const text = hole.prefix + hole.suffix;
    // Who is not dirty leaves the index alone: it has this text already.
    const { language: languageId, before = text } = hole;
    await engine.open({ uri, file, languageId, version: 1, text, dirty: false, before });
    try {
      return await askAt(engine, hole, uri, { clock, signal, trigger });
    } finally {
      await engine.close({ uri });
    }
  }

  async type(hole: Hole, signal: AbortSignal): Promise<Typing> {
    const { engine, directory } = this.#parts;
    await this.#configure();
    return typeHole(engine, hole, { directory, signal });
  }

  async #configure(): Promise<void> {
    const { engine, turn, settings, apiKey } = this.#parts;
    // Whoever is alone keeps what was learned of its server: that it does not answer is found out once.
    if (turn.of === this) return;
    turn.of = this;
    await engine.configure({ settings, ...(apiKey !== undefined && { apiKey }) });
  }
}
