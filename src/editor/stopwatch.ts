/** How many measurements are kept; the oldest make room. */
const KEPT = 1_000;

/** Keeps how long something took: Wisp's hold of the editor's thread at a keystroke, or an answer's way to it. */
export class Stopwatch {
  readonly #ms: number[] = [];
  #next = 0;

  /** Runs `work` and keeps how long it held the thread. */
  time<T>(work: () => T): T {
    const start = performance.now();
    try {
      return work();
    } finally {
      this.keep(performance.now() - start);
    }
  }

  /** Keeps one measurement, in milliseconds. */
  keep(ms: number): void {
    this.#ms[this.#next] = ms;
    this.#next = (this.#next + 1) % KEPT;
  }

  /** The share `quantile` of the kept measurements took at most this long, in milliseconds; 0 when there are none. */
  quantile(quantile: number): number {
    const sorted = this.#ms.toSorted((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor(quantile * sorted.length))] ?? 0;
  }
}
