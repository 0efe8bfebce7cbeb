import { ChunkIndex } from './chunkIndex.ts';
import type { ChunkRow } from './chunkTable.ts';
import { type Definition, Definitions } from './definitions.ts';
import { EditedFiles } from './editedFiles.ts';
import type { FileRecord } from './fileRecord.ts';
import type { FileRow, IndexState } from './indexState.ts';
import { TokenFamilies } from './tokenFamilies.ts';
import type { TokenStore } from './tokenStore.ts';
import { Vocabulary } from './vocabulary.ts';

/** What tells cheaply that a file has not changed since it was indexed. */
export interface Stamp {
  readonly hash: string;
  readonly size: number;
  readonly mtimeMs: number;
}

export interface FoundChunk
  extends Pick<ChunkRow, 'startLine' | 'endLine' | 'startToken' | 'endToken' | 'tokenLine'> {
  readonly path: string;
  readonly score: number;
}

export interface SearchOptions {
  readonly limit: number;
  /** Asked only for files with a chunk that is good enough to be among the best. */
  readonly accept?: (path: string) => boolean;
}

/** With a smaller share dead, searching does not slow down enough to pay for a rebuild. */
const MOST_DEAD = 0.3;

/**
 * What Wisp knows of the workspace: the files' chunks, searchable by the terms of their words, and their tokens for the
 * workspace model. A path stands for one text, the disk's or an editor's unsaved one, whichever was added last.
 */
export class CodeIndex {
  readonly vocabulary: Vocabulary;
  readonly #chunks: ChunkIndex;
  /** What is defined where, by name. */
  readonly definitions: Definitions;
  #tokens = new TokenFamilies<FileRow>();
  #files: (FileRow | null)[] = [];
  /** Of the files that are there. */
  #bytes = 0;
  #chunkCount = 0;
  /** Places in `#files`. */
  readonly #byPath = new Map<string, number>();
  readonly edited = new EditedFiles();
  #changes = 0;
  #version = 0;
  readonly #changesOf = new Map<string, number>();

