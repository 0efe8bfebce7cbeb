import { abortError } from '../base/abort.ts';
import { connect, type ServerAddress } from './openaiClient.ts';
import { failureOf } from './openaiFailure.ts';

export interface ChatServer extends ServerAddress {
  /** The name of the model on that server. */
  readonly name: string;
}

/** The most tokens of an answer. A word is enough, but some models think aloud before it. */
const MOST_TOKENS = 1_024;

/**
 * A chat model on a server that speaks OpenAI's chat completions protocol: gives the answer to one question as text.
 * Aborting rejects with an abort error; every other failure is a `ModelFailure`.
 */
export function chatModel(
  server: ChatServer,
): (question: { readonly system: string; readonly user: string }, signal: AbortSignal) => Promise<string> {
  let connected: ReturnType<typeof connect> | undefined;
  return async ({ system, user }, signal) => {
    signal.throwIfAborted();
    const deadline = AbortSignal.timeout(server.timeoutMilliseconds);
    let answer: string | null | undefined;
    try {
      connected ??= connect(server);
      const { choices } = await (await connected).chat.completions.create(
        {
          model: server.name,
          messages: [
            { role: 'system', content: system },
            { role: 'user', content: user },
          ],
          max_tokens: MOST_TOKENS,
          temperature: 0,
        },
        { signal: AbortSignal.any([signal, deadline]) },
      );
      answer = choices?.[0]?.message?.content;
    } catch (error) {
      if (signal.aborted) throw abortError();
      throw failureOf(error, server, { late: deadline.aborted, answered: false });
    }
    if (typeof answer !== 'string') throw failureOf(undefined, server, { late: false, answered: false });
    return answer;
  };
}
