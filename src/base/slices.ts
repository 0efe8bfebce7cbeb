import { setImmediate } from 'node:timers/promises';

/** Cuts long work into slices, so that whoever waits on this thread gets a turn between them. */
export class Slices {
  readonly #elapsed: () => number;
  readonly #sliceMs: number;
  #start: number;

  constructor(elapsed: () => number, sliceMs: number) {
    this.#elapsed = elapsed;
    this.#sliceMs = sliceMs;
    this.#start = elapsed();
  }

  /** Call between two pieces of work: lets others run once the slice is used up. */
  async breathe(): Promise<void> {
    if (this.#elapsed() - this.#start < this.#sliceMs) return;
    await setImmediate();
    this.#start = this.#elapsed();
  }
}
