import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import type { Encoder } from '../../src/embedding/encoder.ts';
import { embeddingFamilyOf } from '../../src/embedding/families.ts';
import { openOnnxEncoder } from '../../src/embedding/onnxEncoder.ts';
import { TINY_DIMENSIONS, tinyModel, writeTinyModel } from '../support/tinyModel.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'wisp-onnx-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
});

async function open(name = 'tiny'): Promise<Encoder> {
  const encoder = await openOnnxEncoder(await writeTinyModel(folder), name, import.meta.filename);
  onTestFinished(() => encoder.dispose());
  return encoder;
}

const product = (one: Float32Array, other: Float32Array) =>
  one.reduce((sum, value, d) => sum + value * other[d]!, 0);

test('texts about the same have vectors that are alike, of length 1', async () => {
  const encoder = await open();
  const [user, customer, socket] = await encoder.encode(
    ['the user account', 'customer login', 'socket'],
    'passage',
  );
  expect(user).toHaveLength(TINY_DIMENSIONS);
  expect(encoder.dimensions).toBe(TINY_DIMENSIONS);
  expect(product(user!, user!)).toBeCloseTo(1, 5);
  expect(product(user!, customer!)).toBeGreaterThan(0.98);
  expect(product(user!, socket!)).toBeLessThan(0.1);
});

test('a text has the same vector alone and among longer ones', async () => {
  const encoder = await open();
  const [alone] = await encoder.encode(['payment'], 'passage');
  const [, among] = await encoder.encode(['user network price socket user', 'payment'], 'passage');
  among!.forEach((value, d) => {
    expect(value).toBeCloseTo(alone![d]!, 6);
  });
});

test('a text longer than the model takes is cut, and an empty one is no failure', async () => {
  const encoder = await open();
  const [long, empty] = await encoder.encode(['user '.repeat(5_000), ''], 'query');
  expect(long![0]).toBeGreaterThan(0.99);
  expect([...empty!]).toEqual(new Array(TINY_DIMENSIONS).fill(0));
});

test('a model that wants prefixes gets them', async () => {
  expect(embeddingFamilyOf('intfloat/multilingual-e5-small')).toMatchObject({
    query: 'query: ',
    passage: 'passage: ',
  });
  expect(embeddingFamilyOf('/models/e5-base-v2')).toMatchObject({ query: 'query: ' });
  expect(embeddingFamilyOf('nomic-ai/nomic-embed-text-v1.5')).toMatchObject({ query: 'search_query: ' });
  expect(embeddingFamilyOf('BAAI/bge-small-en-v1.5')).toMatchObject({ pooling: 'first', passage: '' });
  expect(embeddingFamilyOf('sentence-transformers/all-MiniLM-L6-v2')).toEqual({
    query: '',
    passage: '',
    pooling: 'mean',
  });
  // The tiny model has no direction for the words of the prefix, so they only count in the mean's length.
  const [plain] = await (await open()).encode(['user'], 'query');
  const [prefixed] = await (await open('intfloat/e5-tiny')).encode(['user'], 'query');
  expect(product(plain!, prefixed!)).toBeCloseTo(1, 5);
});

test.each([
  ['no model.onnx', async () => rm(join(folder, 'model.onnx')), /no usable model\.onnx/],
  [
    'a damaged model.onnx',
    async () => writeFile(join(folder, 'model.onnx'), tinyModel.onnx.slice(0, 90)),
    /no usable model\.onnx/,
  ],
  ['no tokenizer.json', async () => rm(join(folder, 'tokenizer.json')), /no usable tokenizer\.json/],
])('of a folder with %s it says so in one sentence', async (_, damage, sentence) => {
  await writeTinyModel(folder);
  await damage();
  await expect(openOnnxEncoder(folder, 'tiny', import.meta.filename)).rejects.toThrow(sentence);
});

test('where the runtime does not load it says so in one sentence', async () => {
  await writeTinyModel(folder);
  const elsewhere = join(tmpdir(), 'there is no runtime here.js');
  await expect(openOnnxEncoder(folder, 'tiny', elsewhere)).rejects.toThrow(
    /^Embeddings need the ONNX runtime/,
  );
});
