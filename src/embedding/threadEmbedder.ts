import { Worker } from 'node:worker_threads';
import { abortError } from '../base/abort.ts';
import { messageOf } from '../base/log.ts';
import { connect, type Remote } from '../base/port.ts';
import type { Embedder, EmbedderPlaces, Near } from './embedder.ts';

/** What the worker's program serves. */
export interface EmbedderCalls {
  /** Resolves once the model is loaded; rejects with one sentence if it cannot be. */
  ready(nothing: Record<string, never>): Promise<void>;
  missing(keys: readonly string[]): Promise<readonly string[]>;
  embed(passages: Parameters<Embedder['embed']>[0]): Promise<void>;
  place(file: Parameters<Embedder['place']>[0]): Promise<void>;
  search(query: Parameters<Embedder['search']>[0]): Promise<readonly Near[]>;
}

export interface RunningEmbedder {
  readonly remote: Remote<EmbedderCalls>;
  stop(): Promise<void>;
}

/** Starts an embedder on a thread of its own. Calls reject once the thread is dead. */
export function startEmbedder(script: string, places: EmbedderPlaces): RunningEmbedder {
  const worker = new Worker(script, { workerData: places, execArgv: [], name: 'wisp embedder' });
  const { remote, fail } = connect<EmbedderCalls, Record<never, never>>(worker, {});
  worker.on('error', error => fail(new Error(`The embedder died: ${messageOf(error)}`)));
  worker.on('exit', () => fail(new Error('The embedder died.')));
  return {
    remote,
    async stop() {
      fail(abortError());
      await worker.terminate();
    },
  };
}
