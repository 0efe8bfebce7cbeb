import type { Clock } from '../base/clock.ts';

/** Where the lines go: stderr. */
export interface Screen {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** How long a line stands before it is written anew: often enough to be alive, seldom enough to cost nothing. */
const SCREEN_PAUSE_MS = 100;
/** In a log that somebody reads later every line stays. */
const LOG_PAUSE_MS = 5_000;
const CLEAR_LINE = '\r\u001b[K';

/** One line that says how far the work is: rewritten on a screen, repeated now and then in a log. */
export class Progress {
  readonly #screen: Screen;
  readonly #clock: Pick<Clock, 'elapsed'>;
  #last: number;
  #shown = false;

  constructor(screen: Screen, clock: Pick<Clock, 'elapsed'>) {
    this.#screen = screen;
    this.#clock = clock;
    this.#last = clock.elapsed();
  }

  show(what: string, done: number, total: number): void {
    const now = this.#clock.elapsed();
    if (now - this.#last < (this.#screen.isTTY ? SCREEN_PAUSE_MS : LOG_PAUSE_MS)) return;
    this.#last = now;
    const line = total > 0 ? `${what}: ${done} of ${total}` : `${what} …`;
    this.#shown = true;
    this.#screen.write(this.#screen.isTTY ? `${CLEAR_LINE}${line}` : `${line}\n`);
  }

  /** Writes lines that stay. */
  above(text: string): void {
    this.end();
    this.#screen.write(text);
  }

  /** Takes the line away. */
  end(): void {
    if (this.#shown && this.#screen.isTTY) this.#screen.write(CLEAR_LINE);
    this.#shown = false;
  }
}
