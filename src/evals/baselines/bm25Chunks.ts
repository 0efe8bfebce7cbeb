import { languageOf, languageOfPath } from '../../domain/languages.ts';
import type { CompletionContext } from '../../domain/request.ts';
import type { Found, Retriever } from '../../retrieval/retriever.ts';
import type { Scene, SceneText } from './scene.ts';
import { wordsBefore } from './windows.ts';
import { wordsIn } from './wordSets.ts';

const CHUNK_LINES = 20;
const QUERY_LINES = 20;
const MOST_FOUND = 50;
/** The usual saturation and length normalisation. */
const K1 = 1.2;
const B = 0.75;

interface Chunk {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly length: number;
  readonly terms: ReadonlyMap<string, number>;
  gone: boolean;
}

/**
 * Plain BM25: every file of the same family of languages in chunks of 20 lines, searched for the words of the 20 lines
 * before the cursor; of the own file, what stands above those.
 *
 * Source: the formula of Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009),
 * section 3.4; windows of 20 lines as in Zhang et al., "RepoCoder" (EMNLP 2023), the last lines as the query as there and
 * in Ding et al., "CrossCodeEval" (NeurIPS 2023), whose retriever is BM25.
 */
export class Bm25Chunks implements Retriever {
  readonly name = 'bm25';
  readonly #scene: Scene;
  readonly #families = new Map<string, ChunkStore>();

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  retrieve({ document, position, prefix }: CompletionContext): readonly Found[] {
    const { family } = languageOf(document.languageId);
    let store = this.#families.get(family);
    if (!store) {
      store = new ChunkStore();
      this.#families.set(family, store);
    }
    const files = [...this.#scene.files()].filter(({ path }) => languageOfPath(path)?.family === family);
    store.hold(files);
    const lastLine = position.line + 1 - QUERY_LINES;
    return store.search(
      new Set(wordsBefore(prefix, QUERY_LINES)),
      ({ path, endLine }) => path !== document.path || endLine <= lastLine,
    );
  }
}

/** Chunks with their postings; what is gone is passed over and forgotten when it is met. */
class ChunkStore {
  readonly #files = new Map<SceneText, readonly Chunk[]>();
  readonly #postings = new Map<string, Chunk[]>();
  #count = 0;
  #length = 0;

  hold(files: readonly SceneText[]): void {
    const wanted = new Set(files);
    for (const [file, chunks] of this.#files) {
      if (wanted.has(file)) continue;
      this.#files.delete(file);
      for (const chunk of chunks) this.#tally(chunk, -1);
    }
    for (const file of wanted) if (!this.#files.has(file)) this.#files.set(file, this.#add(file));
  }

  search(terms: ReadonlySet<string>, accept: (chunk: Chunk) => boolean): readonly Found[] {
    const scores = new Map<Chunk, number>();
    const average = this.#length / this.#count;
    for (const term of terms) {
      const chunks = (this.#postings.get(term) ?? []).filter(({ gone }) => !gone);
      this.#postings.set(term, chunks);
      const rarity = Math.log(1 + (this.#count - chunks.length + 0.5) / (chunks.length + 0.5));
      for (const chunk of chunks) {
        const frequency = chunk.terms.get(term)!;
        const norm = K1 * (1 - B + (B * chunk.length) / average);
        const score = (rarity * frequency * (K1 + 1)) / (frequency + norm);
        scores.set(chunk, (scores.get(chunk) ?? 0) + score);
      }
    }
    return [...scores]
      .filter(([chunk]) => accept(chunk))
      .sort(
        ([a, x], [b, y]) => y - x || (a.path < b.path ? -1 : a.path > b.path ? 1 : a.startLine - b.startLine),
      )
      .slice(0, MOST_FOUND)
      .map(([{ path, startLine, endLine }, score]) => ({ path, startLine, endLine, score }));
  }

  #add({ path, text }: SceneText): readonly Chunk[] {
    const lines = text.split(/\r?\n/);
    const chunks: Chunk[] = [];
    for (let start = 0; start < lines.length; start += CHUNK_LINES) {
      const cut = lines.slice(start, start + CHUNK_LINES);
      const words = wordsIn(cut.join('\n'));
      if (words.length === 0) continue;
      const terms = new Map<string, number>();
      for (const word of words) terms.set(word, (terms.get(word) ?? 0) + 1);
      const endLine = start + cut.length;
      const chunk = { path, startLine: start + 1, endLine, length: words.length, terms, gone: false };
      this.#tally(chunk, 1);
      for (const term of terms.keys()) {
        const postings = this.#postings.get(term);
        if (postings) postings.push(chunk);
        else this.#postings.set(term, [chunk]);
      }
      chunks.push(chunk);
    }
    return chunks;
  }

  #tally(chunk: Chunk, sign: 1 | -1): void {
    this.#count += sign;
    this.#length += sign * chunk.length;
    chunk.gone = sign < 0;
  }
}
