import { languageOfPath } from '../domain/languages.ts';
import { idOf, isNewline, spaceBefore } from '../indexing/lexer.ts';
import { fileLines, type LinedIndex } from './fileLines.ts';
import type { Findings } from './retriever.ts';

/** What fusing needs of the index. */
export interface PoolIndex extends LinedIndex {
  readonly vocabulary: {
    readonly size: number;
    find(text: string): number | undefined;
    text(id: number): string;
    termAt(id: number, place: number): number;
  };
  /** Something that changes when the file does; undefined for one that is not indexed. */
  stamp(path: string): { readonly hash: string } | undefined;
  /** How rare a word of the vocabulary is among the chunks, by its id. */
  wordRarity(id: number): number;
}

/**
 * The lines that all sources found, each once, whichever windows it stood in: where windows of several sources overlap,
 * the line has the scores of all. In the order of paths and lines. Everything but names is in arrays, one element a line
 * unless another size is said: some hundred lines with their thousands of words are gathered at every request.
 */
export interface Pool {
  readonly size: number;
  /** In their order. */
  readonly paths: readonly string[];
  /** The place of a line's path. */
  readonly files: Int32Array;
  /** Numbers of lines, from 1. */
  readonly numbers: Int32Array;
  /** About how long they are, in UTF-16 units; 0 for a blank one. */
  readonly chars: Int32Array;
  /** The names of the sources. */
  readonly sources: readonly string[];
  /** What each source gave a line, as a share of its best score: first those of the first line. 0 for nothing. */
  readonly scores: Float64Array;
  /** In the same order the place of what the source found in its list, from 0; −1 where it did not find the line. */
  readonly ranks: Int32Array;
  /**
   * The distinct words of all lines as places in `ids`; those of a line end where those of the next begin. One element
   * more than lines.
   */
  readonly starts: Int32Array;
  readonly words: Int32Array;
  /** The distinct words of the pool, as ids of the vocabulary. */
  readonly ids: readonly number[];
  /** By id of the vocabulary a word's place in `ids` and one, 0 for what is not in the pool; valid until the next pool. */
  readonly placeOf: Int32Array;
}

/** Lines in a pool: as many as can be weighed in a millisecond or two. */
const MOST_LINES = 800;
/** Indentation is not in the index; a line has about so much. */
const INDENTATION = 6;
/** A line's number and its file as one number: no file that is indexed has as many lines. */
const FILE = 2 ** 22;

/** The windows of all sources as lines: which there are, and who found them. */
interface Lines {
  readonly files: readonly string[];
  /** File and number (`FILE`) of each, as they came. */
  readonly keys: readonly number[];
  readonly scores: Float64Array;
  readonly ranks: Int32Array;
}

/** Makes pools, one after the other; keeps its scratch memory between two of them. */
export class Pooler {
  #vocabulary: PoolIndex['vocabulary'] | undefined;
  /** How long the texts of the vocabulary are, negative for what is no word, 0 for what was not looked at yet. */
  #lengths = new Int8Array(0);
  #placeOf = new Int32Array(0);
  #ids: number[] = [];

  pool(findings: readonly Findings[], index: PoolIndex): Pool {
    this.#begin(index.vocabulary);
    const lines = linesOf(findings, index);
    const inOrder = orderOf(lines);
    const size = inOrder.length;
    const width = findings.length;
    const files = new Int32Array(size);
    const numbers = new Int32Array(size);
    const scores = new Float64Array(size * width);
    const ranks = new Int32Array(size * width);
    const paths: string[] = [];
    for (let to = 0; to < size; to++) {
      const from = inOrder[to]!;
      const path = lines.files[Math.floor(lines.keys[from]! / FILE)]!;
      if (paths.at(-1) !== path) paths.push(path);
      files[to] = paths.length - 1;
      numbers[to] = lines.keys[from]! % FILE;
      for (let source = 0; source < width; source++) {
        scores[to * width + source] = lines.scores[from * width + source]!;
        ranks[to * width + source] = lines.ranks[from * width + source]!;
      }
    }
    const sources = findings.map(({ retriever }) => retriever);
    const read = this.#read({ paths, files, numbers }, index);
    return { size, paths, files, numbers, sources, scores, ranks, ...read };
  }

