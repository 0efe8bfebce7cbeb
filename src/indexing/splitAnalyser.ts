import type { Clock } from '../base/clock.ts';
import { type Log, messageOf } from '../base/log.ts';
import type { Analyser, LooseText } from './analyser.ts';
import type { FileRecord, Skipped } from './fileRecord.ts';
import { HostedAnalyser, HostFails } from './hostedAnalyser.ts';
import type { IndexerPlaces } from './indexerCalls.ts';
import { hostInProcess, hostInThread } from './indexerHosts.ts';
import type { FileRef } from './scan.ts';

export interface SplitAnalyserOptions {
  /** Threads: soon there, and small. */
  readonly few: HostedAnalyser;
  /** Processes: all that reading a workspace takes is given back with them. */
  readonly many: HostedAnalyser;
  readonly log: Log;
}

/** More files at once are much to do. */
const FEW = 16;
/** A third would wait for the engine, which merges what two have parsed. */
const MOST_PROCESSES = 2;
/** Longer than work waits for somebody who types (`pacer.ts`). */
const IDLE_PROCESS_MS = 5_000;
/** Whoever edits has the thread with every pause. */
const IDLE_THREAD_MS = 30_000;

/** An analyser that runs `program` (`program.ts`, an absolute path) on a thread and in up to `cores` processes. */
export function splitAnalyser(options: {
  readonly program: string;
  readonly places: IndexerPlaces;
  readonly cores: number;
  readonly clock: Clock;
  readonly log: Log;
}): SplitAnalyser {
  const { program, places, cores, clock, log } = options;
  const few = new HostedAnalyser({
    start: () => hostInThread(program, places),
    hosts: 1,
    idleMs: IDLE_THREAD_MS,
    clock,
    log,
  });
  const many = new HostedAnalyser({
    start: () => hostInProcess(program, places),
    hosts: Math.min(MOST_PROCESSES, cores),
    idleMs: IDLE_PROCESS_MS,
    clock,
    log,
  });
  return new SplitAnalyser({ few, many, log });
}

/** What somebody edits is analysed on a thread, a workspace in processes, or on the thread where none can be had. */
export class SplitAnalyser implements Analyser {
  readonly #few: HostedAnalyser;
  readonly #many: HostedAnalyser;
  readonly #log: Log;
  #hasProcesses = true;

  constructor({ few, many, log }: SplitAnalyserOptions) {
    this.#few = few;
    this.#many = many;
    this.#log = log;
  }

  expect(languageId: string): void {
    this.#few.expect(languageId);
  }

  expectMuch(languageId?: string): void {
    if (this.#hasProcesses) this.#many.expectMuch(languageId);
  }

  rest(): void {
    this.#many.rest();
  }

  async analyse(
    files: readonly FileRef[],
    signal: AbortSignal,
    cpuPercent?: number,
  ): Promise<readonly (FileRecord | Skipped)[]> {
    if (!this.#hasProcesses || (files.length <= FEW && !this.#many.isAwake))
      return this.#few.analyse(files, signal, cpuPercent);
    try {
      return await this.#many.analyse(files, signal, cpuPercent);
    } catch (error) {
      if (!(error instanceof HostFails)) throw error;
      if (this.#hasProcesses) this.#log.info(`The workspace is read on threads: ${messageOf(error)}`);
      this.#hasProcesses = false;
      return this.#few.analyse(files, signal, cpuPercent);
    }
  }

  analyseText(text: LooseText): Promise<FileRecord | Skipped> {
    return this.#few.analyseText(text);
  }

  async dispose(): Promise<void> {
    await Promise.all([this.#few.dispose(), this.#many.dispose()]);
  }
}
