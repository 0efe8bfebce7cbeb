import { createHash } from 'node:crypto';
import { isAbsolute, join } from 'node:path';
import { abortError, isAbort } from '../base/abort.ts';
import type { Clock } from '../base/clock.ts';
import { hashOf } from '../base/hash.ts';
import { type Log, messageOf } from '../base/log.ts';
import { Slices } from '../base/slices.ts';
import type { EmbeddingState } from '../domain/embedding.ts';
import type { CodeIndex } from '../indexing/codeIndex.ts';
import type { Pacer } from '../indexing/pacer.ts';
import type { Near } from './embedder.ts';
import type { RunningEmbedder } from './embedderProcess.ts';
import { fetchModel, isModelName } from './modelHub.ts';
import { KEY_BYTES } from './vectorStore.ts';

export interface EmbeddingsParts {
  readonly index: () => CodeIndex;
  /** The text of a file of the workspace as it is now. */
  readonly readText: (path: string) => string | undefined;
  readonly start: () => RunningEmbedder;
  /** Address of the hub that models are fetched from. */
  readonly hub: string;
  /** Folder of this workspace's vectors, and the folder where models are kept for all. */
  readonly storage: string;
  readonly models: string;
  /** A file from where the runtime is looked for. */
  readonly root: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly pacer?: Pacer;
  readonly onState: () => void;
}

/** A place of the workspace. Lines count from 1, both ends included. */
export interface NearPlace {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly score: number;
}

/** Passages that the embedder is given at once: a few hundred milliseconds of work for a small model. */
const BATCH = 8;
/** The index is looked at again for changed files. */
const EVERY_MS = 5_000;
const TELL_EVERY_MS = 500;
const MOST_FOUND = 100;
/** Vectors of the whole of a longer chunk would say no more than those of its beginning. */
const MOST_CHARS = 2_000;

/**
 * Vectors of every chunk of the workspace, made in the background by a transformer that the user has named, and the
 * search among them. Until it is ready, and where it cannot be, it finds nothing and says why.
 */
export class Embeddings {
  readonly #parts: EmbeddingsParts;
  readonly #slices: Slices;
  #model = '';
  #state: EmbeddingState = { state: 'off' };
  #toldAt = 0;
  #stop = new AbortController();
  #running: RunningEmbedder | undefined;
  /** Hash of the content of each file whose passages the embedder knows, and the lines of those passages. */
  readonly #files = new Map<string, { readonly hash: string; readonly lines: readonly Lines[] }>();
  #callOff = () => {};

  constructor(parts: EmbeddingsParts) {
    this.#parts = parts;
    this.#slices = new Slices(() => parts.clock.elapsed(), 4);
  }

  get state(): EmbeddingState {
    return this.#state;
  }

