import { Worker } from 'node:worker_threads';
import { abortError } from '../base/abort.ts';
import type { Clock } from '../base/clock.ts';
import { type Log, messageOf } from '../base/log.ts';
import { type Connection, connect, type Remote } from '../base/port.ts';
import type { Analyser, LooseText } from './analyser.ts';
import type { IndexState } from './codeIndex.ts';
import type { FileRecord, Skipped } from './fileRecord.ts';
import type { FileRef } from './scan.ts';
import { buffersOf, saveSnapshot } from './snapshotFile.ts';

/** Where the worker's program finds its files; absolute paths. */
export interface IndexerPlaces {
  /** The folder of the grammars' `.wasm` files. */
  readonly grammars: string;
  /** The folder `syntaxes/`. */
  readonly queries: string;
  /** The folder of a `RecordStore`, if there is one. */
  readonly records?: string;
}

/** What the worker's program serves: an analyser, one value a call. */
export interface IndexerCalls {
  analyse(
    batch: { readonly files: readonly FileRef[]; readonly cpuPercent: number | undefined },
    signal: AbortSignal,
  ): ReturnType<Analyser['analyse']>;
  analyseText: Analyser['analyseText'];
  /** Writes a stored index (`snapshotFile.ts`). */
  store(index: { readonly file: string; readonly state: IndexState }): Promise<void>;
}

export function callsOf(analyser: Analyser): IndexerCalls {
  return {
    analyse: ({ files, cpuPercent }, signal) => analyser.analyse(files, signal, cpuPercent),
    analyseText: text => analyser.analyseText(text),
    async store({ file, state }) {
      await saveSnapshot(file, state);
      letGo(buffersOf(state));
    },
  };
}

/** A thread that has nothing to do collects no garbage, and this would be as much as the index. Before Node 21 it stays. */
function letGo(buffers: readonly (ArrayBuffer & { transfer?(length: number): ArrayBuffer })[]): void {
  for (const buffer of buffers) buffer.transfer?.(0);
}

/** What a worker says unasked. */
export interface IndexerEvents {
  /** It has started; a worker that dies before this will die again. */
  ready(nothing: undefined): void;
}

export interface ThreadAnalyserOptions {
  /** Absolute path of the worker's program. */
  readonly script: string;
  readonly places: IndexerPlaces;
  /** Most threads at once; each starts when it is first needed. */
  readonly threads: number;
  readonly clock: Clock;
  readonly log: Log;
}

/** Every file's outline is time-boxed, so a batch that takes longer than this hangs. */
const HANGS_AFTER_MS = 60_000;
/** Room for what is made and soon forgotten: with V8's usual 48 a thread holds 50 MB more and is no faster. */
const YOUNG_MB = 8;
/** A thread holds some hundred megabytes of grammars and code; all but one are given back after a while. */
const IDLE_MS = 30_000;

/**
 * Analysers on worker threads. A thread does one thing at a time, so that when it dies it is known what killed it: a
 * batch is then tried again file by file, and the file that kills again counts as unreadable.
 */
export class ThreadAnalyser implements Analyser {
  readonly #threads: readonly Thread[];
  readonly #waiting: ((thread: Thread) => void)[] = [];
  #disposed = false;

  constructor(options: ThreadAnalyserOptions) {
    this.#threads = Array.from({ length: options.threads }, (_, i) => new Thread(options, i === 0));
  }

  async analyse(
    files: readonly FileRef[],
    signal: AbortSignal,
    cpuPercent?: number,
  ): Promise<readonly (FileRecord | Skipped)[]> {
    try {
      return await this.#ask(remote => remote.analyse({ files, cpuPercent }, signal), signal);
    } catch (error) {
      if (!(error instanceof ThreadLost)) throw error;
      if (files.length === 1) return [{ path: files[0]!.path, skipped: 'unreadable' }];
    }
    const results: (FileRecord | Skipped)[] = [];
    for (const file of files) results.push(...(await this.analyse([file], signal, cpuPercent)));
    return results;
  }

