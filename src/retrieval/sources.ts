import type { Clock } from '../base/clock.ts';
import { CommitLog } from '../indexing/commitLog.ts';
import type { IndexKeeper } from '../indexing/indexKeeper.ts';
import { CoChangeRetriever, type CommittedPaths } from './coChange.ts';
import { ContinuationRetriever } from './continuation.ts';
import { LexicalRetriever } from './lexical.ts';
import type { ReadText } from './pack.ts';
import { Retrieval } from './retrieve.ts';
import type { Retriever } from './retriever.ts';
import { SessionRetriever } from './session.ts';
import { SymbolRetriever } from './symbols.ts';
import { Trail } from './trail.ts';

export interface SourceParts {
  readonly clock: Clock;
  readonly keeper: IndexKeeper;
  readonly readText: ReadText;
  /** A file's text as it was saved last, by its absolute path. */
  readonly savedText: (file: string) => string | undefined;
  /** What the workspace's commits changed; if left out, git is asked. */
  readonly committed: CommittedPaths | undefined;
  /** A source that needs a model. */
  readonly embedded: Retriever | undefined;
}

/** Retrieval with all its sources, and what they must be told: the user's way, and that another workspace is open. */
export function retrievalOf({ clock, keeper, readText, savedText, committed, embedded }: SourceParts) {
  // Asked for each time: another index may have been loaded.
  const index = () => keeper.index;
  const trail = new Trail(savedText);
  const commits = new CommitLog(clock);
  const sources: readonly Retriever[] = [
    new LexicalRetriever(index),
    new SymbolRetriever(index),
    new ContinuationRetriever(index),
    new SessionRetriever(trail, index),
    new CoChangeRetriever(committed ?? (() => commits.commits), index),
    ...(embedded ? [embedded] : []),
  ];
  return {
    retrieval: new Retrieval(sources, index, readText),
    trail,
    opened: () => committed ?? commits.open(keeper.paths.roots),
  };
}
