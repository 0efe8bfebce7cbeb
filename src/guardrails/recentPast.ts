import type { ContentChange, Position } from '../domain/document.ts';

/** A text that was deleted; `start` counts UTF-16 units from the beginning of the document. */
export interface Deletion {
  readonly line: number;
  readonly start: number;
  readonly text: string;
}

/** A suggestion that was turned down: the beginning of its line as it was then, and what it offered behind it. */
export interface Refusal {
  readonly line: number;
  readonly linePrefix: string;
  readonly text: string;
  /** Why, if it was not the user who did so. */
  readonly because?: string;
}

type Dated<T> = T & { readonly at: number };

/** What a user does not want now he may want in a while. */
const MEMORY_MS = 3 * 60_000;
const MOST_A_DOCUMENT = 20;
/** Letters that are deleted within this time of each other are deleted together. */
const TOGETHER_MS = 3_000;
/** A place moves by a line when a line is deleted. */
const NEAR_LINES = 1;

/** What the user has just deleted, and which suggestions he has turned down: not to be brought back at once. */
export class RecentPast {
  readonly #now: () => number;
  readonly #deletions = new Map<string, Dated<Deletion>[]>();
  readonly #refusals = new Map<string, Dated<Refusal>[]>();

  /** `now` gives milliseconds since the epoch. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** An edit is about to be made; only one that does nothing but delete is a deletion. */
  changing(
    uri: string,
    before: { readonly text: string; offsetAt(position: Position): number },
    changes: readonly ContentChange[],
  ): void {
    const [change, ...others] = changes;
    if (!change || others.length > 0 || change.text !== '') return;
    const start = before.offsetAt(change.range.start);
    const text = before.text.slice(start, before.offsetAt(change.range.end));
    this.deleted(uri, { line: change.range.start.line, start, text });
  }

  deleted(uri: string, deletion: Deletion): void {
    const known = listOf(this.#deletions, uri);
    const last = known.at(-1);
    const at = this.#now();
    if (last && at - last.at < TOGETHER_MS) {
      // Backspace takes what stands before, Delete what stands behind.
      const before = deletion.start + deletion.text.length === last.start;
      const text = before ? deletion.text + last.text : last.text + deletion.text;
      if (before || deletion.start === last.start) {
        known.splice(-1, 1, { ...deletion, text, at });
        return;
      }
    }
    keep(known, { ...deletion, at });
  }

  turnedDown(uri: string, refusal: Refusal): void {
    keep(listOf(this.#refusals, uri), { ...refusal, at: this.#now() });
  }

  /** What was deleted near a line in the last minutes. */
  deletionsNear(uri: string, line: number): readonly Deletion[] {
    return this.#near(this.#deletions.get(uri), line);
  }

  /** What was turned down near a line in the last minutes. */
  refusalsNear(uri: string, line: number): readonly Refusal[] {
    return this.#near(this.#refusals.get(uri), line);
  }

  forget(uri: string): void {
    this.#deletions.delete(uri);
    this.#refusals.delete(uri);
  }

  #near<T extends { readonly line: number }>(known: readonly Dated<T>[] = [], line: number): readonly T[] {
    const since = this.#now() - MEMORY_MS;
    return known.filter(one => one.at >= since && Math.abs(one.line - line) <= NEAR_LINES);
  }
}

function listOf<T>(of: Map<string, T[]>, uri: string): T[] {
  const known = of.get(uri) ?? [];
  of.set(uri, known);
  return known;
}

function keep<T>(known: T[], one: T): void {
  known.push(one);
  if (known.length > MOST_A_DOCUMENT) known.shift();
}
