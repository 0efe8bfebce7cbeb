import type { Outcome } from '../domain/outcome.ts';
import type { CompletionContext } from '../domain/request.ts';
import { typedSince } from './typedThrough.ts';

/** A model's answer that is still being made, with the place that it is made for. */
export interface Running {
  readonly context: CompletionContext;
  readonly surroundings: string;
  /** What the guards made of the finished text; undefined if there is none. Never rejects but for a model's failure. */
  readonly answer: Promise<Outcome | undefined>;
  /** What the model has said so far. */
  readonly soFar: () => string;
  /** The model was asked; before that, in the debounce, a newer question simply takes its place. */
  readonly started: () => boolean;
  readonly abort: () => void;
}

/** Whether what a model has said so far and what was typed meanwhile can still become one text. */
export function agree(said: string, typed: string): boolean {
  return said.startsWith(typed) || typed.startsWith(said);
}

/** One running question a document. It lives on while the typed text agrees with it, whoever asked first. */
export class InFlight {
  readonly #running = new Map<string, Running>();

  start(running: Running): void {
    const { uri } = running.context.document;
    this.#running.get(uri)?.abort();
    this.#running.set(uri, running);
    const clear = () => {
      if (this.#running.get(uri) === running) this.#running.delete(uri);
    };
    running.answer.then(clear, clear);
  }

  /**
   * The running question that answers `context` too. One that the text typed since contradicts is aborted, so that the
   * server stops working on it.
   */
  join(context: CompletionContext, surroundings: string): Running | undefined {
    const running = this.#running.get(context.document.uri);
    if (!running) return undefined;
    const typed = typedSince(running.context, context);
    const same = running.surroundings === surroundings && running.started();
    if (typed !== undefined && same && agree(running.soFar(), typed)) return running;
    running.abort();
    this.#running.delete(context.document.uri);
    return undefined;
  }

  forget(uri: string): void {
    this.#running.get(uri)?.abort();
    this.#running.delete(uri);
  }
}
