import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Opinion } from '../../src/evals/judge.ts';
import { UsageError } from '../../src/terminal/command.ts';
import { evalCommand } from '../../src/terminal/evalCommand.ts';
import { type Behaviour, type OpenAiServer, openAiServer, saying } from '../support/openaiServer.ts';
import { terminalHost } from '../support/terminalHost.ts';
import { makeTree } from '../support/tree.ts';

let server: OpenAiServer;
beforeEach(async () => {
  server = await openAiServer();
});
afterEach(() => server.close());

const hole = (id: string, prefix: string) => ({
  ...{ id, path: 'a.ts', prefix, suffix: ';\n', target: 'customer.name', language: 'typescript' },
});
const HOLES = [
  hole('one', 'const first = '),
  hole('two', 'const second = '),
  hole('three', 'const third = '),
];

/** Two models that write, and what the judge says of what is shown as A and as B. */
function behave(judge: (a: string, b: string) => Behaviour): void {
  server.behave({
    reply({ model, prompt, messages }) {
      if (model === 'coder-a') return { pieces: ['customer.name'] };
      // At the third hole both write the same.
      if (model === 'coder-b')
        return { pieces: [String(prompt).includes('third') ? 'customer.name' : 'customer.id'] };
      const { content } = (messages as { content: string }[])[1]!;
      const part = (name: string) => new RegExp(`<${name}>\n(.*)\n</${name}>`).exec(content)![1]!;
      return judge(part('A'), part('B'));
    },
  });
}

async function run(
  judge: string | undefined,
  more: object = {},
  env: object = { WISP_MODEL_URL: server.baseUrl },
) {
  const model = (name: string) => ({ model: { baseUrl: server.baseUrl, name, debounceMilliseconds: 0 } });
  const folder = await makeTree({
    'holes.jsonl': HOLES.map(one => JSON.stringify(one)).join('\n'),
    'a.json': JSON.stringify(model('coder-a')),
    'b.json': JSON.stringify(model('coder-b')),
  });
  const directory = await makeTree({ 'other.ts': 'export const nothing = 0;\n' });
  const options = {
    holes: join(folder, 'holes.jsonl'),
    variant: [`a=${join(folder, 'a.json')}`, `b=${join(folder, 'b.json')}`],
    ...(judge !== undefined && { judge }),
    ...more,
  };
  return evalCommand.run({ operands: [directory], options }, terminalHost({ env: { ...env } }));
}

const opinionsOf = (json: object) => (json as { opinions: Opinion[] }).opinions;

test('a judge compares what two variants offered, in both orders, and its opinion is marked as one', async () => {
  behave(a => saying(a === 'customer.name' ? 'A' : 'B'));
  const { json, text, incomplete } = await run('judge-7b');
  expect(incomplete).toBeUndefined();
  expect(opinionsOf(json as object)).toEqual([
    expect.objectContaining({
      ...{ model: 'judge-7b', first: 'a', second: 'b', pairs: 2, judged: 2, ended: null },
      counts: { first: 2, second: 0, tie: 0, disagreed: 0, unclear: 0 },
      wins: { difference: -1, low: -1, high: -1 },
    }),
  ]);
  expect(text).toContain('An opinion, not a measurement: judge-7b compared b with a at 2 holes');
  const chats = server.requests.filter(({ path }) => path === '/v1/chat/completions');
  expect(chats).toHaveLength(4);
  expect(chats.every(({ body }) => body.model === 'judge-7b')).toBe(true);
});

test('a judge that always takes the first one prefers nobody', async () => {
  behave(() => saying('A'));
  const { json } = await run('judge-7b');
  expect(opinionsOf(json as object)[0]!.counts).toMatchObject({ first: 0, second: 0, disagreed: 2 });
});

test('without the option nobody is asked and nothing is said', async () => {
  behave(() => saying('A'));
  const { json, text } = await run(undefined);
  expect(json).not.toHaveProperty('opinions');
  expect(text).not.toMatch(/opinion/i);
  expect(server.requests.filter(({ path }) => path.includes('chat'))).toEqual([]);
});

test('when the judge fails, what was measured is still printed, and why there is no opinion', async () => {
  behave(() => ({ status: 500 }));
  const { json, text, incomplete } = await run('judge-7b');
  expect((json as { systems: unknown[] }).systems).toHaveLength(2);
  expect(text).toContain('An opinion, not a measurement');
  expect(opinionsOf(json as object)[0]).toMatchObject({ pairs: 2, judged: 0 });
  expect(incomplete).toMatch(/^The judge did not finish: The model server at .* failed \(500/);
});

describe('one sentence', () => {
  test('a model never judges what it wrote', async () => {
    await expect(run(' Coder-B')).rejects.toThrow(
      " Coder-B writes the suggestions of variant 'b', so it cannot judge them: name another model.",
    );
    expect(server.requests).toEqual([]);
  });

  test.each([
    [{ typing: true }, 'so it does not go with --typing'],
    [{ variant: undefined }, '--judge compares variants: give --variant twice or more.'],
  ])('%j', async (more, sentence) => {
    await expect(run('judge-7b', more)).rejects.toThrow(sentence);
    await expect(run('judge-7b', more)).rejects.toThrow(UsageError);
  });

  test('without a server', async () => {
    await expect(run('judge-7b', {}, {})).rejects.toThrow(
      /^--judge judge-7b needs a server: set WISP_MODEL_URL/,
    );
  });
});
