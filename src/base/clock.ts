/** Time as an argument: nothing below `compose.ts` reads the wall clock or sets a timer itself. */
export interface Clock {
  /** Milliseconds since the epoch, for records that people read later. */
  now(): number;
  /** Monotonic milliseconds with fractions, for measuring. */
  elapsed(): number;
  /** Calls `run` once after `ms`; the returned function calls it off. */
  after(ms: number, run: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  elapsed: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    // A pending survival check must never keep the terminal program alive.
    timer.unref?.();
    return () => clearTimeout(timer);
  },
};
