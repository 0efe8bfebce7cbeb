import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import picomatch from 'picomatch';
import { type Clock, systemClock } from './base/clock.ts';
import type { Log } from './base/log.ts';
import { Completer } from './completion/complete.ts';
import type { Circumstances } from './completion/shouldAsk.ts';
import type { CompletionContext } from './domain/request.ts';
import type { EngineApi, EngineEvents } from './engine/api.ts';
import { Documents } from './engine/documents.ts';
import { Engine } from './engine/engine.ts';
import { Session } from './engine/session.ts';

export interface ComposeOptions {
  readonly events: EngineEvents;
  /** The folder with `grammars/` and `syntaxes/`. */
  readonly assets: string;
  /** Where the index is kept; nothing is stored without it. */
  readonly storage?: string;
  /** The folder of the feedback journal; nothing is recorded without it. */
  readonly feedback?: string;
  readonly indexer: 'threads' | 'in-process';
  readonly clock?: Clock;
}
