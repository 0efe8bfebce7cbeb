/** How many measurements are kept; the oldest make room. */
const KEPT = 1_000;

/** Keeps how long Wisp held the editor's thread, so that the budget of one millisecond a keystroke can be checked. */
export class Stopwatch {
  readonly #ms: number[] = [];
  #next = 0;

  /** Runs `work` and keeps how long it took. */
  time<T>(work: () => T): T {
    const start = performance.now();
    try {
      return work();
    } finally {
      this.#ms[this.#next] = performance.now() - start;
      this.#next = (this.#next + 1) % KEPT;
    }
  }

  /** The share `quantile` of the kept measurements took at most this long, in milliseconds; 0 when there are none. */
  quantile(quantile: number): number {
    const sorted = this.#ms.toSorted((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor(quantile * sorted.length))] ?? 0;
  }
}
