import type { CompletionContext } from '../domain/request.ts';
import type { Snippet } from '../domain/snippet.ts';
import type { TraceRecorder } from '../domain/trace.ts';
import { type Candidate, pack, type ReadText } from './pack.ts';
import type { Found, Retriever } from './retriever.ts';

/** What scores less than this share of a retriever's best is noise that costs the model attention. */
const LEAST_OF_BEST = 0.25;

/** What one retriever found at a place, best first. */
export interface Findings {
  readonly retriever: string;
  readonly found: readonly Candidate[];
}

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
    return this.fuse(context, this.find(context, trace), budget);
  }

  /** What each retriever found, in the order in which they were given. */
  find(context: CompletionContext, trace?: TraceRecorder): readonly Findings[] {
    return this.#retrievers.map(retriever => {
      const ask = () => worthwhile(retriever, context);
      const found = trace ? trace.time(`retrieve:${retriever.name}`, ask) : ask();
      return { retriever: retriever.name, found };
    });
  }

  /** The snippets that these findings come to. */
  fuse(_: CompletionContext, findings: readonly Findings[], budget: number): readonly Snippet[] {
    return pack(inTurns(findings.map(({ found }) => found)), this.#readText, budget);
  }

  /** The places of one list in its own order, as far as the budget goes: for comparison with other ways to retrieve. */
  plain(retriever: string, found: readonly Found[], budget: number): readonly Snippet[] {
    return pack(
      found.map(({ path, startLine, endLine, score }) => ({ path, startLine, endLine, score, retriever })),
      this.#readText,
      budget,
    );
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
