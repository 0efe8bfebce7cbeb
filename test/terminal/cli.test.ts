import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { makeTree } from '../support/tree.ts';

const repository = resolve(import.meta.dirname, '../..');
const program = join(repository, 'dist/cli.cjs');

/** The program as it is shipped; `npm test` builds it before it comes here. */
beforeAll(() => {
  if (!existsSync(program)) execFileSync(process.execPath, ['esbuild.js'], { cwd: repository });
}, 60_000);

const user = (name: string) => `export function load${name}(repository: Repository, id: number): ${name} {
  const found = repository.findOneByIdentifier(id);
  if (found === undefined) throw new MissingError(id);
  return found.as${name}();
}
`;
const shop = {
  'src/apple.ts': user('Apple'),
  'src/pear.ts': user('Pear'),
  'src/plum.ts': user('Plum'),
  'src/quince.ts': user('Quince'),
  '.gitignore': 'generated\n',
  'generated/big.ts': 'export const a = 1;\n',
  '.env': 'PASSWORD=hunter2\n',
};

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

async function wisp(
  args: readonly string[],
  whileRunning: (child: ChildProcess) => void = () => {},
  environment: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const cache = join(await makeTree({}), 'cache');
  const child = spawn(process.execPath, [program, ...args], {
    env: { ...process.env, XDG_CACHE_HOME: cache, ...environment },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', chunk => {
    stdout += chunk;
  });
  child.stderr.on('data', chunk => {
    stderr += chunk;
  });
  whileRunning(child);
  const code = await new Promise<number | null>(done => child.on('close', done));
  return { code, stdout, stderr };
}

/** Runs a command that must end well and print one JSON document and nothing else. */
async function json(...args: readonly string[]) {
  const { code, stdout, stderr } = await wisp([...args, '--json']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout);
}

test('--version and --help go to stdout', async () => {
  expect(await wisp(['--version'])).toEqual({ code: 0, stdout: `${manifest.version}\n`, stderr: '' });
  expect(await wisp([])).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('Usage: wisp COMMAND'),
    stderr: '',
  });
});

test('index says what is in the index and what was left out, and knows it the next time', async () => {
  const directory = await makeTree(shop);
  const store = await makeTree({});
  const first = await json('index', directory, '--store', store);
  expect(first).toMatchObject({ files: 4, fromCache: 0, seconds: expect.any(Number) });
  expect(first.chunks).toBeGreaterThanOrEqual(4);
  const sources = Object.entries(shop).filter(([path]) => path.startsWith('src/'));
  expect(first.bytes).toBe(sources.reduce((sum, [, text]) => sum + text.length, 0));
  expect(first.skipped).toMatchObject({ secret: 1, 'ignored by git': 1 });
  expect(await json('index', directory, '--store', store)).toMatchObject({ files: 4, fromCache: 4 });
  const { stdout } = await wisp(['index', directory, '--store', store]);
  expect(stdout).toMatch(
    /^4 files \(\d+ B\) in \d+ chunks, in [\d.]+ s; 4 known from the last time\.\nLeft out:\n/,
  );
});

test('complete tells the suggestion, its range counted from 1, and where it comes from', async () => {
  const directory = await makeTree(shop);
  const answer = await json('complete', directory, 'src/pear.ts:2:17', '--cut');
  expect(answer).toMatchObject({
    outcome: 'offered',
    reason: null,
    ms: expect.any(Number),
    trace: { requestId: expect.any(String), stages: expect.any(Array) },
  });
  const [suggestion] = answer.suggestions;
  expect(suggestion.text.length).toBeGreaterThan(0);
  expect('repository.findOneByIdentifier(id);'.startsWith(suggestion.text)).toBe(true);
  expect(suggestion.range).toEqual({ startLine: 2, startCol: 17, endLine: 2, endCol: 17 });
  expect(suggestion.confidence).toBeGreaterThan(0);
  expect(suggestion.provenance[0].path).toMatch(/^src\/(apple|plum|quince)\.ts$/);
});

test('complete gives the reason where there is no suggestion', async () => {
  const directory = await makeTree({ ...shop, 'odd.rb': 'apple\n' });
  const answer = await json('complete', directory, 'odd.rb:1:6');
  expect(answer).toMatchObject({
    suggestions: [],
    outcome: 'empty',
    reason: expect.stringMatching(/^No suggestion: /),
  });
});

