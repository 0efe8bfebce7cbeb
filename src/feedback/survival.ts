import { distance } from 'fastest-levenshtein';
import type { Clock } from '../base/clock.ts';
import { maskStretch } from '../base/secretsAcross.ts';
import { type FeedbackEvent, SURVIVAL_CHECKS } from '../domain/feedback.ts';
import { type Edit, type Span, spanAfter } from './edits.ts';

/** An accepted suggestion that stands in a document. */
export interface Accepted {
  readonly id: string;
  readonly uri: string;
  /** UTF-16 offset in the document. */
  readonly start: number;
  readonly text: string;
}

export interface SurvivalOptions {
  readonly clock: Clock;
  readonly emit: (event: FeedbackEvent) => void;
  /** The text of a document as it is now. */
  readonly textOf: (uri: string) => string | undefined;
}

interface Tracked {
  readonly id: string;
  readonly uri: string;
  readonly accepted: string;
  span: Span;
  /** That the user changed it has been told. */
  told: boolean;
  callOff: () => void;
}

/** At this normalised edit distance or below, what stands there still counts as the suggestion (DESIGN section 7). */
export const MOST_DISTANCE = 0.5;

/** Follows accepted suggestions through later edits and looks at fixed times what is left of them. */
export class Survival {
  readonly #options: SurvivalOptions;
  readonly #tracked = new Set<Tracked>();

  constructor(options: SurvivalOptions) {
    this.#options = options;
  }

  /** `text` stands at `start` now, and the clock of its survival begins. */
  begin({ id, uri, start, text }: Accepted): void {
    const tracked: Tracked = {
      id,
      uri,
      accepted: text,
      span: { start, end: start + text.length },
      told: false,
      callOff: () => {},
    };
    this.#tracked.add(tracked);
    this.#schedule(tracked, 0);
  }

  follows(uri: string): boolean {
    return [...this.#tracked].some(tracked => tracked.uri === uri);
  }

  edited(uri: string, edit: Edit): void {
    for (const tracked of this.#tracked) {
      if (tracked.uri === uri) tracked.span = spanAfter(tracked.span, edit);
    }
  }

  /** Tells what is known so far of the document's suggestions and follows them no longer. */
  closed(uri: string): void {
    for (const tracked of this.#tracked) if (tracked.uri === uri) this.#end(tracked);
  }

  /** The same for all documents. */
  stop(): void {
    for (const tracked of this.#tracked) this.#end(tracked);
  }

  #end(tracked: Tracked): void {
    this.#tellEdited(tracked);
    tracked.callOff();
    this.#tracked.delete(tracked);
  }

  #schedule(tracked: Tracked, check: number): void {
    const seconds = SURVIVAL_CHECKS[check]!;
    const pause = seconds - (SURVIVAL_CHECKS[check - 1] ?? 0);
    tracked.callOff = this.#options.clock.after(pause * 1_000, () => {
      this.#check(tracked, seconds);
      if (check + 1 < SURVIVAL_CHECKS.length) this.#schedule(tracked, check + 1);
      else this.#tracked.delete(tracked);
    });
  }

  #check(tracked: Tracked, seconds: number): void {
    const distance = this.#tellEdited(tracked);
    const survived = distance <= MOST_DISTANCE;
    const at = this.#options.clock.now();
    this.#options.emit({ kind: 'survival', id: tracked.id, at, seconds, distance, survived });
  }

  /** Says, once, that the user changed it; gives the distance. */
  #tellEdited(tracked: Tracked): number {
    const { clock, emit, textOf } = this.#options;
    const { start, end } = tracked.span;
    const document = textOf(tracked.uri) ?? '';
    const text = document.slice(start, end);
    const distance = distanceBetween(tracked.accepted, text);
    if (distance > 0 && !tracked.told) {
      tracked.told = true;
      // A piece of a secret is known for one only where it stands.
      const masked = maskStretch(document, start, end);
      emit({ kind: 'edited', id: tracked.id, at: clock.now(), distance, text: masked });
    }
    return distance;
  }
}

/** The time that the distance takes grows with the square of the length. */
const MOST_CHARS = 2_000;

/** Levenshtein distance over the longer length: 0 the same, 1 nothing in common. */
function distanceBetween(a: string, b: string): number {
  if (a === b) return 0;
  const [x, y] = [a.slice(0, MOST_CHARS), b.slice(0, MOST_CHARS)];
  return distance(x, y) / Math.max(x.length, y.length);
}
