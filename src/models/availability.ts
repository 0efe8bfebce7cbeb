import type { Clock } from '../base/clock.ts';
import type { ModelFailure } from './model.ts';

/** Failures of these kinds don't heal by asking again at once. */
const CERTAIN = new Set(['unreachable', 'refused key']);
/** One slow or broken answer is no outage; three in a row are. */
const PATIENCE = 3;
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 300_000;

/**
 * Whether the model is worth asking. In an outage it is tried again after a pause that doubles each time, so that a
 * dead server costs the user one message and no waiting.
 */
export class Availability {
  readonly #clock: Clock;
  readonly #onOutage: (message: string) => void;
  #failures = 0;
  #pause = FIRST_PAUSE_MS;
  #retryAt = 0;
  #outage: string | undefined;

  /** `onOutage` is called once for each outage. */
  constructor(clock: Clock, onOutage: (message: string) => void) {
    this.#clock = clock;
    this.#onOutage = onOutage;
  }

  /** What is wrong, in one sentence, or undefined. */
  get outage(): string | undefined {
    return this.#outage;
  }

  get worthAsking(): boolean {
    return this.#outage === undefined || this.#clock.elapsed() >= this.#retryAt;
  }

  answered(failure?: ModelFailure): void {
    if (!failure) {
      this.reset();
      return;
    }
    this.#failures++;
    if (!CERTAIN.has(failure.failure) && this.#failures < PATIENCE) return;
    this.#retryAt = this.#clock.elapsed() + this.#pause;
    this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE_MS);
    if (this.#outage === undefined) this.#onOutage(failure.message);
    this.#outage = failure.message;
  }

  /** The model answered, or the user has set it up anew. */
  reset(): void {
    this.#failures = 0;
    this.#pause = FIRST_PAUSE_MS;
    this.#outage = undefined;
  }
}
