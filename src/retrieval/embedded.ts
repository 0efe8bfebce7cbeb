import { abortError } from '../base/abort.ts';
import type { CompletionContext } from '../domain/request.ts';
import type { Found, Retriever } from './retriever.ts';

/** What this retriever needs of the embeddings; `embedding/embeddings.ts` is one. */
export interface NearSearch {
  search(text: string, signal: AbortSignal): Promise<readonly Found[]>;
}

/** Lines above the cursor that are searched for. */
const LINES = 15;
/** As far as this from where an answer was asked for, it is about the same. */
const SAME_PLACE_LINES = 20;

interface Answered {
  readonly text: string;
  readonly uri: string;
  readonly line: number;
  readonly found: readonly Found[];
}

/**
 * Finds chunks whose meaning is near to that of the lines above the cursor, as a transformer sees it. That takes longer
 * than a keystroke may: the answer that is there is given, to this place or to one a few lines off, and a new one asked
 * for.
 */
export class EmbeddedRetriever implements Retriever {
  readonly name = 'embedding';
  readonly #search: NearSearch;
  #last: Answered | undefined;
  #asking: Promise<void> | undefined;
  #next: CompletionContext | undefined;

  constructor(search: NearSearch) {
    this.#search = search;
  }

  retrieve(context: CompletionContext): readonly Found[] {
    const { document, position } = context;
    if (this.#last?.text !== textOf(context)) this.#ask(context);
    const last = this.#last;
    const isNear = last?.uri === document.uri && Math.abs(last.line - position.line) <= SAME_PLACE_LINES;
    if (!isNear) return [];
    const line = position.line + 1;
    return last.found.filter(
      ({ path, startLine, endLine }) => path !== document.path || line < startLine - 1 || line > endLine + 1,
    );
  }

  /** Resolves when `retrieve` will have an answer to this very place. */
  async prepare(context: CompletionContext, signal: AbortSignal): Promise<void> {
    while (this.#last?.text !== textOf(context)) {
      if (signal.aborted) throw abortError();
      this.#ask(context);
      await this.#asking;
    }
  }

  #ask(context: CompletionContext): void {
    this.#next = context;
    this.#asking ??= this.#answer().finally(() => {
      this.#asking = undefined;
    });
  }

  /** Only the newest question is worth an answer. */
  async #answer(): Promise<void> {
    while (this.#next) {
      const { document, position } = this.#next;
      const text = textOf(this.#next);
      this.#next = undefined;
      const found = await this.#search.search(text, new AbortController().signal).catch(() => []);
      this.#last = { text, uri: document.uri, line: position.line, found };
    }
  }
}

function textOf({ prefix }: CompletionContext): string {
  return prefix.split('\n').slice(-LINES).join('\n');
}
