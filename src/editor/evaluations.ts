import * as vscode from 'vscode';
import { systemClock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { EvaluationEvents, EvaluationJob } from '../evals/api.ts';
import { type EvaluationPlaces, type RunningEvaluation, startEvaluation } from '../evals/client.ts';

export interface EvaluationsOptions {
  /** Absolute path of the worker's program. */
  readonly script: string;
  readonly places: EvaluationPlaces;
  /** Of Wisp. */
  readonly version: string;
  readonly log: Log;
}

/** Evaluations, one at a time, which wait while the user types and end with the editor. */
export class Evaluations implements vscode.Disposable {
  readonly #options: EvaluationsOptions;
  readonly #typing: vscode.Disposable;
  #running: RunningEvaluation | undefined;

  constructor(options: EvaluationsOptions) {
    this.#options = options;
    this.#typing = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0 && document.uri.scheme !== 'output') this.#running?.typed();
    });
  }

  /** @throws if one is running already. */
  start(
    job: Omit<EvaluationJob, 'version'>,
    onProgress: EvaluationEvents['progress'],
  ): Pick<RunningEvaluation, 'report' | 'stop'> {
    if (this.#running) throw new Error('An evaluation is running already; its notification can cancel it.');
    const { script, places, version, log } = this.#options;
    const events: EvaluationEvents = {
      progress: onProgress,
      log: ({ level, message }) => log[level](`Evaluation: ${message}`),
    };
    const running = startEvaluation({ ...job, version }, { script, places, events, clock: systemClock });
    this.#running = running;
    const report = running.report.finally(() => {
      this.#running = undefined;
    });
    return { report, stop: () => running.stop() };
  }

  dispose(): void {
    this.#typing.dispose();
    this.#running?.kill();
  }
}
