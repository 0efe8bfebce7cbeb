import type OpenAI from 'openai';
import { abortError } from '../base/abort.ts';
import type { PromptTemplate } from '../domain/settings.ts';
import { PROMPT_VERSION } from '../prompt/families.ts';
import type { ModelPrompt } from '../prompt/fim.ts';
import type { Model } from './model.ts';
import { connect } from './openaiClient.ts';
import { failureOf } from './openaiFailure.ts';

export interface ModelServer {
  /** As the user gave it: `/completions` is put behind it and nothing is guessed. */
  readonly baseUrl: string;
  /** The name of the model on that server. */
  readonly name: string;
  readonly template: PromptTemplate;
  readonly timeoutMilliseconds: number;
  /** Servers on one's own machine need none. */
  readonly apiKey?: string;
}

/** A model on a server that speaks OpenAI's completions protocol. */
export class OpenAiModel implements Model {
  readonly id: string;
  readonly #server: ModelServer;
  #client: Promise<OpenAI> | undefined;

  constructor(server: ModelServer) {
    this.id = `${server.name} at ${server.baseUrl}, ${server.template} prompts ${PROMPT_VERSION}`;
    this.#server = server;
  }

  async *stream(prompt: ModelPrompt, signal: AbortSignal): AsyncGenerator<string, void, undefined> {
    const { name, timeoutMilliseconds } = this.#server;
    // The library's own timeout ends with the first byte; a server that falls silent later would hold us forever.
    const deadline = AbortSignal.timeout(timeoutMilliseconds);
    let answered = false;
    try {
      this.#client ??= connect(this.#server);
      const client = await this.#client;
      const answer = await client.completions.create(
        {
          model: name,
          prompt: prompt.prompt,
          ...(prompt.suffix !== undefined && { suffix: prompt.suffix }),
          ...(prompt.stop.length > 0 && { stop: [...prompt.stop] }),
          max_tokens: prompt.maxTokens,
          temperature: 0,
          stream: true,
        },
        { signal: AbortSignal.any([signal, deadline]) },
      );
      for await (const { choices } of answer) {
        answered = true;
        const text = choices?.[0]?.text;
        if (text) yield text;
      }
    } catch (error) {
      if (signal.aborted) throw abortError();
      throw failureOf(error, this.#server, { late: deadline.aborted, answered });
    }
    // An aborted stream ends as if it were complete.
    if (signal.aborted) throw abortError();
    if (deadline.aborted || !answered) {
      throw failureOf(undefined, this.#server, { late: deadline.aborted, answered });
    }
  }
}
