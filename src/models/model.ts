import type { FailureKind } from '../domain/outcome.ts';
import type { ModelPrompt } from '../prompt/fim.ts';

/** A model that fills in at the cursor. */
export interface Model {
  /** Its name, its address and the version of its prompts: whatever makes it answer otherwise. Part of cache keys. */
  readonly id: string;
  /**
   * The answer, piece by piece. Aborting ends it with an abort error and stops the model's work; every other failure is
   * a `ModelFailure`.
   */
  stream(prompt: ModelPrompt, signal: AbortSignal): AsyncIterable<string>;
}

/** A model could not answer. The message is one sentence for the user that says what to do. */
export class ModelFailure extends Error {
  override readonly name = 'ModelFailure';
  readonly failure: FailureKind;

  constructor(failure: FailureKind, message: string, options?: ErrorOptions) {
    super(message, options);
    this.failure = failure;
  }
}
