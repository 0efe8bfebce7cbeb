import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import type { Comparison } from '../../src/evals/variants/comparison.ts';
import { withoutTimings } from '../../src/evals/variants/timings.ts';
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
  cwd = process.cwd(),
): Promise<Ended> {
  const cache = join(await makeTree({}), 'cache');
  const child = spawn(process.execPath, [program, ...args], {
    cwd,
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

  test('gives the same bytes twice, times aside', async () => {
    const directory = await makeTree(shop);
    const folder = await makeTree({});
    const written = async (name: string, ...options: string[]) => {
      const out = join(folder, name);
      const { code, stdout } = await wisp(['eval', directory, '--masked', '9', '--out', out, ...options]);
      expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('edit sim.') });
      return readFile(out, 'utf8');
    };
    const first = await written('a.json', '--no-timings');
    expect(await written('b.json', '--no-timings')).toBe(first);
    const timed = JSON.parse(await written('c.json'));
    expect(timed.holes[0].ms).toBeGreaterThan(0);
    expect(withoutTimings(timed)).toEqual(JSON.parse(first));
    expect(timed.run).toMatchObject({
      ...{ format: 1, wisp: manifest.version, node: process.version },
      ...{
        source: { kind: 'masked', count: 9, seed: 1, syntax: false, head: null },
        settings: { intensity: 'balanced' },
      },
    });
  });

  test('compares variants at the same holes, and saved results by themselves', async () => {
    const directory = await makeTree(shop);
    const folder = await makeTree({
      'plain.json': '{}',
      'mute.json': '{"enable": false}',
      'few.json': '{"index": {"maxSourceMegabytes": 1}}',
    });
    const [plain, mute, few] = ['plain', 'mute', 'few'].map(name => join(folder, `${name}.json`));
    const all = ['a', 'same', 'mute', 'few'];
    const variants = [plain, plain, mute, few].flatMap((file, i) => ['--variant', `${all[i]}=${file}`]);
    const masked = ['eval', directory, '--masked', '16', '--seed', '2'];
    const together = await json(...masked, ...variants, '--out', join(folder, 'all.json'));
    expect(together.systems.map(({ name }: { name: string }) => name)).toEqual(all);
    const verdicts = together.comparisons.map(({ b, verdict }: Comparison) => [b, verdict]);
    expect(verdicts.slice(0, 2)).toEqual([
      ['same', 'no difference shown'],
      ['mute', 'worse'],
    ]);
    const { measures, sentence, clusters, n } = together.comparisons[0];
    expect(measures.exactMatch.interval).toEqual({ difference: 0, low: 0, high: 0 });
    // Of the sixteen lines, those of code.
    const code = together.systems[0].summary.code.n;
    expect({ n, clusters }).toEqual({ n: code, clusters: code });
    expect(sentence).toBe('Between same and a no difference is shown.');

    // Who shares a run with others offers what he would have offered alone.
    for (const [i, settings] of [plain, plain, mute, few].entries()) {
      const out = join(folder, `alone-${i}.json`);
      const { holes } = await json(...masked, '--settings', settings!, '--out', out);
      expect(withoutTimings(together.systems[i].holes)).toEqual(withoutTimings(holes));
    }
    const compared = await json(
      'eval',
      'compare',
      join(folder, 'alone-0.json'),
      join(folder, 'all.json#mute'),
    );
    expect(compared).toMatchObject({ verdict: 'worse', onlyInA: 0, onlyInB: 0, changed: 0, n: code });
    expect(compared.measures).toEqual(together.comparisons[1].measures);
  }, 60_000);

  test('asks baselines beside the engine, and leaves what the engine offers alone', async () => {
    const directory = await makeTree(shop);
    const names = ['words', 'copilot', 'cody', 'bm25', 'top-line', 'next-line'];
    const masked = ['eval', directory, '--masked', '16', '--seed', '2'];
    const { holes } = await json(...masked);
    const { systems, comparisons } = await json(...masked, ...names.flatMap(name => ['--baseline', name]));
    expect(systems.map(({ name }: { name: string }) => name)).toEqual(['wisp', ...names]);
    expect(withoutTimings(systems[0].holes)).toEqual(withoutTimings(holes));
    expect(comparisons).toHaveLength(names.length);
    const byName = Object.fromEntries(systems.map((system: { name: string }) => [system.name, system]));
    // Each file of the shop is a copy of the others but for a name.
    expect(byName['next-line'].summary.exactMatch).toBeGreaterThan(0);
    // No history, no open files.
    expect(byName.copilot.summary.offered).toBe(0);
  });

  test('compares variants as they type', async () => {
    const directory = await makeTree(shop);
    const folder = await makeTree({ 'plain.json': '{}', 'mute.json': '{"enable": false}' });
    const files = ['plain', 'mute'].map(name => `${name}=${join(folder, `${name}.json`)}`);
    const variants = files.flatMap(file => ['--variant', file]);
    const { systems, comparisons } = await json('eval', directory, '--masked', '19', '--typing', ...variants);
    expect(systems[0].summary.completed).toBeGreaterThan(0);
    expect(systems[1].summary.completed).toBe(0);
    expect(comparisons[0]).toMatchObject({ a: 'plain', b: 'mute', verdict: 'worse' });
  });

  test.each([
    [['a=a.json'], 2, 'wisp: One --variant has nothing to be compared with: give another one.'],
    [['a=a.json', 'a=a.json'], 2, "wisp: There are two named 'a' to be compared."],
    [
      ['a.json', 'b=a.json'],
      2,
      'wisp: --variant takes a name and a file of settings, such as quiet=quiet.json, not',
    ],
    [['a=a.json', 'b=no.json'], 1, "wisp: The settings of variant 'b' in no.json cannot be read: ENOENT"],
    [
      ['a=a.json', 'b=odd.json'],
      1,
      "wisp: The settings of variant 'b' in odd.json are wrong: wisp.intensty: There is no such setting.",
    ],
    [
      ['a=a.json', 'words=a.json', '--baseline', 'words'],
      2,
      "wisp: There are two named 'words' to be compared.",
    ],
    [
      ['a=a.json', '--baseline', 'constructor'],
      2,
      "wisp: There is no baseline 'constructor'; there are words, copilot, ",
    ],
  ])('says what is wrong with %j', async (given, code, sentence) => {
    const folder = await makeTree({ 'a.json': '{}', 'odd.json': '{"intensty": "quiet"}' });
    const variants = given.flatMap(one =>
      /^--|^words$|^constructor$/.test(one) ? [one] : ['--variant', one],
    );
    const ended = await wisp(['eval', '.', '--masked', '3', ...variants], () => {}, {}, folder);
    expect(ended).toMatchObject({ code, stdout: '' });
    expect(ended.stderr.startsWith(sentence), ended.stderr).toBe(true);
  });

  test('takes away what the syntax says', async () => {
    const directory = await makeTree(shop);
    const { summary, run } = await json('eval', directory, '--masked', '30', '--syntax');
    expect(run.source).toMatchObject({ kind: 'masked', syntax: true });
    const kinds = ['arguments', 'assignment', 'call', 'condition', 'return'];
    expect(Object.keys(summary.classes)).toEqual(kinds.filter(kind => kind in summary.classes));
    expect(summary.classes.assignment.n).toBeGreaterThan(2);
    expect(summary.savedChars).toBeGreaterThan(0);
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
