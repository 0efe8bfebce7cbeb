import { idOf, isNewline } from '../../indexing/lexer.ts';
import { BOUNDARY, type TokenStore } from '../../indexing/tokenStore.ts';
import { LinkedTokens } from './linkedTokens.ts';
import type { FileLine } from './scope.ts';

/** Tokens of a store, end excluded. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** What retrieval finds for a place in a document, in the token store of the document's family. */
export interface Found {
  /** Words that do not stand above the place, by their ids, with how likely they are written next; likeliest first. */
  readonly words: readonly { readonly id: number; readonly relevance: number }[];
  /** Stretches of other files that are about the same, best first. */
  readonly stretches: readonly Stretch[];
  /** Lines that follow places like this one, without their ends, likeliest first. */
  readonly following: readonly Stretch[];
}

/** What was retrieved, as evidence of the next tokens. */
export interface Given {
  /** Likely words, the likeliest first, as they stand in what was retrieved. */
  readonly likely: ReadonlyMap<number, Likely>;
  /** The stretches one after the other; what is given as a token's line is how far its place in the store is away. */
  readonly linked: LinkedTokens;
  readonly following: { readonly tokens: Uint32Array; readonly lines: readonly FileLine[] };
}

export interface Likely {
  readonly token: number;
  readonly relevance: number;
  /** From 0, the likeliest. */
  readonly rank: number;
}

/** Links what retrieval found, as it is in the store now. */
export function givenBy({ words, stretches, following }: Found, { tokens }: TokenStore): Given {
  const linked = new LinkedTokens();
  // What was linked last is found first.
  for (const { start, end } of stretches.toReversed()) {
    linked.append([BOUNDARY], 0);
    linked.append(tokens.subarray(start, end), start - linked.length);
  }
  linked.link(0);
  const standing = new Map<number, number>();
  for (const token of linked.tokens) if (!isNewline(token)) standing.set(idOf(token), token);
  const likely = new Map<number, Likely>();
  words.forEach(({ id, relevance }, rank) => {
    const token = standing.get(id);
    if (token !== undefined) likely.set(id, { token, relevance, rank });
  });
  const lines = following.map(({ start, end }) => ({ start, end, indent: 0 }));
  return { likely, linked, following: { tokens, lines } };
}