  /** Forgets the pool before. */
  #begin(vocabulary: PoolIndex['vocabulary']): void {
    for (const id of this.#ids) this.#placeOf[id] = 0;
    this.#ids = [];
    if (this.#vocabulary !== vocabulary) this.#lengths = new Int8Array(0);
    this.#vocabulary = vocabulary;
    if (vocabulary.size <= this.#lengths.length) return;
    const room = Math.ceil(vocabulary.size * 1.25);
    const lengths = new Int8Array(room);
    lengths.set(this.#lengths);
    this.#lengths = lengths;
    this.#placeOf = new Int32Array(room);
  }

  /** The words of lines, file by file. */
  #read({ paths, files, numbers }: Pick<Pool, 'paths' | 'files' | 'numbers'>, index: PoolIndex) {
    const size = numbers.length;
    const chars = new Int32Array(size);
    const starts = new Int32Array(size + 1);
    const words: number[] = [];
    const ids = this.#ids;
    const placeOf = this.#placeOf;
    /** By place in `ids`: the line on which it stood last, and one. */
    const seen: number[] = [];
    let file: ReturnType<typeof fileLines>;
    for (let line = 0; line < size; line++) {
      const path = paths[files[line]!]!;
      if (line === 0 || files[line] !== files[line - 1])
        file = fileLines(path, languageOfPath(path)?.family ?? '', index);
      const start = file!.startOf(numbers[line]!);
      const end = file!.startOf(numbers[line]! + 1);
      let length = 0;
      for (let at = start; at < end; at++) {
        const token = file!.tokens[at]!;
        if (isNewline(token)) continue;
        const id = idOf(token);
        const own = this.#lengths[id] || this.#measure(id);
        length += Math.abs(own) + (spaceBefore(token) ? 1 : 0);
        if (own < 0) continue;
        let place = placeOf[id]! - 1;
        if (place < 0) {
          place = ids.push(id) - 1;
          placeOf[id] = place + 1;
          seen.push(0);
        }
        if (seen[place] === line + 1) continue;
        seen[place] = line + 1;
        words.push(place);
      }
      chars[line] = length === 0 ? 0 : length + INDENTATION;
      starts[line + 1] = words.length;
    }
    return { chars, starts, words: Int32Array.from(words), ids, placeOf };
  }

  #measure(id: number): number {
    const text = this.#vocabulary!.text(id);
    // The lexer cuts longer ones.
    const length = Math.min(text.length || 1, 64);
    const signed = WORD.test(text) ? length : -length;
    this.#lengths[id] = signed;
    return signed;
  }
}

const WORD = /^[\p{L}_$][\p{L}\p{N}_$]/u;

/** In turns, so that no source fills the pool alone. */
function linesOf(findings: readonly Findings[], index: PoolIndex): Lines {
  const files = new Map<string, { readonly place: number; readonly last: number }>();
  const known = new Map<number, number>();
  const keys: number[] = [];
  const width = findings.length;
  const scores = new Float64Array(MOST_LINES * width);
  const ranks = new Int32Array(MOST_LINES * width).fill(-1);
  const longest = Math.max(0, ...findings.map(({ found }) => found.length));
  for (let rank = 0; rank < longest; rank++) {
    for (let source = 0; source < width; source++) {
      const { found } = findings[source]!;
      const place = found[rank];
      if (!place) continue;
      let file = files.get(place.path);
      if (!file) {
        file = { place: files.size, last: index.chunkAbove(place.path, FILE)?.endLine ?? 0 };
        files.set(place.path, file);
      }
      const score = place.score / (found[0]!.score || 1);
      const last = Math.min(place.endLine, file.last);
      for (let number = place.startLine; number <= last; number++) {
        const key = file.place * FILE + number;
        let line = known.get(key);
        if (line === undefined) {
          if (keys.length === MOST_LINES) break;
          line = keys.push(key) - 1;
          known.set(key, line);
        }
        const at = line * width + source;
        if (score > scores[at]!) scores[at] = score;
        if (ranks[at]! < 0) ranks[at] = rank;
      }
    }
  }
  return { files: [...files.keys()], keys, scores, ranks };
}

/** The places of lines in `keys`, in the order of their paths and numbers. */
function orderOf({ files, keys }: Lines): Float64Array {
  const byPath = files.map((path, place) => ({ path, place })).sort((a, b) => (a.path < b.path ? -1 : 1));
  const rankOf = new Int32Array(files.length);
  for (const [rank, { place }] of byPath.entries()) rankOf[place] = rank;
  /** File by rank, number and place, as one number. */
  const sorted = new Float64Array(keys.length);
  for (let place = 0; place < keys.length; place++) {
    const key = keys[place]!;
    sorted[place] = (rankOf[Math.floor(key / FILE)]! * FILE + (key % FILE)) * MOST_LINES + place;
  }
  sorted.sort();
  for (let rank = 0; rank < sorted.length; rank++) sorted[rank] = sorted[rank]! % MOST_LINES;
  return sorted;
}
