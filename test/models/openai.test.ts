import { createServer } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { isAbort } from '../../src/base/abort.ts';
import type { ModelFailure } from '../../src/models/model.ts';
import { type ModelServer, OpenAiModel } from '../../src/models/openai.ts';
import type { ModelPrompt } from '../../src/prompt/fim.ts';
import { type OpenAiServer, openAiServer } from '../support/openaiServer.ts';

let server: OpenAiServer;
beforeEach(async () => {
  server = await openAiServer();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await server.close();
});

const prompt: ModelPrompt = { prompt: 'const a = ', stop: ['<end>'], maxTokens: 16 };

function model(options: Partial<ModelServer> = {}): OpenAiModel {
  return new OpenAiModel({
    baseUrl: server.baseUrl,
    name: 'tiny-coder',
    template: 'auto',
    timeoutMilliseconds: 5_000,
    ...options,
  });
}

async function ask(asked: OpenAiModel, signal = new AbortController().signal): Promise<string> {
  let text = '';
  for await (const piece of asked.stream(prompt, signal)) text += piece;
  return text;
}

async function failing(asked: OpenAiModel): Promise<ModelFailure> {
  const error = await ask(asked).then(
    text => new Error(`It answered ${text}`),
    error => error,
  );
  expect(error).toMatchObject({ name: 'ModelFailure' });
  return error;
}

test('the answer comes piece by piece', async () => {
  server.behave({ pieces: ['1', ' + ', '2;'], pauseMs: 5 });
  const pieces: string[] = [];
  for await (const piece of model().stream(prompt, new AbortController().signal)) pieces.push(piece);
  expect(pieces).toEqual(['1', ' + ', '2;']);
});

test('the question says what the protocol asks for and nothing more', async () => {
  server.behave({ pieces: ['1'] });
  await ask(model());
  expect(server.requests).toHaveLength(1);
  const [request] = server.requests;
  expect(`${request?.method} ${request?.path}`).toBe('POST /v1/completions');
  expect(request?.body).toEqual({
    model: 'tiny-coder',
    prompt: 'const a = ',
    stop: ['<end>'],
    max_tokens: 16,
    temperature: 0,
    stream: true,
  });
});

test('the suffix goes along where the prompt has one, and no empty list of stops', async () => {
  server.behave({ pieces: ['1'] });
  const question = { prompt: 'f(', suffix: ')', stop: [], maxTokens: 4 };
  for await (const _ of model().stream(question, new AbortController().signal));
  expect(server.requests[0]?.body).toMatchObject({ prompt: 'f(', suffix: ')' });
  expect(server.requests[0]?.body).not.toHaveProperty('stop');
});

test('no header tells about the machine, and none comes from the environment', async () => {
  vi.stubEnv('OPENAI_API_KEY', 'sk-of-another-server');
  vi.stubEnv('OPENAI_ADMIN_KEY', 'sk-admin');
  vi.stubEnv('OPENAI_ORG_ID', 'org-private');
  vi.stubEnv('OPENAI_PROJECT_ID', 'project-private');
  vi.stubEnv('OPENAI_BASE_URL', 'http://127.0.0.1:1/elsewhere');
  vi.stubEnv('OPENAI_CUSTOM_HEADERS', 'x-private: yes');
  server.behave({ pieces: ['1'] });
  await ask(model());
  const { headers } = server.requests[0]!;
  expect(Object.keys(headers).filter(name => /stainless|openai|private|authorization/.test(name))).toEqual(
    [],
  );
  expect(headers['user-agent']).toBe('wisp');
});

test('a key is sent as a bearer token', async () => {
  server.behave({ pieces: ['1'] });
  await ask(model({ apiKey: 'sk-mine' }));
  expect(server.requests[0]?.headers.authorization).toBe('Bearer sk-mine');
});

test('aborting closes the connection', async () => {
  server.behave({ pieces: ['1'], ending: 'hang' });
  const user = new AbortController();
  const stream = model().stream(prompt, user.signal);
  expect((await stream.next()).value).toBe('1');
  const rest = stream.next();
  user.abort();
  await expect(rest).rejects.toSatisfy(isAbort);
  await server.requests[0]?.closedByClient;
});

test('aborting before the first byte closes the connection too', async () => {
  server.behave('hang');
  const user = new AbortController();
  const answer = ask(model(), user.signal);
  await vi.waitFor(() => expect(server.requests).toHaveLength(1));
  user.abort();
  await expect(answer).rejects.toSatisfy(isAbort);
  await server.requests[0]?.closedByClient;
});

