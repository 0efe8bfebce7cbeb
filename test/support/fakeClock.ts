import type { Clock } from '../../src/base/clock.ts';

/** A clock that a test moves by hand. */
export interface FakeClock extends Clock {
  /** Lets time pass: timers run in the order in which they are due, each at its own time. */
  pass(ms: number): void;
  /** Timers that are still to run. */
  readonly pending: number;
}

export function fakeClock(now = Date.UTC(2026, 0, 1)): FakeClock {
  let elapsed = 0;
  let timers: { readonly at: number; readonly run: () => void }[] = [];
  const next = (until: number) => timers.filter(timer => timer.at <= until).sort((a, b) => a.at - b.at)[0];
  return {
    now: () => now + elapsed,
    elapsed: () => elapsed,
    after(ms, run) {
      const timer = { at: elapsed + ms, run };
      timers.push(timer);
      return () => {
        timers = timers.filter(other => other !== timer);
      };
    },
    pass(ms) {
      const until = elapsed + ms;
      for (let due = next(until); due; due = next(until)) {
        timers = timers.filter(other => other !== due);
        elapsed = due.at;
        due.run();
      }
      elapsed = until;
    },
    get pending() {
      return timers.length;
    },
  };
}
