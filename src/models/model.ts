import type { FailureKind } from '../domain/outcome.ts';
import type { ModelPrompt } from '../prompt/fim.ts';

/** A model that continues code, wherever it runs. */
export interface Model {
  /** Names everything that its answers depend on besides the prompt: a part of the cache key. */
  readonly id: string;
  /** The answer piece by piece. Aborting `signal` ends it at once; what else goes wrong is a `ModelFailure`. */
  stream(prompt: ModelPrompt, signal: AbortSignal): AsyncIterable<string>;
}

/** Why a model could not answer, in one sentence that says what to do. */
export class ModelFailure extends Error {
  override readonly name = 'ModelFailure';
  readonly failure: FailureKind;

  constructor(failure: FailureKind, message: string) {
    super(message);
    this.failure = failure;
  }
}