test('complete asks the model of --model on the server of WISP_MODEL_URL, with the key of WISP_API_KEY', async () => {
  const asked: { authorization: string | undefined; body: { model: string; prompt: string } }[] = [];
  const server = createServer(async (request, response) => {
    const body = JSON.parse(Buffer.concat(await request.toArray()).toString());
    asked.push({ authorization: request.headers.authorization, body });
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const choices = [{ index: 0, text: '.ripen!\n', finish_reason: 'stop' }];
    response.end(`data: ${JSON.stringify({ id: 'x', choices })}\n\ndata: [DONE]\n\n`);
  });
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;

  const directory = await makeTree({ ...shop, 'odd.rb': 'apple\n' });
  const environment = { WISP_MODEL_URL: `http://127.0.0.1:${port}/v1`, WISP_API_KEY: 'the-key' };
  const args = ['complete', directory, 'odd.rb:1:6', '--model', 'tiny', '--json'];
  const { code, stdout, stderr } = await wisp(args, undefined, environment);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(JSON.parse(stdout).suggestions).toMatchObject([{ text: '.ripen!', source: 'openai' }]);
  expect(asked).toMatchObject([{ authorization: 'Bearer the-key', body: { model: 'tiny' } }]);
});

test('complete fails with a sentence when the server is not there', async () => {
  const directory = await makeTree({ 'odd.rb': 'apple\n' });
  // Port 9 is the discard service's: nobody listens there.
  const environment = { WISP_MODEL_URL: 'http://127.0.0.1:9/v1' };
  const args = ['complete', directory, 'odd.rb:1:6', '--model', 'tiny', '--json'];
  const { code, stdout, stderr } = await wisp(args, undefined, environment);
  expect(JSON.parse(stdout)).toMatchObject({ outcome: 'failed', suggestions: [] });
  expect(stderr).toMatch(/wisp: The model could not answer\.\n$/);
  expect(code).toBe(1);
});

test('search shows what a prompt would get, within its budget', async () => {
  const directory = await makeTree(shop);
  const { snippets, tokens } = await json('search', directory, 'src/pear.ts:3:5', '--budget', '120');
  expect(snippets.length).toBeGreaterThan(0);
  expect(tokens).toBeLessThanOrEqual(120);
  for (const snippet of snippets) {
    expect(snippet).toMatchObject({
      path: expect.not.stringMatching('pear'),
      retriever: expect.any(String),
      score: expect.any(Number),
      tokens: expect.any(Number),
      startLine: expect.any(Number),
    });
  }
});

describe('eval', () => {
  const target = 'repository.findOneByIdentifier(id);';
  const [prefix, suffix] = user('Pear').split(target) as [string, string];
  const hole = { id: 'one', path: 'src/pear.ts', prefix, suffix, target, language: 'typescript' };

  test('fills holes from a file', async () => {
    const others = Object.keys(shop).filter(path => path.startsWith('src/') && path !== hole.path);
    const holes = [hole, { ...hole, id: 'without help', exclude: others }, { ...hole, id: 'again' }];
    const directory = await makeTree(shop);
    const file = join(
      await makeTree({ 'holes.jsonl': holes.map(one => JSON.stringify(one)).join('\n') }),
      'holes.jsonl',
    );
    const { summary, holes: results } = await json('eval', directory, '--holes', file);
    expect(summary).toMatchObject({ n: 3, partial: false, stages: { 'workspace model': { n: 3 } } });
    const [one, alone, again] = results;
    expect(one.text.length).toBeGreaterThan(0);
    expect(target.startsWith(one.text)).toBe(true);
    expect(one).toMatchObject({
      right: true,
      source: 'workspace',
      class: 'mid-line',
      targetChars: target.length,
    });
    expect(alone).toMatchObject({ offered: false, text: null, outcome: 'empty' });
    // What one hole takes out of the index is back for the next one.
    expect(again.text).toBe(one.text);
  });

  test('makes its own holes, the same ones for the same seed', async () => {
    const directory = await makeTree(shop);
    const run = async (seed: string) => {
      const { holes } = await json('eval', directory, '--masked', '8', '--seed', seed);
      // What takes time may come out undecided on a busy machine.
      type Result = Readonly<Record<string, unknown>>;
      return holes.map(({ ms: _, stages: __, truth: ___, ...result }: Result) => result);
    };
    const first = await run('3');
    expect(first).toHaveLength(8);
    expect(await run('3')).toEqual(first);
    expect(await run('4')).not.toEqual(first);
  });

  test('prints what it has when it is interrupted', async () => {
    const directory = await makeTree(shop);
    const lines = Array.from({ length: 20_000 }, (_, i) => JSON.stringify({ ...hole, id: `${i}` }));
    const file = join(await makeTree({ 'holes.jsonl': lines.join('\n') }), 'holes.jsonl');
    const { code, stdout, stderr } = await wisp(['eval', directory, '--holes', file, '--json'], child => {
      setTimeout(() => child.kill('SIGINT'), 1_500);
    });
    const { summary, holes } = JSON.parse(stdout);
    expect(summary).toMatchObject({ partial: true, n: holes.length });
    expect(stderr).toBe(`wisp: Ended after ${holes.length} of 20000 holes.\n`);
    expect(code).toBe(1);
  });

  test('names the broken line', async () => {
    const directory = await makeTree({ ...shop, 'holes.jsonl': `${JSON.stringify(hole)}\n{"id": 3}\n` });
    const { code, stdout, stderr } = await wisp([
      'eval',
      directory,
      '--holes',
      join(directory, 'holes.jsonl'),
    ]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^wisp: .*holes\.jsonl: Line 2 is no hole: 'id' must be a string\.\n$/);
  });
});

