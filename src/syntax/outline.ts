import { type Node, Query } from 'web-tree-sitter';
import { systemClock } from '../base/clock.ts';
import type { Grammars } from './grammars.ts';
import { parseUntil } from './parse.ts';
import { lastRowOf, leadOf } from './rows.ts';
import { statementLines } from './statements.ts';
import { type SymbolSpan, symbolsOf } from './symbols.ts';

/** A function, class, type or the like, with what is declared inside it. Lines count from 1, both ends included. */
export interface Declaration {
  /** The tree-sitter node type. */
  readonly kind: string;
  readonly name?: string;
  /** Comments and attributes that stand directly above belong to it. */
  readonly startLine: number;
  readonly endLine: number;
  /** Where it says what it is, below its comments; in it stands its name, if it has one. */
  readonly signatureLine: number;
  readonly children: readonly Declaration[];
}

/** Grammars that speak another one's query. */
const QUERY_OF: Readonly<Record<string, string>> = { tsx: 'typescript' };

/** The language in `syntaxes/` whose queries a grammar speaks. */
export const queryLanguage = (grammar: string): string => QUERY_OF[grammar] ?? grammar;

/** What a text declares: for those who cut it, nested, and for those who look for names, in a row. */
export interface Outline {
  readonly declarations: readonly Declaration[];
  /** Lines on which a statement, or a comment on one, begins; only of stretches that are long (`statements.ts`). */
  readonly statements: ReadonlySet<number>;
  readonly symbols: readonly SymbolSpan[];
}

/**
 * The queries of a language, by their files in `syntaxes/<language>/`. Bash and CSS have none and are cut by lines: their
 * lexers are single functions of 160 and 75 kB, and V8, once it finds them hot, takes some 450 and 140 MB of memory to
 * optimise them.
 */
export type QueryName = 'chunks' | 'outline' | 'holes';
export type LoadQuery = (language: string, name: QueryName) => string | undefined;

/** Finds what a text declares by the queries of its language. */
export class Outliner {
  readonly #grammars: Grammars;
  readonly #loadQuery: LoadQuery;
  readonly #elapsed: () => number;
  readonly #queries = new Map<string, Query | undefined>();

  /** `loadQuery` gives a query's text, undefined for a language that has none. */
  constructor(grammars: Grammars, loadQuery: LoadQuery, elapsed: () => number = systemClock.elapsed) {
    this.#grammars = grammars;
    this.#loadQuery = loadQuery;
    this.#elapsed = elapsed;
  }

  /** In the order of the text; undefined without grammar or `chunks` query, or when time is out. */
  outline(grammar: string, text: string, timeoutMs: number): Outline | undefined {
    const parser = this.#grammars.parser(grammar);
    const query = this.#query(grammar);
    if (!parser || !query) return undefined;
    const deadline = this.#elapsed() + timeoutMs;
    const outOfTime = () => this.#elapsed() > deadline;
    const tree = parseUntil(parser, text, { stops: outOfTime });
    if (!tree) return undefined;
    try {
      const matches = query.matches(tree.rootNode, { progressCallback: outOfTime });
      if (outOfTime()) return undefined;
      const chunks: Captures[] = [];
      const definitions: Captures[] = [];
      for (const { captures } of matches)
        (captures.some(({ name }) => name === 'chunk') ? chunks : definitions).push(captures);
      const declarations = nest(spansOf(chunks));
      return { declarations, statements: statementLines(tree.rootNode), symbols: symbolsOf(definitions) };
    } finally {
      tree.delete();
    }
  }

  /** Frees the queries. */
  dispose(): void {
    for (const query of this.#queries.values()) query?.delete();
    this.#queries.clear();
  }

  /** What is cut and what is named, as one query: most of its time is the walk through the tree. */
  #query(grammar: string): Query | undefined {
    const language = this.#grammars.parser(grammar)?.language;
    if (!language) return undefined;
    if (!this.#queries.has(grammar)) {
      const [chunks, outline = ''] = (['chunks', 'outline'] as const).map(name =>
        this.#loadQuery(queryLanguage(grammar), name),
      );
      this.#queries.set(grammar, chunks === undefined ? undefined : new Query(language, chunks + outline));
    }
    return this.#queries.get(grammar);
  }
}

type Captures = readonly { readonly name: string; readonly node: Node }[];

interface Span {
  kind: string;
  name?: string;
  start: number;
  end: number;
  startLine: number;
  endLine: number;
  signatureLine: number;
}

/**
 * One span a declaration. Several patterns may match one: a function, and the export or decorator around it. They share
 * the node that names it; the widest match says where it stands and the narrowest what it is.
 */
function spansOf(matches: readonly Captures[]): Span[] {
  const spans = new Map<number, Span>();
  for (const captures of matches) {
    const chunk = captures.find(capture => capture.name === 'chunk')?.node;
    if (!chunk) continue;
    const name = captures.find(capture => capture.name === 'name')?.node;
    const known = (name && spans.get(name.id)) ?? spans.get(chunk.id);
    const span = known ? widest(known, chunk) : spanOf(chunk);
    if (name && span.name === undefined) {
      span.name = name.text;
      span.signatureLine = name.startPosition.row + 1;
    }
    if (name) spans.set(name.id, span);
    spans.set(chunk.id, span);
  }
  return [...new Set(spans.values())];
}

function spanOf(node: Node): Span {
  return {
    kind: node.type,
    start: node.startIndex,
    end: node.endIndex,
    startLine: leadOf(node) + 1,
    endLine: lastRowOf(node) + 1,
    signatureLine: node.startPosition.row + 1,
  };
}

function widest(span: Span, node: Node): Span {
  const other = { ...spanOf(node), signatureLine: span.signatureLine };
  const [outer, inner] = other.end - other.start > span.end - span.start ? [other, span] : [span, other];
  return Object.assign(span, outer, { kind: inner.kind });
}

function nest(spans: Span[]): Declaration[] {
  interface Open extends Declaration {
    readonly children: Declaration[];
  }
  spans.sort((a, b) => a.start - b.start || b.end - a.end);
  const top: Declaration[] = [];
  const open: { end: number; declaration: Open }[] = [];
  for (const { start, end, ...rest } of spans) {
    while (open.length > 0 && open.at(-1)!.end <= start) open.pop();
    const declaration: Open = { ...rest, children: [] };
    (open.at(-1)?.declaration.children ?? top).push(declaration);
    open.push({ end, declaration });
  }
  return top;
}
