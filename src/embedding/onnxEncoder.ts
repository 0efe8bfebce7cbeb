import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import type { InferenceSession, Tensor } from 'onnxruntime-common';
import { messageOf } from '../base/log.ts';
import type { Encoder, Role } from './encoder.ts';
import { type EmbeddingFamily, embeddingFamilyOf } from './families.ts';

type Runtime = typeof import('onnxruntime-common');

/** Tokens of a text that count; what is longer than this is cut, as chunks hardly ever are. */
const MOST_TOKENS = 256;

/**
 * A transformer in ONNX form: a folder with `model.onnx` and `tokenizer.json`.
 *
 * @param root a file of the folder from where the runtime is looked for, in `node_modules` there or above.
 * @throws one sentence if the runtime or the model does not load.
 */
export async function openOnnxEncoder(folder: string, name: string, root: string): Promise<Encoder> {
  const runtime = loadRuntime(root);
  const tokenizer = await loadTokenizer(folder);
  const session = await openSession(runtime, join(folder, 'model.onnx'));
  const encoder = new OnnxEncoder(runtime, session, tokenizer, embeddingFamilyOf(name || basename(folder)));
  await encoder.warmUp();
  return encoder;
}

function loadRuntime(root: string): Runtime {
  try {
    return createRequire(root)('onnxruntime-node') as Runtime;
  } catch (error) {
    throw new Error(
      `Embeddings need the ONNX runtime, which does not load on this machine (${process.platform}-${process.arch}): ${firstLine(error)}`,
    );
  }
}

async function loadTokenizer(folder: string): Promise<Tokenizer> {
  const read = async (file: string) => JSON.parse(await readFile(join(folder, file), 'utf8')) as object;
  try {
    return new Tokenizer(await read('tokenizer.json'), await read('tokenizer_config.json').catch(() => ({})));
  } catch (error) {
    throw new Error(`The embedding model has no usable tokenizer.json: ${firstLine(error)}`);
  }
}

async function openSession(runtime: Runtime, file: string): Promise<InferenceSession> {
  try {
    // One thread: what is left of the machine belongs to the user.
    return await runtime.InferenceSession.create(file, { intraOpNumThreads: 1, interOpNumThreads: 1 });
  } catch (error) {
    throw new Error(`The embedding model has no usable model.onnx: ${firstLine(error)}`);
  }
}

const firstLine = (error: unknown): string => messageOf(error).split('\n')[0]!;

class OnnxEncoder implements Encoder {
  dimensions = 0;
  readonly #runtime: Runtime;
  readonly #session: InferenceSession;
  readonly #tokenizer: Tokenizer;
  readonly #family: EmbeddingFamily;
  readonly #padding: number;

  constructor(runtime: Runtime, session: InferenceSession, tokenizer: Tokenizer, family: EmbeddingFamily) {
    this.#runtime = runtime;
    this.#session = session;
    this.#tokenizer = tokenizer;
    this.#family = family;
    this.#padding = tokenizer.token_to_id('[PAD]') ?? tokenizer.token_to_id('<pad>') ?? 0;
  }

  async warmUp(): Promise<void> {
    const [vector] = await this.encode(['warm up'], 'query');
    this.dimensions = vector!.length;
  }

  async encode(texts: readonly string[], role: Role): Promise<readonly Float32Array[]> {
    const rows = texts.map(text => this.#idsOf(this.#family[role] + text));
    const length = Math.max(1, ...rows.map(row => row.length));
    const output = await this.#session.run(this.#feeds(rows, length));
    return rows.map((row, i) => unit(this.#vectorOf(output, i, row.length, length)));
  }

  async dispose(): Promise<void> {
    await this.#session.release();
  }

  /** The token at the end closes the text, for many models; it stays when the text is cut. */
  #idsOf(text: string): readonly number[] {
    const { ids } = this.#tokenizer.encode(text);
    return ids.length <= MOST_TOKENS ? ids : [...ids.slice(0, MOST_TOKENS - 1), ids.at(-1)!];
  }

  #feeds(rows: readonly (readonly number[])[], length: number): InferenceSession.FeedsType {
    const filled = (value: (row: readonly number[], place: number) => number): Tensor => {
      const data = new BigInt64Array(rows.length * length);
      rows.forEach((row, r) => {
        for (let place = 0; place < length; place++) data[r * length + place] = BigInt(value(row, place));
      });
      return new this.#runtime.Tensor('int64', data, [rows.length, length]);
    };
    const inputs: Readonly<Record<string, () => Tensor>> = {
      input_ids: () => filled((row, place) => row[place] ?? this.#padding),
      attention_mask: () => filled((row, place) => (place < row.length ? 1 : 0)),
      token_type_ids: () => filled(() => 0),
      position_ids: () => filled((_, place) => place),
    };
    const wanted = this.#session.inputNames.filter(name => name in inputs);
    return Object.fromEntries(wanted.map(name => [name, inputs[name]!()]));
  }

  /** Some models give one vector a text, most give one a token. */
  #vectorOf(output: InferenceSession.ReturnType, row: number, tokens: number, length: number): Float32Array {
    const tensor = Object.values(output).find(value => value.dims.length === 2) ?? Object.values(output)[0]!;
    const data = tensor.data as Float32Array;
    const size = tensor.dims.at(-1)!;
    if (tensor.dims.length === 2) return data.slice(row * size, (row + 1) * size);
    const counted = this.#family.pooling === 'first' ? 1 : tokens;
    const sum = new Float32Array(size);
    for (let token = 0; token < counted; token++) {
      const start = (row * length + token) * size;
      for (let d = 0; d < size; d++) sum[d]! += data[start + d]!;
    }
    return sum;
  }
}

function unit(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector) || 1;
  return vector.map(value => value / length);
}