  async analyseText(text: LooseText): Promise<FileRecord | Skipped> {
    try {
      return await this.#ask(remote => remote.analyseText(text));
    } catch (error) {
      if (error instanceof ThreadLost) return { path: text.path, skipped: 'unreadable' };
      throw error;
    }
  }

  /** Writes a stored index. The state's memory moves to the thread: nobody may use it afterwards. */
  async store(file: string, state: IndexState): Promise<void> {
    await this.#ask(remote => remote.store({ file, state }));
  }

  /** Ends all threads. Whoever waits for an answer gets an abort error. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    await Promise.all(this.#threads.map(thread => thread.end(abortError())));
  }

  async #ask<T>(call: (remote: Remote<IndexerCalls>) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const thread = await this.#free();
    try {
      if (this.#disposed || signal?.aborted) throw abortError();
      return await thread.run(call);
    } finally {
      const next = this.#waiting.shift();
      if (next) next(thread);
      else thread.rest();
    }
  }

  /** A thread that has nothing to do, taken for the caller. The first ones come first, so that the last can retire. */
  async #free(): Promise<Thread> {
    const idle = this.#threads.find(thread => !thread.taken);
    if (!idle) return new Promise(resolve => this.#waiting.push(resolve));
    idle.taken = true;
    return idle;
  }
}

/** A copy of a large index would hold the engine for as long as many keystrokes. */
function movedWith(method: string, input: unknown): readonly ArrayBuffer[] {
  return method === 'store' ? buffersOf((input as Parameters<IndexerCalls['store']>[0]).state) : [];
}

/** The thread died under a call. */
class ThreadLost extends Error {
  override readonly name = 'ThreadLost';
}

interface Running {
  readonly worker: Worker;
  readonly connection: Connection<IndexerCalls>;
}

/** A place for one worker, which comes and goes. */
class Thread {
  taken = false;
  readonly #options: ThreadAnalyserOptions;
  readonly #stays: boolean;
  #running: Running | undefined;
  #callOffRetirement = () => {};

  /** `stays`: keeps its worker for good once it has one. */
  constructor(options: ThreadAnalyserOptions, stays: boolean) {
    this.#options = options;
    this.#stays = stays;
  }

  /** Runs a call on the worker, which is started if there is none. */
  async run<T>(call: (remote: Remote<IndexerCalls>) => Promise<T>): Promise<T> {
    this.#callOffRetirement();
    this.#running ??= this.#start();
    const { worker, connection } = this.#running;
    const callOff = this.#options.clock.after(HANGS_AFTER_MS, () => {
      this.#options.log.warn('A thread of the indexer gave no answer and is replaced.');
      void worker.terminate();
    });
    try {
      return await call(connection.remote);
    } finally {
      callOff();
    }
  }

  /** There is nothing to do for now. */
  rest(): void {
    this.taken = false;
    if (!this.#stays)
      this.#callOffRetirement = this.#options.clock.after(IDLE_MS, () => void this.end(new ThreadLost()));
  }

  async end(reason: Error): Promise<void> {
    this.#callOffRetirement();
    const running = this.#running;
    this.#running = undefined;
    running?.connection.fail(reason);
    await running?.worker.terminate();
  }

  #start(): Running {
    const { script, places, log } = this.#options;
    const resourceLimits = { maxYoungGenerationSizeMb: YOUNG_MB };
    const worker = new Worker(script, {
      workerData: places,
      execArgv: [],
      name: 'wisp indexer',
      resourceLimits,
    });
    let isReady = false;
    let why = 'it ended by itself';
    const connection = connect<IndexerCalls, IndexerEvents>(
      worker,
      {
        ready: () => {
          isReady = true;
        },
      },
      movedWith,
    );
    const running = { worker, connection };
    worker.on('error', error => {
      why = messageOf(error);
    });
    worker.on('exit', () => {
      if (this.#running === running) {
        this.#running = undefined;
        log.warn(`A thread of the indexer died: ${why}.`);
      }
      connection.fail(isReady ? new ThreadLost(why) : new Error(`The indexer does not start: ${why}`));
    });
    return running;
  }
}
