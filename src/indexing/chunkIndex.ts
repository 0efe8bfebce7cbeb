import { idf, Ranker } from './bm25.ts';
import { type ChunkRow, ChunkTable } from './chunkTable.ts';
import type { Chunk } from './fileRecord.ts';
import { linesOf } from './lexer.ts';
import { Postings, type PostingsState, type TermCounts } from './postings.ts';
import { TermCounter } from './termCounter.ts';
import type { Vocabulary } from './vocabulary.ts';

/** The ids of a file's chunks, which follow each other; end excluded. */
export interface ChunkRange {
  firstChunk: number;
  endChunk: number;
}

export interface ChunkIndexState {
  readonly rows: Int32Array;
  readonly postings: PostingsState;
}

export interface ChunkSearchOptions {
  readonly limit: number;
  readonly accept?: (file: number) => boolean;
  /** Whether the first of two files comes before the second where their chunks fit equally well. */
  readonly before: (one: number, other: number) => boolean;
}

/** The chunks of all files, searchable by the terms of their words. Files are known by a number only. */
export class ChunkIndex {
  readonly #vocabulary: Vocabulary;
  readonly #counter: TermCounter;
  readonly #ranker = new Ranker();
  /** A chunk is a document of the postings, under the same id. */
  #rows: ChunkTable;
  #postings: Postings;

  constructor(vocabulary: Vocabulary, state?: ChunkIndexState) {
    this.#vocabulary = vocabulary;
    this.#counter = new TermCounter(vocabulary);
    this.#rows = new ChunkTable(state?.rows);
    this.#postings = new Postings(state?.postings);
  }

  /** Chunks ever added since the last `renumber`. */
  get size(): number {
    return this.#rows.size;
  }

  get bytes(): number {
    return this.#rows.bytes + this.#postings.bytes;
  }

  row(chunk: number): ChunkRow {
    return this.#rows.get(chunk);
  }

  /** The chunks as they were added. */
  chunksOf({ firstChunk, endChunk }: ChunkRange): readonly Chunk[] {
    return Array.from({ length: endChunk - firstChunk }, (_, i) => {
      const { startLine, endLine, startToken, endToken, kind, name, ...row } = this.#rows.get(firstChunk + i);
      const header = { line: row.headerLine, startToken: row.headerStart, endToken: row.headerEnd };
      return {
        ...{ startLine, endLine, startToken, endToken, kind: this.#vocabulary.text(kind) },
        ...(name >= 0 && { name: this.#vocabulary.text(name) }),
        ...(header.line > 0 && { header }),
      };
    });
  }

  /** `words` are the file's tokens under the vocabulary's ids. */
  add(file: number, chunks: readonly Chunk[], words: Uint32Array): void {
    let tokenLine = 1;
    let counted = 0;
    for (const { startLine, endLine, startToken, endToken, kind, name, header } of chunks) {
      tokenLine += linesIn(words, counted, startToken);
      counted = startToken;
      this.#rows.push({
        file,
        startLine,
        endLine,
        startToken,
        endToken,
        tokenLine,
        kind: this.#vocabulary.intern(kind),
        name: name === undefined ? -1 : this.#vocabulary.intern(name),
        headerLine: header?.line ?? 0,
        headerStart: header?.startToken ?? 0,
        headerEnd: header?.endToken ?? 0,
      });
      this.#postings.add(this.#termsOf(this.#rows.size - 1, words));
    }
  }

  /** `words` must be those that the chunks were added with. */
  remove({ firstChunk, endChunk }: ChunkRange, words: Uint32Array): void {
    for (let chunk = firstChunk; chunk < endChunk; chunk++) {
      this.#postings.remove(chunk, this.#termsOf(chunk, words).terms);
    }
  }

  /** The chunks that fit the weighted terms best, best first. Ids do not matter to the order; files and lines do. */
  search(query: ReadonlyMap<string, number>, options: ChunkSearchOptions) {
    const { limit, accept, before } = options;
    const rows = this.#rows;
    const terms: [number, number][] = [];
    for (const [text, weight] of query) {
      const term = this.#vocabulary.findTerm(text);
      if (term !== undefined) terms.push([term, weight]);
    }
    return this.#ranker.top(this.#postings, terms, {
      limit,
      ...(accept && { accept: chunk => accept(rows.fileOf(chunk)) }),
      before(one, other) {
        const first = rows.get(one);
        const second = rows.get(other);
        return first.file === second.file
          ? first.startToken < second.startToken
          : before(first.file, second.file);
      },
    });
  }

  /** Chunks that hold the term. */
  frequency(term: string): number {
    const id = this.#vocabulary.findTerm(term);
    return id === undefined ? 0 : this.#postings.frequency(id);
  }

  /** How rare a term is among the chunks (`bm25.ts`), 0 for one that stands in none. */
  rarity(term: string): number {
    return this.#rarity(this.frequency(term));
  }

  /** The same of a word of the vocabulary, by its id. */
  wordRarity(word: number): number {
    const term = this.#vocabulary.termAt(word, 0);
    return term < 0 ? 0 : this.#rarity(this.#postings.frequency(term));
  }

  #rarity(frequency: number): number {
    return frequency === 0 ? 0 : idf(this.#postings.documents, frequency);
  }

  /** The line, from 1, of a token of a file, both counted within the file. */
  lineOf({ firstChunk, endChunk }: ChunkRange, words: Uint32Array, token: number): number {
    let chunk = endChunk - 1;
    while (chunk >= firstChunk && this.#rows.get(chunk).startToken > token) chunk--;
    if (chunk < firstChunk) return 1 + linesIn(words, 0, token);
    const { startToken, tokenLine } = this.#rows.get(chunk);
    return tokenLine + linesIn(words, startToken, token);
  }

  /** Of a file's chunks the last whose first token stands on a line or above it. */
  chunkAbove({ firstChunk, endChunk }: ChunkRange, line: number): ChunkRow | undefined {
    let low = firstChunk;
    let high = endChunk;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#rows.tokenLineOf(middle) <= line) low = middle + 1;
      else high = middle;
    }
    return low === firstChunk ? undefined : this.#rows.get(low - 1);
  }

  /** Drops removed chunks. The files that are left get their place in `files` as number, and their chunks new ids. */
  renumber(files: readonly ChunkRange[]): void {
    const ids = new Int32Array(this.#rows.size).fill(-1);
    const rows = new ChunkTable();
    for (const [file, range] of files.entries()) {
      const firstChunk = rows.size;
      for (let chunk = range.firstChunk; chunk < range.endChunk; chunk++) {
        ids[chunk] = rows.push({ ...this.#rows.get(chunk), file });
      }
      range.firstChunk = firstChunk;
      range.endChunk = rows.size;
    }
    this.#rows = rows;
    this.#postings = this.#postings.renumbered(ids);
  }

  #termsOf(chunk: number, words: Uint32Array): TermCounts {
    const { startToken, endToken, headerStart, headerEnd } = this.#rows.get(chunk);
    return this.#counter.count(words.subarray(headerStart, headerEnd), words.subarray(startToken, endToken));
  }

  /** Everything, valid until the next change. */
  state(): ChunkIndexState {
    return { rows: this.#rows.state(), postings: this.#postings.state() };
  }
}

/** How many lines the tokens lead down, or up if `end` stands before `start`. */
function linesIn(tokens: Uint32Array, start: number, end: number): number {
  if (end < start) return -linesIn(tokens, end, start);
  let lines = 0;
  for (let place = start; place < end; place++) lines += linesOf(tokens[place]!);
  return lines;
}
