import { abortError } from '../base/abort.ts';
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import { type Connection, connect, type Remote } from '../base/port.ts';
import type { Analyser, LooseText } from './analyser.ts';
import type { FileRecord, Skipped } from './fileRecord.ts';
import type { IndexerCalls, IndexerEvents } from './indexerCalls.ts';
import type { IndexerHost } from './indexerHosts.ts';
import type { FileRef } from './scan.ts';

export interface HostedAnalyserOptions {
  /** Starts the indexer's program, on a thread or in a process. */
  readonly start: () => IndexerHost;
  /** Most hosts at once; each starts when it is first needed. */
  readonly hosts: number;
  /** Milliseconds after its last work when a host is given back. */
  readonly idleMs: number;
  readonly clock: Clock;
  readonly log: Log;
}

/** Every file's outline is time-boxed, so a batch that takes longer than this hangs. */
const HANGS_AFTER_MS = 60_000;

/**
 * An analyser on other threads or in other processes. Each does one thing at a time, so that when it dies it is known
 * what killed it: a batch is then tried again file by file, and the file that kills again counts as unreadable.
 */
export class HostedAnalyser implements Analyser {
  readonly #places: readonly Place[];
  readonly #waiting: ((place: Place) => void)[] = [];
  #disposed = false;

  constructor(options: HostedAnalyserOptions) {
    this.#places = Array.from({ length: options.hosts }, () => new Place(options));
  }

  /** Whether a host runs. */
  get isAwake(): boolean {
    return this.#places.some(place => place.isAwake);
  }

  expect(languageId: string): void {
    // Who gets it is the first.
    if (!this.#disposed) this.#places[0]!.wake(languageId);
  }

  expectMuch(languageId?: string): void {
    if (!this.#disposed) for (const place of this.#places) place.wake(languageId);
  }

  rest(): void {
    for (const place of this.#places) if (!place.taken) void place.end(new HostLost());
  }

  /** Rejects with a `HostFails` when no host can be started. */
  async analyse(
    files: readonly FileRef[],
    signal: AbortSignal,
    cpuPercent?: number,
  ): Promise<readonly (FileRecord | Skipped)[]> {
    try {
      return await this.#ask(remote => remote.analyse({ files, cpuPercent }, signal), signal);
    } catch (error) {
      if (!(error instanceof HostLost)) throw error;
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
      if (error instanceof HostLost) return { path: text.path, skipped: 'unreadable' };
      throw error;
    }
  }

  /** Ends all hosts. Whoever waits for an answer gets an abort error. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    await Promise.all(this.#places.map(place => place.end(abortError())));
  }

  async #ask<T>(call: (remote: Remote<IndexerCalls>) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const place = await this.#free();
    try {
      if (this.#disposed || signal?.aborted) throw abortError();
      return await place.run(call);
    } finally {
      const next = this.#waiting.shift();
      if (next) next(place);
      else place.rest();
    }
  }

  /** A place that has nothing to do, taken for the caller. Those with a host come first, so that the last can retire. */
  async #free(): Promise<Place> {
    const idle = this.#places.filter(place => !place.taken);
    const place = idle.find(({ isAwake }) => isAwake) ?? idle[0];
    if (!place) return new Promise(resolve => this.#waiting.push(resolve));
    place.taken = true;
    return place;
  }
}

/** The host died under a call. */
class HostLost extends Error {
  override readonly name = 'HostLost';
}

/** The host died before it had started: whatever it was to do is not to blame. */
export class HostFails extends Error {
  override readonly name = 'HostFails';
}

interface Running {
  readonly host: IndexerHost;
  readonly connection: Connection<IndexerCalls>;
  /** Languages that it was told to expect. */
  readonly expected: Set<string>;
}

/** A place for one host, which comes and goes. */
class Place {
  taken = false;
  readonly #options: HostedAnalyserOptions;
  #running: Running | undefined;
  #callOffRetirement = () => {};

  constructor(options: HostedAnalyserOptions) {
    this.#options = options;
  }

  get isAwake(): boolean {
    return this.#running !== undefined;
  }

  /** Starts the host before there is something to do. */
  wake(languageId?: string): void {
    this.#running ??= this.#start();
    const { connection, expected } = this.#running;
    if (languageId !== undefined && !expected.has(languageId)) {
      expected.add(languageId);
      // What fails here fails again, and is told, when there is something to do.
      connection.remote.expect(languageId).catch(() => {});
    }
    if (!this.taken) this.#retireLater();
  }

  /** Runs a call on the host, which is started if there is none. */
  async run<T>(call: (remote: Remote<IndexerCalls>) => Promise<T>): Promise<T> {
    this.#callOffRetirement();
    this.#running ??= this.#start();
    const { host, connection } = this.#running;
    const callOff = this.#options.clock.after(HANGS_AFTER_MS, () => {
      this.#options.log.warn('The indexer gave no answer and is started anew.');
      void host.end();
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
    this.#retireLater();
  }

  async end(reason: Error): Promise<void> {
    this.#callOffRetirement();
    const running = this.#running;
    this.#running = undefined;
    running?.connection.fail(reason);
    await running?.host.end();
  }

  #retireLater(): void {
    const { clock, idleMs } = this.#options;
    this.#callOffRetirement();
    this.#callOffRetirement = clock.after(idleMs, () => void this.end(new HostLost()));
  }

  #start(): Running {
    const host = this.#options.start();
    let isReady = false;
    const connection = connect<IndexerCalls, IndexerEvents>(host.channel, {
      ready: () => {
        isReady = true;
      },
    });
    const running = { host, connection, expected: new Set<string>() };
    host.onGone(why => {
      if (this.#running === running) {
        this.#running = undefined;
        this.#options.log.warn(`The indexer died: ${why}.`);
      }
      connection.fail(isReady ? new HostLost(why) : new HostFails(`The indexer does not start: ${why}`));
    });
    return running;
  }
}
