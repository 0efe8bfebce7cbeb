import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, mkdir, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { abortError } from '../base/abort.ts';
import type { Clock } from '../base/clock.ts';
import { messageOf } from '../base/log.ts';

/** Where models are published; `<hub>/<owner>/<name>/resolve/<revision>/<file>` is a file of one. */
export const HUGGING_FACE = 'https://huggingface.co';

export interface HubParts {
  /** Address without a slash at its end. */
  readonly hub: string;
  /** Folder where models are kept. */
  readonly folder: string;
  readonly clock: Pick<Clock, 'after'>;
  /** Bytes of the file that is being fetched. */
  readonly onProgress: (done: number, total: number) => void;
}

/** Files of a model: the names that each may have there, and its name here. */
const FILES = [
  { here: 'tokenizer.json', there: ['tokenizer.json'] },
  { here: 'tokenizer_config.json', there: ['tokenizer_config.json'], optional: true },
  // The smaller one says nearly the same and takes a quarter of the memory.
  { here: 'model.onnx', there: ['onnx/model_quantized.onnx', 'onnx/model.onnx', 'model.onnx'] },
];
const NAME = /^[\w-][\w.-]*\/[\w-][\w.-]*(@[\w.-]+)?$/;
/** Written last: what stands beside it is whole and was checked. */
const COMPLETE = 'complete.json';
const MOST_REDIRECTS = 5;
const ATTEMPTS = 4;
/** A server that sends nothing for this long has died. */
const SILENCE_MS = 30_000;

/** Whether a setting names a published model, such as `intfloat/multilingual-e5-small`, and not a folder. */
export const isModelName = (text: string): boolean => NAME.test(text);

/**
 * The folder of a published model, which is fetched if it is not there yet. What was fetched before a failure or the end
 * of a session is not fetched again; each file is checked against the checksum that the hub states.
 *
 * @param model `<owner>/<name>`, with `@<revision>` if it is not `main`.
 * @throws one sentence that says what is wrong; an abort error when `signal` fires.
 */
export async function fetchModel(model: string, parts: HubParts, signal: AbortSignal): Promise<string> {
  const [name, revision = 'main'] = model.split('@') as [string, string?];
  const folder = join(parts.folder, model.replaceAll(/[/@]/g, '--'));
  if (await exists(join(folder, COMPLETE))) return folder;
  await mkdir(folder, { recursive: true });
  const fetched: Record<string, string> = {};
  for (const { here, there, optional } of FILES) {
    const found = await firstThatIs(there, file =>
      statedBy(`${parts.hub}/${name}/resolve/${revision}/${file}`, signal),
    );
    if (found) {
      await fetchFile(found, join(folder, here), parts, signal);
      fetched[here] = found.sum;
    } else if (!optional) {
      throw new Error(`The embedding model ${model} has no ${there.join(' or ')} at ${parts.hub}.`);
    }
  }
  await writeFile(join(folder, COMPLETE), JSON.stringify(fetched));
  return folder;
}

/** What the hub says of a file before it is fetched. */
interface Stated {
  readonly address: string;
  /** SHA-256, or Git's SHA-1 of small files, in hex. */
  readonly sum: string;
  readonly size: number;
}

async function firstThatIs(
  files: readonly string[],
  look: (file: string) => Promise<Stated | undefined>,
): Promise<Stated | undefined> {
  for (const file of files) {
    const stated = await look(file);
    if (stated) return stated;
  }
  return undefined;
}

/** Checksum and size of a file, or undefined if there is no such file. Large files are told of before the redirect. */
async function statedBy(first: string, signal: AbortSignal): Promise<Stated | undefined> {
  let address = first;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const { status, headers } = await ask(address, { method: 'HEAD', redirect: 'manual', signal });
    if (status === 404) return undefined;
    if (status === 401 || status === 403) throw new Error(`${first} needs an account (HTTP ${status}).`);
    const target = headers.get('location');
    const linked = headers.get('x-linked-etag');
    if (status >= 300 && status < 400 && target !== null && linked === null) {
      address = new URL(target, address).href;
      continue;
    }
    if (status >= 400) throw new Error(`${first} cannot be fetched (HTTP ${status}).`);
    const sum = /^(?:W\/)?"?([0-9a-f]{40}|[0-9a-f]{64})"?$/.exec(linked ?? headers.get('etag') ?? '')?.[1];
    if (sum === undefined) throw new Error(`${first} has no checksum and is not fetched.`);
    return {
      address: first,
      sum,
      size: Number(headers.get('x-linked-size') ?? headers.get('content-length')),
    };
  }
  throw new Error(`${first} is redirected without end.`);
}

async function fetchFile(file: Stated, path: string, parts: HubParts, signal: AbortSignal): Promise<void> {
  if ((await exists(path)) && (await sumOf(path, file.sum)) === file.sum) return;
  // Named by its content, so that what was begun of another version is not gone on with.
  const part = `${path}.${file.sum.slice(0, 16)}.part`;
  await mkdir(dirname(path), { recursive: true });
  for (let attempt = 1; ; attempt++) {
    try {
      await fetchRest(file, part, parts, signal);
      break;
    } catch (error) {
      if (signal.aborted) throw abortError();
      if (attempt === ATTEMPTS) throw error;
      await new Promise<void>(resolve => parts.clock.after(500 * 2 ** attempt, resolve));
    }
  }
  if ((await sumOf(part, file.sum)) !== file.sum) {
    await rm(part, { force: true });
    throw new Error(`${file.address} did not come as its checksum says, and was thrown away.`);
  }
  await rename(part, path);
}

/** Appends to the part what is missing of it. */
async function fetchRest(file: Stated, part: string, parts: HubParts, signal: AbortSignal): Promise<void> {
  let done = (await stat(part).catch(() => undefined))?.size ?? 0;
  if (done === file.size) return;
  const silence = new AbortController();
  const either = AbortSignal.any([signal, silence.signal]);
  let callOff = parts.clock.after(SILENCE_MS, () => silence.abort());
  try {
    const headers = done > 0 ? { range: `bytes=${done}-` } : {};
    const { status, body } = await ask(file.address, { headers, signal: either });
    if (status !== 200 && status !== 206) {
      // What there is does not fit what is there now.
      if (status === 416) await rm(part, { force: true });
      throw new Error(`${file.address} cannot be fetched (HTTP ${status}).`);
    }
    if (status === 200) done = 0;
    const handle = await open(part, status === 206 ? 'a' : 'w');
    try {
      for await (const bytes of body!) {
        callOff();
        callOff = parts.clock.after(SILENCE_MS, () => silence.abort());
        await handle.write(bytes);
        done += bytes.length;
        parts.onProgress(done, file.size);
      }
    } finally {
      await handle.close();
    }
    if (done < file.size) throw new Error(`${file.address} broke off after ${done} of ${file.size} bytes.`);
  } finally {
    callOff();
  }
}

async function ask(address: string, options: RequestInit): Promise<Response> {
  try {
    return await fetch(address, options);
  } catch (error) {
    if (options.signal?.aborted) throw abortError();
    const cause = error instanceof Error && error.cause ? error.cause : error;
    throw new Error(`${address} cannot be reached: ${messageOf(cause)}.`);
  }
}

/** Of a file, by the algorithm that gave a sum of this length; Git puts the size in front. */
async function sumOf(path: string, like: string): Promise<string> {
  const hash = createHash(like.length === 64 ? 'sha256' : 'sha1');
  if (like.length === 40) hash.update(`blob ${(await stat(path)).size}\0`);
  for await (const bytes of createReadStream(path)) hash.update(bytes);
  return hash.digest('hex');
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
