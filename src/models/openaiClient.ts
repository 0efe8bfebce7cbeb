import type OpenAI from 'openai';

/** Only these leave: the library would add what machine it runs on, and whatever stands in `OPENAI_*` variables. */
const HEADERS: ReadonlySet<string> = new Set(['accept', 'authorization', 'content-type']);

export interface ServerAddress {
  /** As the user gave it: the path of the API is put behind it and nothing is guessed. */
  readonly baseUrl: string;
  readonly timeoutMilliseconds: number;
  /** Servers on one's own machine need none. */
  readonly apiKey?: string;
}

/** A client of the `openai` library that tells a server nothing but the question. */
export async function connect({ baseUrl, apiKey, timeoutMilliseconds }: ServerAddress): Promise<OpenAI> {
  // It takes a tenth of a second to load, which nobody without a model server should pay.
  const { OpenAI } = await import('openai');
  return new OpenAI({
    baseURL: baseUrl,
    // The library wants one; without a key of the user's the header is left out below.
    apiKey: apiKey || 'none',
    adminAPIKey: null,
    organization: null,
    project: null,
    maxRetries: 0,
    timeout: timeoutMilliseconds,
    logLevel: 'off',
    fetch: (url, init) => {
      const headers = new Headers({ 'user-agent': 'wisp' });
      for (const [name, value] of new Headers(init?.headers as Headers)) {
        if (HEADERS.has(name) && (apiKey || name !== 'authorization')) headers.set(name, value);
      }
      // A redirect would carry the user's code to an address that the user did not give.
      return fetch(url as string, { ...(init as RequestInit), headers, redirect: 'manual' });
    },
  });
}
