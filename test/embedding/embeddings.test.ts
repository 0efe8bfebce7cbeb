import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import type { CompletionContext } from '../../src/domain/request.ts';
import { type RunningEmbedder, startEmbedder } from '../../src/embedding/embedderProcess.ts';
import { Embeddings } from '../../src/embedding/embeddings.ts';
import { CodeIndex } from '../../src/indexing/codeIndex.ts';
import { EmbeddedRetriever } from '../../src/retrieval/embedded.ts';
import { lineRecord } from '../support/lineRecord.ts';
import { openHub } from '../support/modelHub.ts';
import { tinyModel, writeTinyModel } from '../support/tinyModel.ts';

const never = new AbortController().signal;
const program = join(import.meta.dirname, '../../src/embedding/program.ts');
const texts: Record<string, string> = {
  'money.ts': 'payment refund price\n',
  'people.ts': 'customer account login\n',
  'wires.ts': 'packet network\n',
};

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wisp-embeddings-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
});

/** Embeddings of a small workspace, with the real runtime in a real process. */
function embeddingsOf(files: Record<string, string> = { ...texts }, hub = 'http://127.0.0.1:9') {
  const index = new CodeIndex();
  for (const [path, text] of Object.entries(files)) index.add(lineRecord(path, text));
  const said: string[] = [];
  const running: RunningEmbedder[] = [];
  const embeddings = new Embeddings({
    index: () => index,
    readText: path => files[path],
    start: () => {
      running.push(startEmbedder(program));
      return running.at(-1)!;
    },
    hub,
    storage: join(folder, 'store'),
    models: join(folder, 'models'),
    root: import.meta.filename,
    clock: systemClock,
    log: { info: () => {}, warn: line => said.push(line), error: line => said.push(line) },
    onState: () => {},
  });
  onTestFinished(() => embeddings.shutdown());
  const nearest = async (text: string) => (await embeddings.search(text, never)).map(({ path }) => path);
  return { embeddings, index, files, said, running, nearest };
}

test('finds what means the same in other words', async () => {
  const { embeddings, nearest } = embeddingsOf();
  expect(await nearest('user')).toEqual([]);
  embeddings.use(await writeTinyModel(join(folder, 'tiny')));
  await embeddings.settled(never);
  expect(embeddings.state).toEqual({ state: 'ready' });
  expect((await nearest('user'))[0]).toBe('people.ts');
  expect((await nearest('invoice'))[0]).toBe('money.ts');
  expect((await embeddings.search('socket', never))[0]).toMatchObject({
    path: 'wires.ts',
    startLine: 1,
    endLine: 1,
  });
});

test('follows the index, and finds nothing once it is off', async () => {
  const { embeddings, index, files, nearest } = embeddingsOf();
  embeddings.use(await writeTinyModel(join(folder, 'tiny')));
  await embeddings.settled(never);
  files['wires.ts'] = 'login user\n';
  index.add(lineRecord('wires.ts', files['wires.ts']));
  index.remove('people.ts');
  await embeddings.settled(never);
  expect((await nearest('account'))[0]).toBe('wires.ts');
  expect(await nearest('account')).not.toContain('people.ts');
  embeddings.use('');
  expect(await nearest('account')).toEqual([]);
});

test('fetches a model by its name, and the next session has its vectors and needs no hub', async () => {
  const hub = await openHub({
    '/intfloat/e5-tiny/resolve/main/tokenizer.json': tinyModel.tokenizer,
    '/intfloat/e5-tiny/resolve/main/onnx/model.onnx': tinyModel.onnx,
  });
  const first = embeddingsOf({ ...texts }, hub.address);
  first.embeddings.use('intfloat/e5-tiny');
  await first.embeddings.settled(never);
  expect((await first.nearest('user'))[0]).toBe('people.ts');
  await first.embeddings.shutdown();

  const later = embeddingsOf({ ...texts, 'new.ts': 'socket connect\n' });
  later.embeddings.use('intfloat/e5-tiny');
  await later.embeddings.settled(never);
  expect((await later.nearest('network')).slice(0, 2).sort()).toEqual(['new.ts', 'wires.ts']);
});

test.each([
  ['there is no such folder', () => join(folder, 'absent'), /no usable/],
  ['it is neither a folder nor a name', () => 'some model', /must be an absolute folder or a name/],
  ['the hub cannot be reached', () => 'a/b', /cannot be reached/],
])('when %s it says so once and search goes on', async (_, model, sentence) => {
  const { embeddings, said, nearest } = embeddingsOf();
  embeddings.use(model());
  await embeddings.settled(never);
  expect(embeddings.state).toMatchObject({ state: 'failed', problem: expect.stringMatching(sentence) });
  expect(said).toHaveLength(1);
  expect(await nearest('user')).toEqual([]);
});

test('ended while the runtime computes, again and again, it takes nothing else with it', async () => {
  const many = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`${i}.ts`, `packet network ${i}\n`]));
  const model = await writeTinyModel(join(folder, 'tiny'));
  const { embeddings } = embeddingsOf(many);
  for (let time = 0; time < 5; time++) {
    embeddings.use(model);
    while (embeddings.state.state === 'fetching') await new Promise(resolve => setTimeout(resolve, 1));
    embeddings.use('');
    expect(embeddings.state).toEqual({ state: 'off' });
  }
  embeddings.use(model);
  await embeddings.settled(never);
  expect(embeddings.state).toEqual({ state: 'ready' });
});

test.each([
  ['searched', (one: Embeddings) => one.search('user', never)],
  ['brought up to date', (one: Embeddings) => one.settled(never)],
])('a process that died is noticed when it is %s, told once, and search goes on', async (_, notice) => {
  const { embeddings, index, said, running, nearest } = embeddingsOf();
  embeddings.use(await writeTinyModel(join(folder, 'tiny')));
  await embeddings.settled(never);
  process.kill(running[0]!.pid!, 'SIGKILL');
  index.remove('people.ts');
  await notice(embeddings);
  expect(embeddings.state).toMatchObject({ state: 'failed' });
  expect(said).toEqual(['The embedder died (SIGKILL). Search goes on without embeddings.']);
  expect(await nearest('user')).toEqual([]);
});

test('as a retriever it answers at once, with what it has, and later with what was asked', async () => {
  const { embeddings } = embeddingsOf();
  embeddings.use(await writeTinyModel(join(folder, 'tiny')));
  await embeddings.settled(never);
  const retriever = new EmbeddedRetriever(embeddings);
  const context = contextOf('login user\n');
  expect(retriever.retrieve(context)).toEqual([]);
  await retriever.prepare(context, never);
  expect(retriever.retrieve(context)[0]).toMatchObject({ path: 'people.ts', startLine: 1, endLine: 1 });
  // A key further on, the last answer still serves.
  expect(retriever.retrieve(contextOf('login user\nn'))[0]?.path).toBe('people.ts');
});

function contextOf(prefix: string): CompletionContext {
  const document = { uri: 'file:///a.ts', path: 'a.ts', languageId: 'typescript', version: 1, text: prefix };
  const position = { line: prefix.split('\n').length - 1, character: 0 };
  return { requestId: 'r', document, position, prefix, suffix: '', trigger: 'automatic' };
}
