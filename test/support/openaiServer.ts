import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** How the server answers. */
export type Behaviour =
  /** Streams the pieces, with a pause before each. */
  | { readonly pieces: readonly string[]; readonly pauseMs?: number }
  /** An answer that is no stream. */
  | { readonly status: number; readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> }
  /** Streams the pieces and then does as told: falls silent, tears the connection, or reports an error. */
  | { readonly pieces: readonly string[]; readonly ending: 'hang' | 'disconnect' | 'error' }
  /** Does what it is told for each question. */
  | { readonly reply: (body: Record<string, unknown>) => Behaviour }
  /** Takes the question and never says a word. */
  | 'hang';

export interface RecordedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Record<string, unknown>;
  /** Resolves when the client closed the connection before the answer was complete. */
  readonly closedByClient: Promise<void>;
}

export interface OpenAiServer {
  /** With `/v1`. */
  readonly baseUrl: string;
  readonly requests: readonly RecordedRequest[];
  behave(behaviour: Behaviour): void;
  close(): Promise<void>;
}

/** A server that speaks the completions and the chat completions protocol over a real socket. */
export async function openAiServer(): Promise<OpenAiServer> {
  const requests: RecordedRequest[] = [];
  let behaviour: Behaviour = { pieces: [] };
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    const closedByClient = new Promise<void>(resolve =>
      response.on('close', () => !response.writableFinished && resolve()),
    );
    const { method = '', url: path = '', headers } = request;
    requests.push({ method, path, headers, body, closedByClient });
    await answer(response, ENDPOINTS.has(path) ? behaviour : { status: 404 }, body);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    behave(next) {
      behaviour = next;
    },
    close() {
      server.closeAllConnections();
      return new Promise(resolve => server.close(() => resolve()));
    },
  };
}

const ENDPOINTS: ReadonlySet<string> = new Set(['/v1/completions', '/v1/chat/completions']);

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text === '' ? {} : JSON.parse(text);
}

async function answer(
  response: ServerResponse,
  behaviour: Behaviour,
  question: Record<string, unknown>,
): Promise<void> {
  if (behaviour === 'hang') return;
  if ('reply' in behaviour) {
    await answer(response, behaviour.reply(question), question);
    return;
  }
  if ('status' in behaviour) {
    const { status, headers, body = { error: { message: `This is a ${status}.` } } } = behaviour;
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (const text of behaviour.pieces) {
    if ('pauseMs' in behaviour) await new Promise(resolve => setTimeout(resolve, behaviour.pauseMs));
    if (response.destroyed) return;
    response.write(event({ object: 'text_completion', choices: [{ index: 0, text, finish_reason: null }] }));
  }
  const ending = 'ending' in behaviour ? behaviour.ending : 'done';
  if (ending === 'hang') return;
  if (ending === 'disconnect') {
    // What was written must arrive first, or there is no middle to break off in.
    setTimeout(() => response.destroy(), 20);
    return;
  }
  if (ending === 'error') {
    response.end(event({ error: { message: 'The GPU is out of memory.' } }));
    return;
  }
  response.write(event({ choices: [{ index: 0, text: '', finish_reason: 'stop' }] }));
  response.end('data: [DONE]\n\n');
}

/** The whole answer of a chat. */
export function saying(content: string): Behaviour {
  const choices = [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }];
  return { status: 200, body: { id: 'c', object: 'chat.completion', choices } };
}

function event(data: unknown): string {
  return `data: ${JSON.stringify(data)}\n\n`;
}
