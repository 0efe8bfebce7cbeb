import { Worker } from 'node:worker_threads';
import type { Clock } from '../base/clock.ts';
import { connect } from '../base/port.ts';
import type { EvaluationApi, EvaluationEvents, EvaluationJob, EvaluationReport } from './api.ts';

/** Where an evaluation finds its files; absolute paths. */
export interface EvaluationPlaces {
  /** The folder with `grammars/`. */
  readonly assets: string;
}

export interface EvaluationClientOptions {
  /** Absolute path of the worker's program. */
  readonly script: string;
  readonly places: EvaluationPlaces;
  readonly events: EvaluationEvents;
  readonly clock: Pick<Clock, 'after'>;
}

export interface RunningEvaluation {
  /** Rejects with one sentence if there is nothing to evaluate on, or if the thread died. */
  readonly report: Promise<EvaluationReport>;
  /** Ends it early; the report then tells of what was asked so far. */
  stop(): void;
  /** Makes it wait, for the user has just pressed a key. */
  typed(): void;
  /** Ends it at once and without a report. */
  kill(): void;
}

/** The index lies in typed arrays outside of this heap. */
const LIMITS = { maxOldGenerationSizeMb: 1_024 };
/** Who stops an evaluation waits for the hole being asked, and not for a thread that hangs. */
const GRACE_MS = 10_000;

/** Starts an evaluation on a thread of its own, which ends with it. */
export function startEvaluation(job: EvaluationJob, options: EvaluationClientOptions): RunningEvaluation {
  const { script, places, events, clock } = options;
  const worker = new Worker(script, {
    workerData: places,
    resourceLimits: LIMITS,
    execArgv: [],
    name: 'wisp evaluation',
  });
  const { remote, fail } = connect<EvaluationApi, EvaluationEvents>(worker, {
    progress: at => events.progress(at),
    log: line => events.log(line),
  });
  worker.on('error', error => fail(new Error(`The evaluation failed: ${error.message}`)));
  worker.on('exit', () => fail(new Error('The evaluation was ended.')));
  const kill = () => void worker.terminate();
  let callOffKill: (() => void) | undefined;
  const report = remote.run(job).finally(() => {
    callOffKill?.();
    kill();
  });
  return {
    report,
    stop() {
      // A thread that ends meanwhile has told so through `report`.
      remote.stop({}).catch(() => {});
      callOffKill ??= clock.after(GRACE_MS, kill);
    },
    typed: () => void remote.typed({}).catch(() => {}),
    kill,
  };
}