  /** With `settle` 'later' the stored tokens are put into the stores by `settle`, and not now. */
  constructor(state?: IndexState, settle: 'now' | 'later' = 'now') {
    this.vocabulary = new Vocabulary(state?.vocabulary);
    this.#chunks = new ChunkIndex(this.vocabulary, state?.chunks);
    this.definitions = new Definitions(this.vocabulary, place => this.#files[place]!, state?.symbols);
    if (state) this.#adopt(state);
    if (settle === 'now') while (this.#tokens.settleOne());
  }

  get report(): { readonly files: number; readonly chunks: number; readonly bytes: number } {
    return { files: this.#byPath.size, chunks: this.#chunkCount, bytes: this.#bytes };
  }

  /** Bytes that the large arrays take; strings and the rows of files come on top. */
  get memory(): number {
    return this.#chunks.bytes + this.definitions.bytes + this.#tokens.bytes;
  }

  /** Changes with everything that `state` shows. */
  get version(): number {
    return this.#version;
  }

  paths(): readonly string[] {
    return [...this.#byPath.keys()];
  }

  /** For a path that stands for unsaved text, size and time are 0, so that no file on disk looks like it. */
  stamp(path: string): Stamp | undefined {
    const file = this.#at(path);
    return file && { hash: file.hash, size: file.size, mtimeMs: file.mtimeMs };
  }

  /** What was added under a path. */
  recordOf(path: string): FileRecord | undefined {
    const file = this.#at(path);
    if (!file) return undefined;
    const { languageId, size, mtimeMs, hash } = file;
    const { ids, ...lexed } = this.vocabulary.local(this.#tokens.wordsOf(file));
    const chunks = this.#chunks.chunksOf(file);
    const symbols = this.definitions.packed(file, ids);
    return { path, languageId, size, mtimeMs, hash, ...lexed, chunks, symbols };
  }

  /** Adds a file, in place of what stood under its path. The same content only gets a new stamp. */
  add(record: FileRecord): void {
    const { path, languageId, size, mtimeMs, hash } = record;
    const known = this.#at(path);
    if (known?.hash === hash && known.languageId === languageId) {
      this.#bytes += size - known.size;
      known.size = size;
      known.mtimeMs = mtimeMs;
      this.#version++;
      return;
    }
    this.edited.replaced(record, () => (known ? this.#tokens.wordsOf(known).slice() : new Uint32Array(0)));
    if (known) this.#forget(known);
    const { ids, words } = this.vocabulary.adopted(record);
    const firstChunk = this.#chunks.size;
    const endChunk = firstChunk + record.chunks.length;
    const symbols = this.definitions.add(this.#files.length, record.symbols, ids);
    const stamp = { path, languageId, size, mtimeMs, hash };
    const row = { ...stamp, start: 0, end: 0, firstChunk, endChunk, ...symbols };
    const place = this.#files.push(row) - 1;
    this.#counted(row, 1);
    this.#byPath.set(path, place);
    this.#chunks.add(place, record.chunks, words);
    this.#tokens.append(row, words);
    this.#changed(path);
  }

  remove(path: string): void {
    const file = this.#at(path);
    if (!file) return;
    this.edited.forget(path);
    this.#forget(file);
    this.#changed(path);
  }

  /** The chunks that fit the weighted terms best, best first; the same texts give the same order. */
  search(query: ReadonlyMap<string, number>, { limit, accept }: SearchOptions): readonly FoundChunk[] {
    const pathAt = (file: number) => this.#files[file]!.path;
    const best = this.#chunks.search(query, {
      limit,
      ...(accept && { accept: file => accept(pathAt(file)) }),
      before: (one, other) => pathAt(one) < pathAt(other),
    });
    return best.map(({ document, score }) => {
      const { file, startLine, endLine, startToken, endToken, tokenLine } = this.#chunks.row(document);
      return { path: pathAt(file), startLine, endLine, startToken, endToken, tokenLine, score };
    });
  }

  /** What a file defines, in its order. */
  definitionsIn(path: string): readonly Definition[] {
    const file = this.#at(path);
    return file ? this.definitions.within(file) : [];
  }

  /** The chunks of a file, in its order. */
  chunksIn(path: string): readonly ChunkRow[] {
    const { firstChunk = 0, endChunk = 0 } = this.#at(path) ?? {};
    return Array.from({ length: endChunk - firstChunk }, (_, i) => this.#chunks.row(firstChunk + i));
  }

  /** Of a file's chunks the last whose first token stands on a line, from 1, or above it. */
  chunkAbove(path: string, line: number): ChunkRow | undefined {
    const file = this.#at(path);
    return file && this.#chunks.chunkAbove(file, line);
  }

  /** Chunks that hold a term. */
  frequency(term: string): number {
    return this.#chunks.frequency(term);
  }

  /** How rare a term is among the chunks (`bm25.ts`), 0 for one that stands in none. */
  rarity(term: string): number {
    return this.#chunks.rarity(term);
  }

  /** The same of a word of the vocabulary, by its id. */
  readonly wordRarity = (word: number): number => this.#chunks.wordRarity(word);

  /** Counts the changes of all files but one: while it stays the same, so does what others can say about that one. */
  generationWithout(path: string): number {
    return this.#changes - (this.#changesOf.get(path) ?? 0);
  }

  /** The tokens of a language family. A vacuum puts another store in its place: do not hold it. */
  store(family: string): TokenStore {
    return this.#tokens.family(family).store;
  }

  /** Where a file's tokens stand in the store of its family, end excluded. */
  tokenRange(path: string): { readonly start: number; readonly end: number } | undefined {
    const file = this.#at(path);
    return file && { start: file.start, end: file.end };
  }

  /** The file and the line, from 1, of a token in a family's store. */
  placeAt(family: string, place: number): { readonly path: string; readonly line: number } | undefined {
    const file = this.#tokens.family(family).ownerAt(place);
    if (!file) return undefined;
    const line = this.#chunks.lineOf(file, this.#tokens.wordsOf(file), place - file.start);
    return { path: file.path, line };
  }

  /** Where the tokens of the accepted files stand in a family's store: start and end of stretch after stretch. */
  tokenStretches(family: string, accept: (path: string) => boolean): Int32Array {
    return this.#tokens.family(family).stretches(({ path }) => accept(path));
  }

  /** Gives back the room of removed files where it has become much, and all else that it can do without. */
  vacuum(): void {
    for (const _ of this.vacuuming());
  }

  /** The same in steps, between which files may be added and removed. */
  *vacuuming(): Generator<void> {
    for (const _ of this.#tokens.vacuuming(MOST_DEAD)) {
      this.#version++;
      yield;
    }
    this.#version++;
    const dead = this.#chunks.size - this.#chunkCount;
    if (dead <= MOST_DEAD * this.#chunks.size) return;
    this.#files = this.#alive();
    this.#chunks.renumber(this.#alive());
    this.definitions.renumber(this.#alive());
    for (const [place, { path }] of this.#alive().entries()) this.#byPath.set(path, place);
  }

  /** Makes room for so many more tokens of a family. */
  reserve(family: string, tokens: number): void {
    this.#tokens.reserve(family, tokens);
  }

  /** Puts what waits of a stored index into the stores, and lets others run between two files. */
  async settle(breathe: () => Promise<void>): Promise<void> {
    let settled = false;
    for (; this.#tokens.settleOne(); settled = true) await breathe();
    // What was said before was said with less at hand.
    if (settled) this.#changes++;
  }

  /** Everything as it stands in memory: no copy, and valid only as long as `version` is the same. */
  state(): IndexState {
    return {
      tokens: this.#tokens.state(),
      vocabulary: this.vocabulary.state(),
      files: this.#files,
      chunks: this.#chunks.state(),
      symbols: this.definitions.state(),
    };
  }

  #adopt({ files, tokens }: IndexState): void {
    this.#files = [...files];
    for (const [place, file] of this.#files.entries()) if (file) this.#byPath.set(file.path, place);
    for (const file of this.#alive()) this.#counted(file, 1);
    this.#tokens = new TokenFamilies(tokens, this.#alive());
  }

  #forget(file: FileRow): void {
    this.#chunks.remove(file, this.#tokens.wordsOf(file));
    this.definitions.remove(file);
    this.#tokens.remove(file);
    this.#counted(file, -1);
    this.#files[this.#byPath.get(file.path)!] = null;
    this.#byPath.delete(file.path);
  }

  #changed(path: string): void {
    this.#version++;
    this.#changes++;
    this.#changesOf.set(path, (this.#changesOf.get(path) ?? 0) + 1);
  }

  #at(path: string): FileRow | undefined {
    const place = this.#byPath.get(path);
    return place === undefined ? undefined : this.#files[place]!;
  }

  #alive(): FileRow[] {
    return this.#files.filter(file => file !== null);
  }

  #counted({ size, firstChunk, endChunk }: FileRow, change: 1 | -1): void {
    this.#bytes += change * size;
    this.#chunkCount += change * (endChunk - firstChunk);
  }
}
