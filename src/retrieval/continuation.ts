import { languageOf, languageOfPath } from '../domain/languages.ts';
import type { CompletionContext } from '../domain/request.ts';
import type { FoundChunk, SearchOptions } from '../indexing/codeIndex.ts';
import { idOf, isNewline, lex, linesOf } from '../indexing/lexer.ts';
import { termsIn } from '../indexing/terms.ts';
import type { TokenStore } from '../indexing/tokenStore.ts';
import { mostTelling, type TermStatistics } from './query.ts';
import type { Found, Retriever } from './retriever.ts';

/** What continuation needs of the index. */
export interface ContinuedTokens extends TermStatistics {
  readonly vocabulary: { find(text: string): number | undefined; text(id: number): string };
  search(query: ReadonlyMap<string, number>, options: SearchOptions): readonly FoundChunk[];
  store(family: string): TokenStore;
  tokenRange(path: string): { readonly start: number; readonly end: number } | undefined;
}

/** Written lines above the cursor that are compared. */
const WINDOW = 6;
/** Chunks that are looked through for the most similar window. */
const MOST_CHUNKS = 24;
const MOST_TERMS = 14;
const MOST_POSTINGS = 30_000;
/** Lines shown above and below the end of a similar window: what comes next is what is wanted. */
const SHOWN_ABOVE = 2;
const SHOWN_NEXT = 5;
const SHOWN_BELOW = 14;
/** What the lines further below are worth, compared with the first ones. */
const LATER = 0.6;
/** Less alike than this, two windows have little more than the language in common. */
const LEAST_LIKE = 0.15;

/**
 * Finds windows of code that are like the lines just typed, and shows what comes next there: the retrieval of RETRO
 * (Borgeaud et al., ICML 2022) and RepoCoder (Zhang et al., EMNLP 2023), with words weighted by their rarity.
 */
export class ContinuationRetriever implements Retriever {
  readonly name = 'continuation';
  readonly #index: () => ContinuedTokens;

  /** The index is asked for each time: another may have been loaded. */
  constructor(index: () => ContinuedTokens) {
    this.#index = index;
  }

  retrieve(context: CompletionContext): readonly Found[] {
    const index = this.#index();
    const here = windowAbove(context.prefix);
    const query = queryOf(here, index);
    if (query.size === 0) return [];
    const { family } = languageOf(context.document.languageId);
    const { path } = context.document;
    const chunks = index.search(query, {
      limit: MOST_CHUNKS,
      accept: other => other !== path && languageOfPath(other)?.family === family,
    });
    const wanted = wantedTokens(here, index);
    return chunks
      .flatMap(chunk => {
        const best = mostLike(wanted, chunk, index, family);
        return best ? shown(chunk.path, best) : [];
      })
      .sort((a, b) => b.score - a.score || (a.path < b.path ? -1 : 1));
  }
}

/** The end of a similar window and what follows, of which the first lines are the likeliest to be wanted. */
function shown(path: string, { line, score }: { readonly line: number; readonly score: number }): Found[] {
  return [
    { path, startLine: Math.max(1, line - SHOWN_ABOVE), endLine: line + SHOWN_NEXT, next: line + 1, score },
    { path, startLine: line + SHOWN_NEXT + 1, endLine: line + SHOWN_BELOW, score: score * LATER },
  ];
}

/** The last written lines of a text, as far as they are typed. */
function windowAbove(prefix: string): readonly string[] {
  return prefix
    .slice(-4_000)
    .split('\n')
    .filter(line => line.trim() !== '')
    .slice(-WINDOW);
}

function queryOf(lines: readonly string[], statistics: TermStatistics): ReadonlyMap<string, number> {
  const weights = new Map<string, number>();
  for (const [i, line] of lines.toReversed().entries()) {
    for (const word of line.match(WORD) ?? []) {
      for (const term of termsIn(word)) weights.set(term, Math.max(weights.get(term) ?? 0, 1 / (1 + i / 4)));
    }
  }
  return mostTelling(weights, statistics, { terms: MOST_TERMS, postings: MOST_POSTINGS });
}

const WORD = /[\p{L}_$][\p{L}\p{N}_$]*/gu;

/** The tokens above the cursor: which count, and how much. Rare words count much, keywords and signs little. */
interface Wanted {
  /** From the vocabulary's id to a place in the arrays. */
  readonly places: ReadonlyMap<number, number>;
  readonly weights: Float64Array;
  /** The same for those of the last line alone, 0 for others. */
  readonly lastWeights: Float64Array;
  /** Of all tokens, those too that stand nowhere in the index. */
  readonly total: number;
  readonly lastTotal: number;
}

function wantedTokens(lines: readonly string[], index: ContinuedTokens): Wanted {
  const words = new Map<string, { last: boolean }>();
  for (const [i, line] of lines.entries()) {
    const { tokens, strings } = lex(line);
    for (const token of tokens) {
      const word = strings[idOf(token)]!;
      if (!isNewline(token)) words.set(word, { last: i === lines.length - 1 });
    }
  }
  const places = new Map<number, number>();
  const weights = new Float64Array(words.size);
  const lastWeights = new Float64Array(words.size);
  let total = 0;
  let lastTotal = 0;
  for (const [word, { last }] of words) {
    const weight = WORD_START.test(word) ? 0.3 + (index.rarity(word.toLowerCase()) || UNKNOWN) : SIGN;
    total += weight;
    if (last) lastTotal += weight;
    const id = index.vocabulary.find(word);
    if (id === undefined) continue;
    const place = places.size;
    places.set(id, place);
    weights[place] = weight;
    if (last) lastWeights[place] = weight;
  }
  return { places, weights, lastWeights, total, lastTotal };
}

const WORD_START = /^[\p{L}_$]/u;
/** Weight of a word that stands nowhere in the index, and of a sign. */
const UNKNOWN = 4;
const SIGN = 0.2;

/** The line of a chunk behind which the text goes on as it does above the cursor. */
function mostLike(
  wanted: Wanted,
  chunk: FoundChunk,
  index: ContinuedTokens,
  family: string,
): { readonly line: number; readonly score: number } | undefined {
  const range = index.tokenRange(chunk.path);
  if (!range) return undefined;
  const { places, weights, lastWeights, total, lastTotal } = wanted;
  const { tokens } = index.store(family);
  /** The written line on which each wanted token stood last, counted from 1. */
  const seen = new Int32Array(weights.length);
  let written = 1;
  let line = chunk.tokenLine;
  let best = { line: 0, score: 0 };
  const end = range.start + chunk.endToken;
  for (let place = range.start + chunk.startToken; place <= end; place++) {
    const token = tokens[place]!;
    if (place < end && !isNewline(token)) {
      const found = places.get(idOf(token));
      if (found !== undefined) seen[found] = written;
      continue;
    }
    let shared = 0;
    let lastShared = 0;
    for (let i = 0; i < seen.length; i++) {
      if (seen[i]! > 0 && seen[i]! > written - WINDOW) shared += weights[i]!;
      if (seen[i] === written) lastShared += lastWeights[i]!;
    }
    const score = (shared / total + (lastTotal === 0 ? 0 : lastShared / lastTotal)) / 2;
    if (score > best.score) best = { line, score };
    written++;
    if (place < end) line += linesOf(token);
  }
  return best.score >= LEAST_LIKE ? best : undefined;
}
