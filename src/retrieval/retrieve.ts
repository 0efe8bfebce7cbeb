import type { CompletionContext } from '../domain/request.ts';
import type { Snippet } from '../domain/snippet.ts';
import type { TraceRecorder } from '../domain/trace.ts';
import { type Candidate, pack, type ReadText } from './pack.ts';
import type { Retriever } from './retriever.ts';

/** What scores less than this share of a retriever's best is noise that costs the model attention. */
const LEAST_OF_BEST = 0.25;

/** What else of the workspace a model should see: asks every retriever and packs what they found. */
export class Retrieval {
  readonly #retrievers: readonly Retriever[];
  readonly #readText: ReadText;

  constructor(retrievers: readonly Retriever[], readText: ReadText) {
    this.#retrievers = retrievers;
    this.#readText = readText;
  }

  /** Snippets of `budget` tokens at most, best last. The same input gives the same bytes. */
  retrieve(context: CompletionContext, budget: number, trace?: TraceRecorder): readonly Snippet[] {
    const lists = this.#retrievers.map(retriever => {
      const ask = () => worthwhile(retriever, context);
      return trace ? trace.time(`retrieve:${retriever.name}`, ask) : ask();
    });
    return pack(inTurns(lists), this.#readText, budget);
  }
}

function worthwhile(retriever: Retriever, context: CompletionContext): readonly Candidate[] {
  const found = retriever.retrieve(context);
  const floor = LEAST_OF_BEST * Math.max(0, ...found.map(({ score }) => score));
  return found
    .filter(({ score }) => score >= floor)
    .map(({ path, startLine, endLine, score }) => ({
      path,
      startLine,
      endLine,
      score,
      retriever: retriever.name,
    }));
}

/** The first of each list, then the second of each: scores of two retrievers cannot be compared, ranks can. */
function inTurns<T>(lists: readonly (readonly T[])[]): readonly T[] {
  const longest = Math.max(0, ...lists.map(list => list.length));
  return Array.from({ length: longest }, (_, rank) =>
    lists.flatMap(list => (rank < list.length ? [list[rank]!] : [])),
  ).flat();
}
