import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { chatModel } from '../../src/models/openaiChat.ts';
import { type OpenAiServer, openAiServer, saying } from '../support/openaiServer.ts';

let server: OpenAiServer;
beforeEach(async () => {
  server = await openAiServer();
});
afterEach(() => server.close());

const never = new AbortController().signal;
const question = { system: 'You compare.', user: 'Which is better?' };
const modelOf = (more: object = {}) =>
  chatModel({ baseUrl: server.baseUrl, name: 'judge-7b', timeoutMilliseconds: 5_000, ...more });

test('a question goes to /chat/completions as two messages, and the answer comes back as text', async () => {
  server.behave(saying('A'));
  expect(await modelOf({ apiKey: 'key' })(question, never)).toBe('A');
  expect(server.requests).toHaveLength(1);
  const { path, headers, body } = server.requests[0]!;
  expect(path).toBe('/v1/chat/completions');
  expect(headers.authorization).toBe('Bearer key');
  expect(body).toMatchObject({
    model: 'judge-7b',
    temperature: 0,
    messages: [
      { role: 'system', content: 'You compare.' },
      { role: 'user', content: 'Which is better?' },
    ],
  });
});

test('without a key none is sent', async () => {
  server.behave(saying('A'));
  await modelOf()(question, never);
  expect(server.requests[0]!.headers).not.toHaveProperty('authorization');
});

describe('what goes wrong is one sentence', () => {
  test.each([
    [{ status: 401 }, /refused the API key/],
    [{ status: 404 }, /knows no completions or no model 'judge-7b'/],
    [{ status: 500 }, /failed \(500/],
    [{ status: 200, body: { choices: [] } }, /answered, but not with a completion/],
    [
      { status: 200, body: { choices: [{ message: { content: null } }] } },
      /answered, but not with a completion/,
    ],
  ] as const)('%j', async (behaviour, sentence) => {
    server.behave(behaviour);
    await expect(modelOf()(question, never)).rejects.toThrow(sentence);
  });

  test('a server that never answers', async () => {
    server.behave('hang');
    await expect(modelOf({ timeoutMilliseconds: 50 })(question, never)).rejects.toThrow(
      /was not done within 0\.05 s/,
    );
  });
});

test('taking the question back closes the connection', async () => {
  server.behave('hang');
  const taken = new AbortController();
  const asked = modelOf()(question, taken.signal);
  while (server.requests.length === 0) await new Promise(resolve => setTimeout(resolve, 5));
  taken.abort();
  await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
  await server.requests[0]!.closedByClient;
});
