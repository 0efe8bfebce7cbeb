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

/** A line that some source found. */
export interface PoolLine {
  readonly path: string;
  /** From 1. */
  readonly number: number;
  /** About how long it is, in UTF-16 units; 0 for a blank one. */
  readonly chars: number;
  /** Its distinct words, as vocabulary ids. */
  readonly words: readonly number[];
  /** By source: what it gave the line, as a share of its best score. */
  readonly scores: Readonly<Record<string, number>>;
  /** By source: the place of what it found in its list, from 0. */
  readonly ranks: Readonly<Record<string, number>>;
}

/** Lines in a pool: as many as can be weighed in a millisecond or two. */
const MOST_LINES = 800;
/** Indentation is not in the index; a line has about so much. */
const INDENTATION = 6;

interface OpenLine extends PoolLine {
  readonly scores: Record<string, number>;
  readonly ranks: Record<string, number>;
}

/**
 * The lines that all sources found, each once, whichever windows it stood in: where windows of several sources overlap,
 * the line has the scores of all. In the order of paths and lines.
 */
export function poolOf(findings: readonly Findings[], index: PoolIndex): readonly PoolLine[] {
  const files = new Map<string, Map<number, OpenLine>>();
  const readers = new Map<string, ReturnType<typeof readerOf>>();
  let count = 0;
  const longest = Math.max(0, ...findings.map(({ found }) => found.length));
  // In turns, so that no source fills the pool alone.
  for (let rank = 0; rank < longest; rank++) {
    for (const { retriever, found } of findings) {
      const place = found[rank];
      if (!place) continue;
      let reader = readers.get(place.path);
      if (!reader) {
        reader = readerOf(place.path, index);
        readers.set(place.path, reader);
        files.set(place.path, new Map());
      }
      const lines = files.get(place.path)!;
      const score = place.score / (found[0]!.score || 1);
      for (let number = place.startLine; number <= Math.min(place.endLine, reader.last); number++) {
        let line = lines.get(number);
        if (!line) {
          if (count === MOST_LINES) break;
          count++;
          line = reader.line(number);
          lines.set(number, line);
        }
        if (score > (line.scores[retriever] ?? 0)) line.scores[retriever] = score;
        line.ranks[retriever] ??= rank;
      }
    }
  }
  return [...files]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, lines]) => [...lines.values()].sort((a, b) => a.number - b.number));
}

const WORD = /^[\p{L}_$][\p{L}\p{N}_$]/u;

/** How long the texts of a vocabulary are, negative for what is no word; each is looked at once. */
class TextLengths {
  readonly #vocabulary: PoolIndex['vocabulary'];
  #lengths = new Int8Array(1 << 12);

  constructor(vocabulary: PoolIndex['vocabulary']) {
    this.#vocabulary = vocabulary;
  }

  lengthOf(id: number): number {
    const known = this.#lengths[id];
    if (known) return known;
    const text = this.#vocabulary.text(id);
    // The lexer cuts longer ones.
    const length = Math.min(text.length || 1, 64);
    if (id >= this.#lengths.length) {
      const larger = new Int8Array(Math.ceil((id + 1) * 1.5));
      larger.set(this.#lengths);
      this.#lengths = larger;
    }
    const signed = WORD.test(text) ? length : -length;
    this.#lengths[id] = signed;
    return signed;
  }
}

const lengths = new WeakMap<PoolIndex['vocabulary'], TextLengths>();

function lengthsOf(vocabulary: PoolIndex['vocabulary']): TextLengths {
  let known = lengths.get(vocabulary);
  if (!known) {
    known = new TextLengths(vocabulary);
    lengths.set(vocabulary, known);
  }
  return known;
}

function readerOf(path: string, index: PoolIndex) {
  const kinds = lengthsOf(index.vocabulary);
  const lines = fileLines(path, languageOfPath(path)?.family ?? '', index);
  return {
    last: lines?.last ?? 0,
    line(number: number): OpenLine {
      const words: number[] = [];
      let chars = 0;
      const { tokens, startOf } = lines!;
      const start = startOf(number);
      const end = startOf(number + 1);
      for (let place = start; place < end; place++) {
        const token = tokens[place]!;
        if (isNewline(token)) continue;
        const id = idOf(token);
        const length = kinds.lengthOf(id);
        chars += Math.abs(length) + (spaceBefore(token) ? 1 : 0);
        if (length > 0 && !words.includes(id)) words.push(id);
      }
      return { path, number, chars: chars === 0 ? 0 : chars + INDENTATION, words, scores: {}, ranks: {} };
    },
  };
}
