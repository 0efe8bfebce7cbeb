import { maskSecrets } from '../base/secrets.ts';
import type { FailureKind } from '../domain/outcome.ts';
import { ModelFailure } from './model.ts';

interface Server {
  readonly baseUrl: string;
  readonly name: string;
  readonly timeoutMilliseconds: number;
}

/** How far a question had come. */
interface Progress {
  /** The time that the user allows was over. */
  readonly late: boolean;
  /** A part of the answer had come. */
  readonly answered: boolean;
}

/** What went wrong, in words that say what to do. `error` is undefined if no answer came though nothing was thrown. */
export function failureOf(error: unknown, server: Server, progress: Progress): ModelFailure {
  const { failure, message } = diagnose(error, server, progress);
  return new ModelFailure(failure, message, { cause: error });
}

interface Diagnosis {
  readonly failure: FailureKind;
  readonly message: string;
}

function diagnose(error: unknown, server: Server, { late, answered }: Progress): Diagnosis {
  const { baseUrl, timeoutMilliseconds } = server;
  const { status, error: body } = (error ?? {}) as { status?: number; error?: unknown };
  const words = wordsOf(error);
  if (late) {
    return {
      failure: 'timeout',
      message: `The model server at ${baseUrl} was not done within ${timeoutMilliseconds / 1_000} s: use a smaller model, or raise wisp.model.timeoutMilliseconds.`,
    };
  }
  if (typeof status === 'number') return ofStatus(status, words, server);
  if (answered || body) {
    return {
      failure: 'server error',
      message: `The model server at ${baseUrl} broke off${words}: look at its log.`,
    };
  }
  if (error === undefined) {
    return {
      failure: 'server error',
      message: `The server at ${baseUrl} answered, but not with a completion: check that wisp.model.baseUrl is the address of an OpenAI-compatible server.`,
    };
  }
  return {
    failure: 'unreachable',
    message: `No model server answers at ${baseUrl}${words}: start it, or correct wisp.model.baseUrl.`,
  };
}

/** The answer of a server that did not answer 200. */
function ofStatus(status: number, words: string, { baseUrl, name }: Server): Diagnosis {
  if (status === 401 || status === 403) {
    return {
      failure: 'refused key',
      message: `The model server at ${baseUrl} refused the API key: give it the right one with the command "Wisp: Set the Model Server's API Key".`,
    };
  }
  if (status === 429) {
    return {
      failure: 'rate limited',
      message: `The model server at ${baseUrl} wants fewer questions${words}: wait a little, or ask its owner for a higher limit.`,
    };
  }
  const failure = 'server error';
  if (status < 400) {
    const message = `The server at ${baseUrl} sends us to another address: set wisp.model.baseUrl to the final one.`;
    return { failure, message };
  }
  if (status === 404) {
    const message = `The server at ${baseUrl} knows no completions or no model '${name}'${words}: check wisp.model.baseUrl, which on most servers ends in /v1, and wisp.model.name.`;
    return { failure, message };
  }
  if (status < 500) {
    const message = `The model server at ${baseUrl} did not accept the question (${status}${words}): try another wisp.model.template, or fewer wisp.model.contextTokens.`;
    return { failure, message };
  }
  const message = `The model server at ${baseUrl} failed (${status}${words}): look at its log, or start it again.`;
  return { failure, message };
}

/** The reason that the server or the network gave, short, without a key that a server may repeat. */
function wordsOf(error: unknown): string {
  let innermost = error;
  while (innermost instanceof Error && innermost.cause instanceof Error) innermost = innermost.cause;
  const own = (error as { error?: { message?: unknown } } | undefined)?.error?.message;
  const message = typeof own === 'string' ? own : innermost instanceof Error ? innermost.message : '';
  const line = maskSecrets(message)
    .replace(/\s+/g, ' ')
    .replace(/^\d{3} /, '')
    .trim()
    .replace(/[.:]$/, '');
  return line === '' ? '' : `: ${line.slice(0, 200)}`;
}
