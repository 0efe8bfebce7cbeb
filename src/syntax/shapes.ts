import { Query } from 'web-tree-sitter';
import type { Grammars } from './grammars.ts';
import { type LoadQuery, queryLanguage } from './outline.ts';
import { parseUntil } from './parse.ts';

export const SHAPE_KINDS = ['call', 'condition', 'assignment', 'return', 'arguments'] as const;
export type ShapeKind = (typeof SHAPE_KINDS)[number];

/** A part of a statement that somebody may have to write while the rest of it stands. In UTF-16 units, end excluded. */
export interface Shape {
  readonly kind: ShapeKind;
  readonly start: number;
  readonly end: number;
}

/** Finds the shapes of a text by the query `syntaxes/<language>/holes.scm`. */
export class Shapes {
  readonly #grammars: Grammars;
  readonly #loadQuery: LoadQuery;
  readonly #queries = new Map<string, Query | undefined>();

  /** `loadQuery` gives a query's text, undefined for a language that has none. */
  constructor(grammars: Grammars, loadQuery: LoadQuery) {
    this.#grammars = grammars;
    this.#loadQuery = loadQuery;
  }

  /** In the order of the text, each once; none for a text with syntax errors, or without grammar or query. */
  async in(grammar: string, text: string): Promise<readonly Shape[]> {
    await this.#grammars.prepare(grammar);
    const parser = this.#grammars.parser(grammar);
    const tree = parser && parseUntil(parser, text, { stops: () => false });
    if (!tree) return [];
    try {
      const query = tree.rootNode.hasError ? undefined : this.#query(grammar);
      const captures = query?.captures(tree.rootNode) ?? [];
      const shapes = captures.map(({ name, node }) =>
        within(name as ShapeKind, text, node.startIndex, node.endIndex),
      );
      return [...new Map(shapes.map(shape => [`${shape.kind}:${shape.start}:${shape.end}`, shape])).values()];
    } finally {
      tree.delete();
    }
  }

  #query(grammar: string): Query | undefined {
    const language = this.#grammars.parser(grammar)?.language;
    if (language && !this.#queries.has(grammar)) {
      const source = this.#loadQuery(queryLanguage(grammar), 'holes');
      this.#queries.set(grammar, source === undefined ? undefined : new Query(language, source));
    }
    return this.#queries.get(grammar);
  }
}

/** The editor has closed the brackets of a list of arguments: what is to be written stands between them. */
function within(kind: ShapeKind, text: string, start: number, end: number): Shape {
  const bracketed = kind === 'arguments' && text[start] === '(' && text[end - 1] === ')';
  return bracketed ? { kind, start: start + 1, end: end - 1 } : { kind, start, end };
}
