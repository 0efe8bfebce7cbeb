import { languageOf, languageOfPath } from '../domain/languages.ts';
import type { CompletionContext } from '../domain/request.ts';
import { isNewline } from '../indexing/lexer.ts';
import { fileLines } from './fileLines.ts';
import type { Pool, PoolIndex } from './pool.ts';
import type { Findings, Found } from './retriever.ts';

/** What was found, for a model that knows tokens, not text: places in the token store of the document's family. */
export interface Gives {
  /** Words that are likely to be written next, by their ids, the likeliest first. */
  readonly words: readonly { readonly id: number; readonly relevance: number }[];
  /** Stretches of other files, best first; end excluded. */
  readonly stretches: readonly Tokens[];
  /** Lines that follow places like the cursor's: the first ones of all, then the others. */
  readonly following: readonly Tokens[];
}

interface Tokens {
  readonly start: number;
  readonly end: number;
}

/** Tokens of all stretches together: a thousand can be linked in a small part of a millisecond. */
const MOST_TOKENS = 6_000;
const MOST_WORDS = 300;
const LEAST_RELEVANCE = 0.002;

/** @param relevance of the pool's words (`relevance.ts`). */
export function givesOf(
  context: CompletionContext,
  findings: readonly Findings[],
  { ids }: Pool,
  relevance: Float64Array,
  index: PoolIndex,
): Gives {
  const { document } = context;
  const { family } = languageOf(document.languageId);
  const isOther = ({ path }: Found) => path !== document.path && languageOfPath(path)?.family === family;
  const others = findings.map(({ found }) => found.filter(isOther));
  return {
    words: Array.from(relevance, (share, place) => ({ id: ids[place]!, relevance: share }))
      .filter(word => word.relevance > LEAST_RELEVANCE)
      .sort((a, b) => b.relevance - a.relevance)
      .slice(0, MOST_WORDS),
    stretches: stretchesOf(others, family, index),
    following: followingLines(others.flat(), family, index),
  };
}

/** In turns, so that no source is the only one. */
function stretchesOf(lists: readonly (readonly Found[])[], family: string, index: PoolIndex): Tokens[] {
  const stretches: Tokens[] = [];
  const known = new Set<number>();
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  let total = 0;
  for (let rank = 0; rank < longest && total < MOST_TOKENS; rank++) {
    for (const list of lists) {
      const place = list[rank];
      const lines = place && fileLines(place.path, family, index);
      if (!lines) continue;
      const start = lines.startOf(place.startLine);
      const end = lines.startOf(Math.min(place.endLine, lines.last) + 1);
      if (end <= start || known.has(start)) continue;
      known.add(start);
      stretches.push({ start, end });
      total += end - start;
    }
  }
  return stretches;
}

function followingLines(found: readonly Found[], family: string, index: PoolIndex): Tokens[] {
  const first: Tokens[] = [];
  const later: Tokens[] = [];
  for (const { path, next, endLine } of found) {
    const lines = next === undefined ? undefined : fileLines(path, family, index);
    if (!lines) continue;
    let into = first;
    for (let line = next!; line <= Math.min(endLine, lines.last); line++) {
      const start = lines.startOf(line);
      let end = lines.startOf(line + 1);
      while (end > start && isNewline(lines.tokens[end - 1]!)) end--;
      if (end === start) continue;
      into.push({ start, end });
      into = later;
    }
  }
  return [...first, ...later];
}
