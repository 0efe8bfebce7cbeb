import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { isAbort } from '../../src/base/abort.ts';
import { systemClock } from '../../src/base/clock.ts';
import { fetchModel, isModelName } from '../../src/embedding/modelHub.ts';
import { type Mishap, openHub } from '../support/modelHub.ts';

const never = new AbortController().signal;
/** Waits a hundredth of the time, so that a second try does not take seconds. */
const clock = { after: (ms: number, run: () => void) => systemClock.after(ms / 100, run) };
const model = Buffer.alloc(300_000, 'weights ');
const usual = {
  '/intfloat/tiny/resolve/main/tokenizer.json': '{"version": "1.0"}',
  '/intfloat/tiny/resolve/main/onnx/model.onnx': model,
};

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wisp-hub-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
});

async function hub(files: Readonly<Record<string, Uint8Array | string>> = usual, mishap: Mishap = {}) {
  const { address, asked } = await openHub(files, mishap);
  const progress: number[] = [];
  const parts = { hub: address, folder, clock, onProgress: (done: number) => progress.push(done) };
  return {
    asked,
    progress,
    fetch: (name = 'intfloat/tiny', signal = never) => fetchModel(name, parts, signal),
  };
}

test('fetches what a model needs, once, and tells how far it is', async () => {
  const { fetch, asked, progress } = await hub();
  const place = await fetch();
  expect(await readFile(join(place, 'model.onnx'))).toEqual(model);
  expect(await readFile(join(place, 'tokenizer.json'), 'utf8')).toBe('{"version": "1.0"}');
  expect(progress.at(-1)).toBe(model.length);
  expect(asked).toContain('HEAD /intfloat/tiny/resolve/main/onnx/model_quantized.onnx');
  const { length } = asked;
  expect(await fetch()).toBe(place);
  expect(asked).toHaveLength(length);
});

test('takes the smaller model where there is one, and the revision that is asked for', async () => {
  const { fetch, asked } = await hub({
    '/a/b/resolve/v2/tokenizer.json': '{}',
    '/a/b/resolve/v2/onnx/model_quantized.onnx': 'small',
    '/a/b/resolve/v2/onnx/model.onnx': 'large',
  });
  const place = await fetch('a/b@v2');
  expect(await readFile(join(place, 'model.onnx'), 'utf8')).toBe('small');
  expect(asked.filter(line => line.startsWith('GET') && line.includes('model.onnx'))).toEqual([]);
});

test('what breaks off is gone on with where it broke off', async () => {
  const { fetch, asked } = await hub(usual, { breakOff: { after: 100_000, times: 2 } });
  const place = await fetch();
  expect(await readFile(join(place, 'model.onnx'))).toEqual(model);
  const ranges = asked.filter(line => line.startsWith('GET /cdn')).map(line => line.split(' ')[2]);
  expect(ranges).toEqual([undefined, 'bytes=100000-', 'bytes=200000-']);
});

test('a later session goes on where an earlier one was ended', async () => {
  const broken = await hub(usual, { breakOff: { after: 100_000, times: 9 } });
  const controller = new AbortController();
  const first = broken.fetch('intfloat/tiny', controller.signal).catch(error => error);
  while (!broken.asked.some(line => line.includes('bytes=100000-'))) await new Promise(setImmediate);
  controller.abort();
  expect(isAbort(await first)).toBe(true);
  const { fetch, asked } = await hub();
  const place = await fetch();
  expect(await readFile(join(place, 'model.onnx'))).toEqual(model);
  expect(asked.some(line => /GET \/cdn.* bytes=\d{6}-/.test(line))).toBe(true);
});

test('what is not as its checksum says is thrown away', async () => {
  const { fetch } = await hub(usual, { spoil: true });
  await expect(fetch()).rejects.toThrow(/did not come as its checksum says/);
  const { fetch: again } = await hub();
  expect(await readFile(join(await again(), 'model.onnx'))).toEqual(model);
});

test.each([
  ['there is no such model', {}, /has no tokenizer.json at http/],
  [
    'it has no ONNX form',
    { '/intfloat/tiny/resolve/main/tokenizer.json': '{}' },
    /has no onnx\/model_quantized/,
  ],
])('says in a sentence that %s', async (_, files, sentence) => {
  await expect((await hub(files)).fetch()).rejects.toThrow(sentence);
});

test('says that a hub cannot be reached', async () => {
  const parts = { hub: 'http://127.0.0.1:9', folder, clock, onProgress: () => {} };
  await expect(fetchModel('a/b', parts, never)).rejects.toThrow(/cannot be reached/);
});

test.each([
  ['intfloat/multilingual-e5-small', true],
  ['a/b@v1.5', true],
  ['../../etc', false],
  ['a/b/c', false],
  ['/home/me/model', false],
  ['model', false],
])('%s as the name of a model: %s', (name, yes) => {
  expect(isModelName(name)).toBe(yes);
});