  /** Uses this model from now on: an absolute folder, a name at the hub, or none if it is empty. */
  use(model: string): void {
    if (model === this.#model) return;
    this.#model = model;
    void this.#halt();
    if (model === '') return;
    this.#stop = new AbortController();
    void this.#run(model, this.#stop.signal);
  }

  /** The places most like a text, best first; nothing while the model is not there. Rejects when `signal` fires. */
  async search(text: string, signal: AbortSignal): Promise<readonly NearPlace[]> {
    if (!this.#running || this.#state.state === 'failed') return [];
    try {
      const near = await this.#running.remote.search({ text, limit: MOST_FOUND }, signal);
      return near.flatMap(found => this.#placeOf(found));
    } catch (error) {
      await this.#fail(error);
      return [];
    }
  }

  /** Resolves once every chunk of the index has its vector, or it is known that none will have one. */
  async settled(signal: AbortSignal): Promise<void> {
    while (this.#state.state === 'fetching' || this.#state.state === 'embedding') {
      if (signal.aborted) throw abortError();
      await new Promise<void>(resolve => this.#parts.clock.after(20, resolve));
    }
    if (this.#state.state === 'ready') await this.#update(signal).catch(error => this.#fail(error));
  }

  async shutdown(): Promise<void> {
    this.#model = '';
    await this.#halt();
  }

  async #halt(): Promise<void> {
    this.#stop.abort();
    this.#callOff();
    this.#files.clear();
    this.#state = { state: 'off' };
    const running = this.#running;
    this.#running = undefined;
    await running?.stop();
  }

  async #run(model: string, signal: AbortSignal): Promise<void> {
    try {
      this.#tell({ state: 'fetching', done: 0, total: 0 });
      const { storage, root } = this.#parts;
      const folder = await this.#folderOf(model, signal);
      const store = join(storage, `vectors-${hashOf(model).slice(0, 16)}.bin`);
      if (signal.aborted) return;
      const running = this.#parts.start();
      this.#running = running;
      await running.remote.open({ model: folder, name: model, store, root }, signal);
      await this.#keepUp(signal);
    } catch (error) {
      // Another model may be in use by now.
      if (!signal.aborted) await this.#fail(error).catch(() => {});
    }
  }

  /** Gives up and says why, unless it was only called off, which is thrown on. */
  async #fail(error: unknown): Promise<void> {
    if (isAbort(error)) throw error;
    if (this.#state.state === 'failed') return;
    const problem = messageOf(error).replace(/\.?$/, '.');
    this.#tell({ state: 'failed', problem });
    this.#parts.log.warn(`${problem} Search goes on without embeddings.`);
    this.#callOff();
    await this.#running?.stop();
    this.#running = undefined;
  }

  #tell(state: EmbeddingState): void {
    const isAnother = state.state !== this.#state.state;
    this.#state = state;
    const now = this.#parts.clock.elapsed();
    if (!isAnother && now - this.#toldAt < TELL_EVERY_MS) return;
    this.#toldAt = now;
    this.#parts.onState();
  }

  async #folderOf(model: string, signal: AbortSignal): Promise<string> {
    if (isAbsolute(model)) return model;
    if (!isModelName(model)) {
      throw new Error(
        `wisp.embedding.model must be an absolute folder or a name like owner/model, not ${model}.`,
      );
    }
    const { hub, models, clock } = this.#parts;
    const onProgress = (done: number, total: number) => {
      this.#tell({ state: 'fetching', done, total });
    };
    return fetchModel(model, { hub, folder: models, clock, onProgress }, signal);
  }

  async #keepUp(signal: AbortSignal): Promise<void> {
    await this.#update(signal);
    this.#callOff = this.#parts.clock.after(EVERY_MS, () => {
      void this.#keepUp(signal)
        .catch(error => this.#fail(error))
        .catch(() => {});
    });
  }

  /** Gives the embedder what has changed in the index. */
  async #update(signal: AbortSignal): Promise<void> {
    const index = this.#parts.index();
    const paths = index.paths();
    const changed = paths.filter(path => index.stamp(path)?.hash !== this.#files.get(path)?.hash);
    const present = new Set(paths);
    for (const path of [...this.#files.keys()]) {
      if (present.has(path)) continue;
      this.#files.delete(path);
      await this.#running!.remote.place({ path, keys: [] }, signal);
    }
    for (const [done, path] of changed.entries()) {
      this.#tell({ state: 'embedding', done, total: changed.length });
      await this.#embed(index, path, signal);
      await this.#slices.breathe();
    }
    this.#tell({ state: 'ready' });
  }

  async #embed(index: CodeIndex, path: string, signal: AbortSignal): Promise<void> {
    const record = index.recordOf(path);
    const text = this.#parts.readText(path)?.split(/\r?\n/);
    if (!record || !text) return;
    const lines = record.chunks.map(({ startLine, endLine }) => ({ startLine, endLine }));
    const passages = lines.map(({ startLine, endLine }) =>
      text
        .slice(startLine - 1, endLine)
        .join('\n')
        .slice(0, MOST_CHARS),
    );
    const keys = passages.map(keyOf);
    const { remote } = this.#running!;
    const missing = new Set(await remote.missing(keys, signal));
    const wanted = keys.flatMap((key, i) => (missing.delete(key) ? [{ key, text: passages[i]! }] : []));
    for (let start = 0; start < wanted.length; start += BATCH) {
      const batch = wanted.slice(start, start + BATCH);
      const percent = (await this.#parts.pacer?.turn(signal)) ?? 100;
      const begun = this.#parts.clock.elapsed();
      await remote.embed({ keys: batch.map(({ key }) => key), texts: batch.map(one => one.text) }, signal);
      const rest = (this.#parts.clock.elapsed() - begun) * (100 / percent - 1);
      if (rest > 1) await new Promise<void>(resolve => this.#parts.clock.after(rest, resolve));
    }
    this.#files.set(path, { hash: record.hash, lines });
    await remote.place({ path, keys }, signal);
  }

  #placeOf({ path, passage, likeness }: Near): readonly NearPlace[] {
    const lines = this.#files.get(path)?.lines[passage];
    return lines ? [{ path, ...lines, score: likeness }] : [];
  }
}

interface Lines {
  readonly startLine: number;
  readonly endLine: number;
}

const keyOf = (text: string): string =>
  createHash('sha256')
    .update(text)
    .digest('hex')
    .slice(0, KEY_BYTES * 2);
