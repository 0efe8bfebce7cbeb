import type { CompletionContext } from '../domain/request.ts';
import type { Retrieved, Snippet } from '../domain/snippet.ts';
import type { TraceRecorder } from '../domain/trace.ts';
import { type Packed, pack, type ReadText } from './pack.ts';
import { Pooler, type PoolIndex } from './pool.ts';
import { relevanceOf } from './relevance.ts';
import type { Findings, Found, Retriever } from './retriever.ts';

/** Lines near the cursor that a model sees anyway. */
const SEEN_LINES = 60;
/** Files kept as lines: those of some requests in a row, which are mostly the same. */
const MOST_FILES = 64;

/** What else of the workspace a model should see: asks every retriever, joins what they found, and packs it. */
export class Retrieval {
  readonly #retrievers: readonly Retriever[];
  readonly #index: () => PoolIndex;
  /** The text of a file of the workspace as it is now. */
  readonly readText: ReadText;
  readonly #pooler = new Pooler();
  readonly #files = new Map<
    string,
    { readonly hash: string | undefined; readonly lines: readonly string[] }
  >();

  /** The index is asked for each time: another may have been loaded. */
  constructor(retrievers: readonly Retriever[], index: () => PoolIndex, readText: ReadText) {
    this.#retrievers = retrievers;
    this.#index = index;
    this.readText = readText;
  }

  /** Snippets of `budget` tokens at most, best last. The same input gives the same bytes. */
  retrieve(context: CompletionContext, budget: number, trace?: TraceRecorder): readonly Snippet[] {
    const findings = this.find(context, trace);
    const { snippets } = this.fuse(context, findings, budget, trace);
    return snippets;
  }

  /** The same snippets, with what was left out. */
  explain(context: CompletionContext, budget: number): Retrieved {
    const { snippets, leftOut } = this.fuse(context, this.find(context), budget);
    return { snippets, leftOut: leftOut(), budget };
  }

  /** What each retriever found, in the order in which they were given. */
  find(context: CompletionContext, trace?: TraceRecorder): readonly Findings[] {
    return this.#retrievers.map(retriever => {
      const ask = () => retriever.retrieve(context).filter(found => !isSeenAnyway(found, context));
      const found = trace ? trace.time(`retrieve:${retriever.name}`, ask) : ask();
      return { retriever: retriever.name, found };
    });
  }

  /** The snippets that these findings come to, and what of them is left out. */
  fuse(
    context: CompletionContext,
    findings: readonly Findings[],
    budget: number,
    trace?: TraceRecorder,
  ): Packed {
    const work = () => {
      const index = this.#index();
      const pool = this.#pooler.pool(findings, index);
      return pack(pool, relevanceOf(pool, context, index), path => this.#linesOf(path, index), budget);
    };
    const packed = trace ? trace.time('retrieve:fuse', work) : work();
    if (packed.snippets.length === 0)
      trace?.note('retrieval', 'nothing was found that the file does not say already');
    return packed;
  }

  /** The lines of a file as it was indexed, or as it is where it is read for the first time since. */
  #linesOf(path: string, index: PoolIndex): readonly string[] {
    const hash = index.stamp(path)?.hash;
    const known = this.#files.get(path);
    if (known && known.hash === hash) return known.lines;
    const lines = this.readText(path)?.replaceAll('\r\n', '\n').split('\n') ?? [];
    this.#files.delete(path);
    this.#files.set(path, { hash, lines });
    if (this.#files.size > MOST_FILES) this.#files.delete(this.#files.keys().next().value!);
    return lines;
  }
}

/** Whether a place in the open document contains or touches the cursor's line, or lies wholly near it. */
function isSeenAnyway(
  { path, startLine, endLine }: Found,
  { document, position }: CompletionContext,
): boolean {
  if (path !== document.path) return false;
  const line = position.line + 1;
  const touches = startLine - 1 <= line && line <= endLine + 1;
  return touches || (line - SEEN_LINES <= startLine && endLine <= line + SEEN_LINES);
}
