import type { IndexKeeper } from '../indexing/indexKeeper.ts';
import { ContinuationRetriever } from './continuation.ts';
import { LexicalRetriever } from './lexical.ts';
import { MemberRetriever } from './members.ts';
import type { ReadText } from './pack.ts';
import { ResolvedNames } from './resolvedNames.ts';
import { Retrieval } from './retrieve.ts';
import type { Retriever } from './retriever.ts';
import { SessionRetriever } from './session.ts';
import { Trail } from './trail.ts';

export interface SourceParts {
  readonly keeper: Pick<IndexKeeper, 'index'>;
  readonly readText: ReadText;
  /** A file's text as it was saved last, by its absolute path. */
  readonly savedText: (file: string) => string | undefined;
  /** A source that needs a model. */
  readonly embedded: Retriever | undefined;
  /** Milliseconds that have passed, where somebody types and waits; without it the sources take what they need. */
  readonly elapsed?: () => number;
}

/**
 * Retrieval with all its sources, and what the engine keeps for them: the user's trail, and what names were said to mean.
 * Recall in 512, 1,024 and 2,048 tokens falls without each by so many points, at 1,500 holes of scrapy, trpc and helix:
 * lexical 4.6, 6.2, 7.4; continuation 2.2, 1.7, 1.3; session 2.1, 1.5, 0.6, of which the last may be none; without members
 * by 8.2, 4.6, 4.1 at 659 holes behind a dot where TypeScript told a type of the workspace (`test/train/members.ts`).
 * Thrown out: members of types that were guessed from the text, and of all types in sight (0.3, 0.4 and 0.1, each interval
 * touching zero), and of what a type inherits from; definitions of the names in use, calls of the function being called,
 * files that git changed together with the open one, imports as words to search for, and the draft of the workspace model
 * as a second question. Without them as much was found.
 */
export function retrievalOf({ keeper, readText, savedText, embedded, elapsed }: SourceParts) {
  // Asked for each time: another index may have been loaded.
  const index = () => keeper.index;
  const trail = new Trail(savedText);
  const resolved = new ResolvedNames();
  // The surest first, and what a model found: that waits already and takes no time.
  const retrievers: readonly Retriever[] = [
    new LexicalRetriever(index),
    ...(embedded ? [embedded] : []),
    new MemberRetriever(index, resolved),
    new ContinuationRetriever(index),
    new SessionRetriever(trail, index),
  ];
  const retrieval = new Retrieval({ retrievers, index, readText, ...(elapsed && { elapsed }) });
  return { retrieval, trail, resolved };
}
