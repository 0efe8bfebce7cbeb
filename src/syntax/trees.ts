import { LRUCache } from 'lru-cache';
import { Edit, type Node, type Parser, type Point, type Tree } from 'web-tree-sitter';
import { commonPrefixLength, commonSuffixLength } from '../base/text.ts';
import type { Grammars } from './grammars.ts';

export interface DocumentTree {
  /** Lent: good until the next call for the same document. */
  readonly tree: Tree;
  /** False when time ran out: the tree is an older one, its positions moved along with the edits since. */
  readonly complete: boolean;
}

interface Kept {
  tree: Tree;
  text: string;
  complete: boolean;
}

/** Documents that are worth a tree at one time; each costs a few megabytes of a heap that never shrinks. */
const MOST_DOCUMENTS = 32;

/** One syntax tree for each open document, brought up to date by re-parsing what changed. */
export class Trees {
  readonly #grammars: Grammars;
  readonly #elapsed: () => number;
  readonly #kept: LRUCache<string, Kept>;

  /** `elapsed` gives monotonic milliseconds; every deadline below is a time of this clock. */
  constructor(grammars: Grammars, elapsed: () => number, capacity = MOST_DOCUMENTS) {
    this.#grammars = grammars;
    this.#elapsed = elapsed;
    this.#kept = new LRUCache({ max: capacity, dispose: kept => kept.tree.delete() });
  }

  /**
   * The tree of `text`, parsed from the document's last tree. What changed is found by comparing the texts, so that no
   * caller's edits need be trusted. Undefined without a grammar, or when the first parse runs out of time.
   */
  tree(uri: string, grammar: string, text: string, deadline: number): DocumentTree | undefined {
    const parser = this.#grammars.parser(grammar);
    if (!parser) return undefined;
    const key = `${grammar}:${uri}`;
    const kept = this.#kept.get(key);
    if (!kept) {
      const tree = this.#parse(parser, text, deadline);
      if (!tree) return undefined;
      const first = { tree, text, complete: true };
      this.#kept.set(key, first);
      return first;
    }
    if (kept.text !== text) {
      kept.tree.edit(editBetween(kept.text, text));
      kept.text = text;
      kept.complete = false;
    }
    if (!kept.complete) {
      const tree = this.#parse(parser, text, deadline, kept.tree);
      if (tree) {
        kept.tree.delete();
        kept.tree = tree;
        kept.complete = true;
      }
    }
    return kept;
  }

  /** Whether the grammar is loaded. */
  knows(grammar: string): boolean {
    return this.#grammars.parser(grammar) !== undefined;
  }

  /** Parses a text that is kept by nobody and reads its root; undefined without a grammar, or when time is out. */
  read<T>(grammar: string, text: string, deadline: number, reader: (root: Node) => T): T | undefined {
    const parser = this.#grammars.parser(grammar);
    const tree = parser && this.#parse(parser, text, deadline);
    if (!tree) return undefined;
    try {
      return reader(tree.rootNode);
    } finally {
      tree.delete();
    }
  }

  /** Frees the tree of a document that was closed. */
  forget(uri: string): void {
    for (const key of this.#kept.keys()) if (key.slice(key.indexOf(':') + 1) === uri) this.#kept.delete(key);
  }

  /** Frees every tree. */
  dispose(): void {
    this.#kept.clear();
  }

  #parse(parser: Parser, text: string, deadline: number, old?: Tree): Tree | undefined {
    const tree = parser.parse(text, old, { progressCallback: () => this.#elapsed() > deadline });
    // What was begun would be carried on with the next text.
    if (!tree) parser.reset();
    return tree ?? undefined;
  }
}

/** The one replacement that leads from `before` to `after`. */
function editBetween(before: string, after: string): Edit {
  const start = commonPrefixLength(before, after);
  const end = commonSuffixLength(before, after, start);
  const startPosition = pointAfter(before, 0, start, { row: 0, column: 0 });
  return new Edit({
    startIndex: start,
    oldEndIndex: before.length - end,
    newEndIndex: after.length - end,
    startPosition,
    oldEndPosition: pointAfter(before, start, before.length - end, startPosition),
    newEndPosition: pointAfter(after, start, after.length - end, startPosition),
  });
}

/** Where `text[to]` stands if `text[from]` stands at `origin`. */
function pointAfter(text: string, from: number, to: number, origin: Point): Point {
  let { row } = origin;
  let lineStart = from - origin.column;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) {
    row++;
    lineStart = at + 1;
  }
  return { row, column: to - lineStart };
}
