import type { IndexKeeper } from '../indexing/indexKeeper.ts';
import { ContinuationRetriever } from './continuation.ts';
import { LexicalRetriever } from './lexical.ts';
import { MemberRetriever } from './members.ts';
import type { ReadText } from './pack.ts';
import { ResolvedNames } from './resolvedNames.ts';
import { Retrieval } from './retrieve.ts';
import type { Retriever } from './retriever.ts';
import { SessionRetriever } from './session.ts';
import { SymbolRetriever } from './symbols.ts';
import { Trail } from './trail.ts';

export interface SourceParts {
  readonly keeper: IndexKeeper;
  readonly readText: ReadText;
  /** A file's text as it was saved last, by its absolute path. */
  readonly savedText: (file: string) => string | undefined;
  /** A source that needs a model. */
  readonly embedded: Retriever | undefined;
  /** Milliseconds that have passed, where somebody types and waits; without it the sources take what they need. */
  readonly elapsed?: () => number;
}

/**
 * Retrieval with all its sources, and what the engine keeps for them: the user's trail, and what names were said to mean. Files that git changed together
 * with the open one were a source, too, and were thrown out: without them recall at 1,024 tokens was the same at 500
 * holes of trpc, 358 of helix and, within its interval, 500 of scrapy (−0.0, +0.1 and −1.0 points).
 */
export function retrievalOf({ keeper, readText, savedText, embedded, elapsed }: SourceParts) {
  // Asked for each time: another index may have been loaded.
  const index = () => keeper.index;
  const trail = new Trail(savedText);
  const resolved = new ResolvedNames();
  // By what recall loses without each; what a model found waits already and takes no time.
  const retrievers: readonly Retriever[] = [
    new LexicalRetriever(index),
    new MemberRetriever(index, resolved),
    new ContinuationRetriever(index),
    ...(embedded ? [embedded] : []),
    new SessionRetriever(trail, index),
    new SymbolRetriever(index, resolved),
  ];
  const retrieval = new Retrieval({ retrievers, index, readText, ...(elapsed && { elapsed }) });
  return { retrieval, trail, resolved };
}
