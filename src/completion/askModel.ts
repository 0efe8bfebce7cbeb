import { sleep } from '../base/abort.ts';
import type { Clock } from '../base/clock.ts';
import type { CompletionContext } from '../domain/request.ts';
import type { Settings } from '../domain/settings.ts';
import type { Snippet } from '../domain/snippet.ts';
import type { TraceRecorder } from '../domain/trace.ts';
import type { Model } from '../models/model.ts';
import { buildPrompt } from '../prompt/fim.ts';
import { wantsMultiLine } from './multiLine.ts';

export interface ModelQuestion {
  readonly context: CompletionContext;
  readonly model: Model;
  readonly settings: Settings['model'];
  /** Within the token budget; runs inside the debounce, so that it adds nothing to the wait. */
  readonly retrieve: (budget: number) => readonly Snippet[];
  /** Whether the user's text still agrees with what the model has said so far. */
  readonly agrees: (said: string) => boolean;
  readonly clock: Clock;
  readonly trace: TraceRecorder;
}

/** A model's answer while it is being made. */
export interface Asking {
  /** Undefined if the user's text came to contradict it. */
  readonly text: Promise<string | undefined>;
  readonly soFar: () => string;
  readonly started: () => boolean;
}

/** Of the prompt's tokens, those that snippets of other files may take. */
export const SNIPPET_SHARE = 0.4;

/** Waits out the debounce, retrieves, and streams the model's answer. Aborting `signal` ends it at any point. */
export function askModel(question: ModelQuestion, signal: AbortSignal): Asking {
  const { context, model, settings, clock, trace } = question;
  const oneLine = !wantsMultiLine(context);
  let started = false;
  let said = '';
  const ask = async () => {
    const paused = sleep(settings.debounceMilliseconds, signal, (ms, run) => clock.after(ms, run));
    const snippets = trace.time('retrieve', () => question.retrieve(settings.contextTokens * SNIPPET_SHARE));
    trace.retrieved(snippets.map(({ text: _, tokens: __, ...place }) => place));
    const prompt = trace.time('prompt', () =>
      buildPrompt(context, snippets, { ...settings, modelName: settings.name }),
    );
    await paused;
    started = true;
    return trace.time('model', async () => {
      // Leaving the loop early closes the connection, and the server stops working on what nobody needs.
      for await (const piece of model.stream(prompt, signal)) {
        said += piece;
        if (!question.agrees(said)) return undefined;
        if (oneLine && /\S[^\n]*\n/.test(said)) break;
      }
      return said;
    });
  };
  return { text: ask(), soFar: () => said, started: () => started };
}
