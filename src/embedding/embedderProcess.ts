import { fork } from 'node:child_process';
import { once } from 'node:events';
import { abortError } from '../base/abort.ts';
import { messageOf } from '../base/log.ts';
import { connect, type Remote } from '../base/port.ts';
import { processChannel } from '../base/processChannel.ts';
import type { Embedder, EmbedderPlaces, Near } from './embedder.ts';

/** What the embedder's program serves. */
export interface EmbedderCalls {
  /** Resolves once the model is loaded; rejects with one sentence if it cannot be. */
  open(places: EmbedderPlaces): Promise<void>;
  missing(keys: readonly string[]): Promise<readonly string[]>;
  embed(passages: Parameters<Embedder['embed']>[0]): Promise<void>;
  place(file: Parameters<Embedder['place']>[0]): Promise<void>;
  search(query: Parameters<Embedder['search']>[0]): Promise<readonly Near[]>;
}

export interface RunningEmbedder {
  /** The process's number at the operating system; none if it could not be started. */
  readonly pid: number | undefined;
  readonly remote: Remote<EmbedderCalls>;
  stop(): Promise<void>;
}

/**
 * Starts an embedder in a process of its own: native code that fails ends its whole process, and a thread that is ended
 * while it computes is such a failure. Calls reject once the process is dead.
 */
export function startEmbedder(program: string): RunningEmbedder {
  const child = fork(program, [], {
    execArgv: [],
    // VS Code's own program is asked to be Node.
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const { remote, fail } = connect<EmbedderCalls, Record<never, never>>(processChannel(child), {});
  const exited = once(child, 'exit').catch(() => {});
  child.on('error', error => fail(new Error(`The embedder cannot be run: ${messageOf(error)}`)));
  child.on('exit', (code, signal) =>
    fail(new Error(`The embedder died (${signal ?? `exit code ${code}`}).`)),
  );
  return {
    pid: child.pid,
    remote,
    async stop() {
      fail(abortError());
      // Nothing is lost: what breaks off in the file of vectors is cut away when it is opened again.
      child.kill('SIGKILL');
      await exited;
    },
  };
}
