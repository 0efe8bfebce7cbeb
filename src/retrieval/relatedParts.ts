import { idOf } from '../indexing/lexer.ts';
import type { TokenStore } from '../indexing/tokenStore.ts';
import type { Found } from './retriever.ts';
import type { Surroundings } from './surroundings.ts';

/** What the parts of a file are chosen by; `indexing/codeIndex.ts` has it. */
export interface PartsIndex {
  readonly vocabulary: { find(text: string): number | undefined };
  chunksIn(path: string): readonly {
    readonly startLine: number;
    readonly endLine: number;
    readonly startToken: number;
    readonly endToken: number;
  }[];
  tokenRange(path: string): { readonly start: number; readonly end: number } | undefined;
  store(family: string): TokenStore;
  rarity(term: string): number;
}

/** What a part is worth that has no word in common with the cursor's surroundings. */
const UNRELATED = 0.3;

/** The words around the cursor by their id in the index, weighted by nearness and rarity. */
export function nearWords(
  { near }: Surroundings,
  index: Pick<PartsIndex, 'rarity' | 'vocabulary'>,
): ReadonlyMap<number, number> {
  const words = new Map<number, number>();
  for (const [word, weight] of near) {
    const id = index.vocabulary.find(word);
    if (id !== undefined) words.set(id, weight * index.rarity(word.toLowerCase()));
  }
  return words;
}

/** The chunks of a file, scored from 0 to 1 by the words that they share with the cursor's surroundings. */
export function relatedParts(
  path: string,
  family: string,
  words: ReadonlyMap<number, number>,
  index: PartsIndex,
): Found[] {
  const range = index.tokenRange(path);
  if (!range) return [];
  const tokens = index.store(family).tokens;
  const parts = index.chunksIn(path).map(({ startLine, endLine, startToken, endToken }) => {
    const seen = new Set<number>();
    let shared = 0;
    for (let place = range.start + startToken; place < range.start + endToken; place++) {
      const id = idOf(tokens[place]!);
      const weight = words.get(id);
      if (weight === undefined || seen.has(id)) continue;
      seen.add(id);
      shared += weight;
    }
    return { path, startLine, endLine, score: shared / Math.sqrt(10 + endLine - startLine) };
  });
  const best = Math.max(...parts.map(({ score }) => score), Number.MIN_VALUE);
  return parts.map(part => ({ ...part, score: UNRELATED + (1 - UNRELATED) * (part.score / best) }));
}
