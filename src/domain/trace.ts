import type { Provenance } from './suggestion.ts';

export interface Stage {
  readonly stage: string;
  readonly ms: number;
}

export interface Note {
  /** The module that decided, by its name in the code: `cache`, `guard:addsSyntaxError`, … */
  readonly where: string;
  readonly what: string;
}

/** What happened on the way to an outcome. Log, panel, feedback and evals all read this one record. */
export interface Trace {
  readonly requestId: string;
  readonly stages: readonly Stage[];
  readonly notes: readonly Note[];
  readonly retrieved: readonly Provenance[];
  readonly ms: number;
}

/** Filled in by the modules that a request passes through, so that their logic holds no logging. */
export class TraceRecorder {
  readonly #requestId: string;
  readonly #elapsed: () => number;
  readonly #start: number;
  readonly #stages: Stage[] = [];
  readonly #notes: Note[] = [];
  #retrieved: readonly Provenance[] = [];

  constructor(requestId: string, elapsed: () => number) {
    this.#requestId = requestId;
    this.#elapsed = elapsed;
    this.#start = elapsed();
  }

  /** Runs `work` and keeps how long it took, also when it throws. */
  time<T>(stage: string, work: () => T): T {
    const start = this.#elapsed();
    const keep = () => {
      this.#stages.push({ stage, ms: this.#elapsed() - start });
    };
    let result: T;
    try {
      result = work();
    } catch (error) {
      keep();
      throw error;
    }
    if (result instanceof Promise) return result.finally(keep) as T;
    keep();
    return result;
  }

  note(where: string, what: string): void {
    this.#notes.push({ where, what });
  }

  retrieved(places: readonly Provenance[]): void {
    this.#retrieved = places;
  }

  finish(): Trace {
    return {
      requestId: this.#requestId,
      stages: [...this.#stages],
      notes: [...this.#notes],
      retrieved: this.#retrieved,
      ms: this.#elapsed() - this.#start,
    };
  }
}
