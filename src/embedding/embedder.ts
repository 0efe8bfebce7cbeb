import { Best } from '../indexing/bm25.ts';
import type { Encoder } from './encoder.ts';
import type { VectorStore } from './vectorStore.ts';

/** Where the embedder finds its files; absolute paths. */
export interface EmbedderPlaces {
  /** The folder of `model.onnx` and `tokenizer.json`. */
  readonly model: string;
  /** The model's name, which tells how it wants to be asked. */
  readonly name: string;
  /** The file of the vectors. */
  readonly store: string;
  /** A file from where the runtime is looked for. */
  readonly root: string;
}

/** A passage that is like what was searched for. */
export interface Near {
  readonly path: string;
  /** Which of the file's passages. */
  readonly passage: number;
  /** -1 to 1. */
  readonly likeness: number;
}

/** Vectors of the workspace's passages, and the search among them. Runs in a process of its own. */
export class Embedder {
  readonly #encoder: Encoder;
  readonly #store: VectorStore;
  /** Keys of a file's passages, in their order. */
  readonly #files = new Map<string, readonly string[]>();

  constructor(encoder: Encoder, store: VectorStore) {
    this.#encoder = encoder;
    this.#store = store;
  }

  /** Keys that have no vector yet. */
  missing(keys: readonly string[]): readonly string[] {
    return keys.filter(key => !this.#store.has(key));
  }

  /** Makes vectors and keeps them. */
  async embed({ keys, texts }: { keys: readonly string[]; texts: readonly string[] }): Promise<void> {
    await this.#store.add(keys, await this.#encoder.encode(texts, 'passage'));
  }

  /** Says which passages a file has now; none: it is not searched any more. */
  place({ path, keys }: { path: string; keys: readonly string[] }): void {
    if (keys.length === 0) this.#files.delete(path);
    else this.#files.set(path, keys);
  }

  /** The passages that are most like a text, best first. */
  async search({ text, limit }: { text: string; limit: number }): Promise<readonly Near[]> {
    const [query] = await this.#encoder.encode([text], 'query');
    const places: { path: string; passage: number }[] = [];
    const best = new Best(limit, (one, other) => one < other);
    for (const [path, keys] of this.#files) {
      this.#store.likeness(query!, keys).forEach((score, passage) => {
        if (score > -1) best.add(places.push({ path, passage }) - 1, score);
      });
    }
    return best.sorted().map(({ document, score }) => ({ ...places[document]!, likeness: score }));
  }

  async close(): Promise<void> {
    await this.#store.close();
    await this.#encoder.dispose();
  }
}
