import type { CompletionContext } from '../domain/request.ts';
import type { Retrieved, Snippet } from '../domain/snippet.ts';
import type { TraceRecorder } from '../domain/trace.ts';
import { type Gives, givesOf } from './gives.ts';
import { type Packed, pack, type ReadText } from './pack.ts';
import { Pooler, type PoolIndex } from './pool.ts';
import { relevanceOf } from './relevance.ts';
import type { Findings, Found, Retriever } from './retriever.ts';
import { TextLines } from './textLines.ts';

/** Lines near the cursor that a model sees anyway. */
const SEEN_LINES = 60;
/** Files kept as lines: those of some requests in a row, which are mostly the same. */
const MOST_FILES = 64;
/** When so much time is over, no further source is asked: with what fusing takes, a model waits for 10 ms at most. */
const SOURCES_MS = 8;
/** So many times the sources are asked again for somebody who wants to see what they find. */
const MOST_LOOKS = 4;

export interface RetrievalParts {
  /** In the order of their worth: the last ones are left out when the time is over. */
  readonly retrievers: readonly Retriever[];
  /** Asked for each time: another index may have been loaded. */
  readonly index: () => PoolIndex;
  /** The text of a file of the workspace as it is now. */
  readonly readText: ReadText;
  /** Milliseconds that have passed, where sources have a time; without it they take what they need. */
  readonly elapsed?: () => number;
}

/** What else of the workspace a model should see: asks every retriever, joins what they found, and packs it. */
export class Retrieval {
  readonly #parts: RetrievalParts;
  readonly #pooler = new Pooler();
  readonly #files = new Map<string, { readonly hash: string | undefined; readonly lines: TextLines }>();

  constructor(parts: RetrievalParts) {
    this.#parts = parts;
  }

  /** The text of a file of the workspace as it is now. */
  get readText(): ReadText {
    return this.#parts.readText;
  }

  /** Snippets of `budget` tokens at most, best last. The same input gives the same bytes. */
  retrieve(context: CompletionContext, budget: number, trace?: TraceRecorder): readonly Snippet[] {
    const { findings, late } = this.#findInTime(context, trace);
    if (late.length > 0) trace?.note('retrieval', `left out for time: ${late.join(', ')}`);
    const { snippets } = this.fuse(context, findings, budget, trace);
    return snippets;
  }

  /** What a model that knows the workspace's tokens makes use of. */
  gives(context: CompletionContext): Gives {
    const { findings } = this.#findInTime(context);
    const { index, pool, relevance } = this.#weigh(context, findings);
    return givesOf(context, findings, pool, relevance, index);
  }

  /** The same snippets, with what was left out. */
  explain(context: CompletionContext, budget: number): Retrieved {
    // The first question of a session takes longer than all that follow, and who looks wants to see those.
    this.find(context);
    let { findings, late } = this.#findInTime(context);
    // Nor does it help to see that the machine was slow for once.
    for (let again = 0; late.length > 0 && again < MOST_LOOKS; again++)
      ({ findings, late } = this.#findInTime(context));
    const { snippets, leftOut } = this.fuse(context, findings, budget);
    return { snippets, leftOut: leftOut(), budget, late };
  }

  /** What each retriever found, in the order in which they were given, however long it takes. */
  find(context: CompletionContext): readonly Findings[] {
    return this.#parts.retrievers.map(retriever => askedFor(retriever, context));
  }

  /** What the retrievers found that had their turn in time, and the names of the others. */
  #findInTime(context: CompletionContext, trace?: TraceRecorder) {
    const { retrievers, elapsed = () => 0 } = this.#parts;
    const start = elapsed();
    const findings: Findings[] = [];
    for (const retriever of retrievers) {
      // The first one is asked in any case: a machine that is slow for once would find nothing else.
      if (findings.length > 0 && elapsed() - start >= SOURCES_MS) break;
      const ask = () => askedFor(retriever, context);
      findings.push(trace ? trace.time(`retrieve:${retriever.name}`, ask) : ask());
    }
    return { findings, late: retrievers.slice(findings.length).map(({ name }) => name) };
  }

  /** The snippets that these findings come to, and what of them is left out. */
  fuse(
    context: CompletionContext,
    findings: readonly Findings[],
    budget: number,
    trace?: TraceRecorder,
  ): Packed {
    const work = () => {
      const { index, pool, relevance } = this.#weigh(context, findings);
      return pack(pool, relevance, path => this.#linesOf(path, index), budget);
    };
    const packed = trace ? trace.time('retrieve:fuse', work) : work();
    if (packed.snippets.length === 0)
      trace?.note('retrieval', 'nothing was found that the file does not say already');
    return packed;
  }

  /** The lines that were found, and how likely each of their words is written next. */
  #weigh(context: CompletionContext, findings: readonly Findings[]) {
    const index = this.#parts.index();
    const pool = this.#pooler.pool(findings, index);
    return { index, pool, relevance: relevanceOf(pool, context, index) };
  }

  /** The lines of a file as it was indexed, or as it is where it is read for the first time since. */
  #linesOf(path: string, index: PoolIndex): TextLines {
    const hash = index.stamp(path)?.hash;
    const known = this.#files.get(path);
    if (known && known.hash === hash) return known.lines;
    const lines = new TextLines(this.readText(path) ?? '');
    this.#files.delete(path);
    this.#files.set(path, { hash, lines });
    if (this.#files.size > MOST_FILES) this.#files.delete(this.#files.keys().next().value!);
    return lines;
  }
}

function askedFor(retriever: Retriever, context: CompletionContext): Findings {
  const found = retriever.retrieve(context).filter(place => !isSeenAnyway(place, context));
  return { retriever: retriever.name, found };
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