describe('check', () => {
  const place = { path: 'src/a.ts', language: 'typescript', prefix: 'const a = ', suffix: '\n' };
  const batchOf = async (...lines: readonly unknown[]) =>
    join(
      await makeTree({ 'batch.jsonl': lines.map(line => `${JSON.stringify(line)}\r\n`).join('\n') }),
      'batch.jsonl',
    );

  test('judges every line, in order', async () => {
    const file = await batchOf(
      { id: 'right', ...place, text: 'foo(1, 2);' },
      { id: 'wrong', ...place, text: 'foo(1 2);' },
    );
    const [right, wrong, ...more] = await json('check', '--batch', file);
    expect(right).toEqual({
      ...{ id: 'right', verdict: 'kept', text: 'foo(1, 2);', guard: null, reason: null },
      ms: expect.any(Number),
    });
    expect(wrong).toMatchObject({ id: 'wrong', verdict: 'refused', guard: 'addsSyntaxError' });
    expect(more).toEqual([]);
    const { stdout } = await wisp(['check', '--batch', file]);
    expect(stdout).toMatch(
      /^right: kept \(.*\)\nwrong: refused by addsSyntaxError: .*\n2 suggestions: 1 kept,/,
    );
  });

  test('names the broken line', async () => {
    const file = await batchOf({ id: 'right', ...place, text: 'foo(1, 2);' }, { id: 'half', ...place });
    const { code, stdout, stderr } = await wisp(['check', '--batch', file, '--json']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^wisp: .*batch\.jsonl: Line 3 is no suggestion: 'text' is missing\.\n$/);
  });
});

describe('one sentence on stderr', () => {
  test.each([
    [['index', 'no/such/folder'], 1, 'wisp: There is no folder no/such/folder.\n'],
    [['index', program], 1, `wisp: ${program} is a file, not a folder.\n`],
    [['complete', repository, 'no/such.ts:1:1'], 1, 'wisp: There is no file no/such.ts in that folder.\n'],
    [['indx'], 2, "wisp: There is no command 'indx'. Did you mean 'index'?\nTry 'wisp --help'"],
    [
      ['eval', repository],
      2,
      "wisp: 'wisp eval' needs one of --git, --holes and --masked.\nTry 'wisp --help'",
    ],
    [['check'], 2, "wisp: 'wisp check' needs --batch FILE.jsonl.\n"],
    [
      ['check', '--batch', 'no/such.jsonl'],
      1,
      'wisp: The suggestions in no/such.jsonl cannot be read: ENOENT',
    ],
    [['search', repository, 'a.ts', '--budget', 'x'], 2, 'wisp: --budget takes a whole number'],
  ])('%j', async (args, code, sentence) => {
    const ended = await wisp(args);
    expect(ended).toMatchObject({ code, stdout: '' });
    expect(ended.stderr.startsWith(sentence), ended.stderr).toBe(true);
  });
});
