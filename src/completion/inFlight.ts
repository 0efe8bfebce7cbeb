import type { CompletionContext } from '../domain/request.ts';
import type { Suggestion } from '../domain/suggestion.ts';
import { typedSince } from './typedThrough.ts';

/** A model's answer that is still being made, with the place that it is made for. */
export interface Running {
  readonly context: CompletionContext;
  readonly surroundings: string;
  /** Settles with the finished suggestion; undefined if there is none. Never rejects but for a model's failure. */
  readonly answer: Promise<Suggestion | undefined>;
  /** What the model has said so far. */
  readonly soFar: () => string;
  /** The model was asked; before that, in the debounce, a newer question simply takes its place. */
  readonly started: () => boolean;
  readonly abort: () => void;
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
   * The running question that answers `context` too, with what has been typed since it was asked. One that the typed
   * text contradicts is aborted, so that the server stops working on it.
   */
  join(context: CompletionContext, surroundings: string): { running: Running; typed: string } | undefined {
    const running = this.#running.get(context.document.uri);
    if (!running) return undefined;
    const typed = typedSince(running.context, context);
    const soFar = running.soFar();
    const agrees =
      typed !== undefined &&
      running.surroundings === surroundings &&
      running.started() &&
      (soFar.startsWith(typed) || typed.startsWith(soFar));
    if (agrees) return { running, typed };
    running.abort();
    this.#running.delete(context.document.uri);
    return undefined;
  }

  forget(uri: string): void {
    this.#running.get(uri)?.abort();
    this.#running.delete(uri);
  }
}
