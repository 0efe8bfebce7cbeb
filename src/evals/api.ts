import type { Settings } from '../domain/settings.ts';

/** What is to be evaluated, and how. */
export interface EvaluationJob {
  /** The workspace folder's name and absolute path. */
  readonly name: string;
  readonly directory: string;
  /** The editor's own `files.exclude` globs that are switched on. */
  readonly filesExclude: readonly string[];
  readonly settings: Settings;
  readonly apiKey?: string;
  /** How many holes to ask at. */
  readonly holes: number;
  /** The same seed cuts the same holes into the same files and commits. */
  readonly seed: number;
  /** Of Wisp. */
  readonly version: string;
}

export interface EvaluationReport {
  /** One whole HTML document that needs nothing else. */
  readonly html: string;
  /** The result in one sentence. */
  readonly sentence: string;
  readonly asked: number;
  /** It was stopped before all holes were asked. */
  readonly partial: boolean;
}

/** Evaluations on a thread of their own (`worker.ts`), as the editor sees them. */
export interface EvaluationApi {
  /** Rejects with one sentence if there is nothing to evaluate on. */
  run(job: EvaluationJob): Promise<EvaluationReport>;
  /** Ends the running evaluation early; `run` then resolves with what was asked so far. */
  stop(input: Record<string, never>): void;
  /** The user has just pressed a key: the evaluation waits for a pause. */
  typed(input: Record<string, never>): void;
}

export interface EvaluationEvents {
  progress(at: { readonly stage: string; readonly done: number; readonly total: number }): void;
  log(line: { level: 'info' | 'warn' | 'error'; message: string }): void;
}