test('a reader that has enough closes the connection', async () => {
  server.behave({ pieces: ['1', '2'], ending: 'hang' });
  for await (const _ of model().stream(prompt, new AbortController().signal)) break;
  await server.requests[0]?.closedByClient;
});

test('a question that was taken back is not asked', async () => {
  await expect(ask(model(), AbortSignal.abort())).rejects.toSatisfy(isAbort);
  expect(server.requests).toHaveLength(0);
});

const STATUSES: readonly (readonly [number, string, RegExp])[] = [
  [401, 'refused key', /Set the Model Server's API Key/],
  [403, 'refused key', /Set the Model Server's API Key/],
  [429, 'rate limited', /wait a little/],
  [500, 'server error', /failed \(500: This is a 500\)/],
  [400, 'server error', /did not accept the question \(400: This is a 400\)/],
  [404, 'server error', /ends in \/v1/],
];

test.each(STATUSES)('a %i is %s, asked once, with a word on what to do', async (status, failure, words) => {
  server.behave({ status });
  const error = await failing(model());
  expect(error.failure).toBe(failure);
  expect(error.message).toMatch(words);
  expect(error.message).toMatch(/^[^\n]*\.$/);
  expect(server.requests).toHaveLength(1);
});

test('an address without /v1 is used as it is, and the message gives the hint', async () => {
  const error = await failing(model({ baseUrl: server.baseUrl.replace('/v1', '') }));
  expect(server.requests.map(request => request.path)).toEqual(['/completions']);
  expect(error.message).toContain('ends in /v1');
});

test('a slash at the end of the address changes nothing', async () => {
  server.behave({ pieces: ['1'] });
  expect(await ask(model({ baseUrl: `${server.baseUrl}/` }))).toBe('1');
});

test('a redirect is not followed: it would carry the code elsewhere', async () => {
  server.behave({ status: 307, headers: { location: `${server.baseUrl}/elsewhere` } });
  const error = await failing(model());
  expect(error.message).toContain('sends us to another address');
  expect(server.requests).toHaveLength(1);
});

test('a server that takes the question and says nothing runs into the timeout', async () => {
  server.behave('hang');
  const error = await failing(model({ timeoutMilliseconds: 100 }));
  expect(error.failure).toBe('timeout');
  expect(error.message).toContain('0.1 s');
  await server.requests[0]?.closedByClient;
});

test('a server that falls silent in the middle runs into the timeout', async () => {
  server.behave({ pieces: ['1'], ending: 'hang' });
  expect((await failing(model({ timeoutMilliseconds: 200 }))).failure).toBe('timeout');
});

test('a connection that breaks in the middle is a failure, not an answer', async () => {
  server.behave({ pieces: ['1'], ending: 'disconnect' });
  const error = await failing(model());
  expect(error.failure).toBe('server error');
  expect(error.message).toContain('broke off');
});

test('an error that the server reports in its stream is told', async () => {
  server.behave({ pieces: [], ending: 'error' });
  const error = await failing(model());
  expect(error.failure).toBe('server error');
  expect(error.message).toContain('The GPU is out of memory');
});

test('a server that answers with something else is no model', async () => {
  server.behave({ status: 200, body: { hello: 'world' } });
  const error = await failing(model());
  expect(error.failure).toBe('server error');
  expect(error.message).toContain('not with a completion');
});

test('an answer without text is an answer', async () => {
  server.behave({ pieces: [] });
  expect(await ask(model())).toBe('');
});

test('where nobody listens the server is unreachable', async () => {
  const port = await freePort();
  const error = await failing(model({ baseUrl: `http://127.0.0.1:${port}/v1` }));
  expect(error.failure).toBe('unreachable');
  expect(error.message).toMatch(/start it, or correct wisp.model.baseUrl/);
});

test('a key that the server repeats is not told', async () => {
  const key = 'sk-live9Qz7Lp2Vx8Tn4Rb6Kw1Yc3Md5';
  server.behave({ status: 400, body: { error: { message: `Odd key ${key}` } } });
  expect((await failing(model({ apiKey: key }))).message).not.toContain(key);
});

test('whatever makes a model answer otherwise is part of its id', () => {
  const ids = [
    model(),
    model({ name: 'other' }),
    model({ template: 'qwen' }),
    model({ baseUrl: 'http://127.0.0.1:1/v1' }),
  ].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

/** A port at which nobody listens: the system gave it out and it was closed again. */
async function freePort(): Promise<number> {
  const listener = createServer();
  await new Promise<void>(resolve => listener.listen(0, '127.0.0.1', resolve));
  const { port } = listener.address() as { port: number };
  await new Promise(resolve => listener.close(resolve));
  return port;
}
