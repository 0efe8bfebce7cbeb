import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * A transformer's smallest relative, in ONNX form: every word of a few has a vector, a text has the mean of its words'.
 * Words of one group have nearly the same vector, those of two groups nothing in common. Written by hand, field by field
 * (onnx.proto), so that the real runtime reads a real model in a test.
 */
const FLOAT = 1;
const INT64 = 7;
const GROUPS = [
  ['user', 'account', 'customer', 'login'],
  ['invoice', 'payment', 'refund', 'price'],
  ['socket', 'packet', 'network', 'connect'],
];
const SPECIAL = ['[PAD]', '[UNK]'];
const WORDS = [...SPECIAL, ...GROUPS.flat(), 'query', 'passage'];
export const TINY_DIMENSIONS = GROUPS.length + 1;

/** The bytes of `model.onnx` and the text of `tokenizer.json`. */
export const tinyModel = { onnx: model(), tokenizer: JSON.stringify(tokenizer()) };

/** Writes the model as a folder that `wisp.embedding.model` may name. */
export async function writeTinyModel(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'model.onnx'), tinyModel.onnx);
  await writeFile(join(folder, 'tokenizer.json'), tinyModel.tokenizer);
  return folder;
}

function tokenizer(): object {
  return {
    version: '1.0',
    added_tokens: [],
    normalizer: { type: 'Lowercase' },
    pre_tokenizer: { type: 'Whitespace' },
    post_processor: null,
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(WORDS.map((word, id) => [word, id])),
    },
  };
}

/** One axis a group, and a little of the last that tells the words of a group apart. */
function vectorOf(word: string): number[] {
  const group = GROUPS.findIndex(words => words.includes(word));
  const vector = new Array<number>(TINY_DIMENSIONS).fill(0);
  if (group < 0) return vector;
  vector[group] = 1;
  vector[TINY_DIMENSIONS - 1] = GROUPS[group]!.indexOf(word) / 20;
  return vector;
}

function model(): Uint8Array {
  const table = Float32Array.from(WORDS.flatMap(vectorOf));
  const gather = message([1, 'table'], [1, 'input_ids'], [2, 'last_hidden_state'], [4, 'Gather']);
  const initializer = message(
    [1, WORDS.length],
    [1, TINY_DIMENSIONS],
    [2, FLOAT],
    [8, 'table'],
    [9, new Uint8Array(table.buffer)],
  );
  const graph = message(
    [1, gather],
    [2, 'tiny'],
    [5, initializer],
    [11, value('input_ids', INT64, 'batch', 'length')],
    [11, value('attention_mask', INT64, 'batch', 'length')],
    [12, value('last_hidden_state', FLOAT, 'batch', 'length', TINY_DIMENSIONS)],
  );
  return message([1, 8], [7, graph], [8, message([1, ''], [2, 13])]);
}

/** A tensor's name, element type and shape; a dimension without a number has a name. */
function value(name: string, type: number, ...dimensions: readonly (number | string)[]): Uint8Array {
  const shape = message(
    ...dimensions.map((d): Field => [1, message(typeof d === 'number' ? [1, d] : [2, d])]),
  );
  return message([1, name], [2, message([1, message([1, type], [2, shape])])]);
}

type Field = readonly [number: number, value: number | string | Uint8Array];

/** A protobuf message: integers as varints, everything else with its length in front. */
function message(...fields: readonly Field[]): Uint8Array {
  const bytes = fields.flatMap(([number, content]) => {
    if (typeof content === 'number') return [...varint(number << 3), ...varint(content)];
    const raw = typeof content === 'string' ? Buffer.from(content) : content;
    return [...varint((number << 3) | 2), ...varint(raw.length), ...raw];
  });
  return Uint8Array.from(bytes);
}

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...varint(value >>> 7)];
}
