import { setImmediate } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';
import { Edit, type Node, Parser, type Point, type Tree } from 'web-tree-sitter';
import { commonPrefixLength, commonSuffixLength } from '../base/text.ts';
import type { DocumentSnapshot } from '../domain/document.ts';
import { grammarsOf, languageOf } from '../domain/languages.ts';
import { SMALL } from './focus.ts';
import type { Grammars } from './grammars.ts';
import { type Gap, Ground, type Parse } from './ground.ts';
import { isBreakdown, parseUntil } from './parse.ts';

/** A tree that shows how a document is built, if not its last letters. */
export interface DocumentTree {
  /** Lent: good until the next call for the same document. Its positions are those of the text as it is now. */
  readonly tree: Tree;
  /** The text that was parsed had no fault. */
  readonly sound: boolean;
}

type Opened = Pick<DocumentSnapshot, 'uri' | 'languageId' | 'text'>;

interface Kept {
  tree: Tree;
  text: string;
  sound: boolean;
  /** Characters that came or went since the tree was parsed. */
  drift: number;
}

/** A sound tree that drifted no further than this is not worth a parse, and up to here no worse than a broken one. */
const LITTLE_DRIFT = 80;
const MUCH_DRIFT = 600;
/** In a longer document nothing is suggested. */
const LARGEST = 2_000_000;
/** What a parse ahead of time may take at once: half of what somebody who types waits for. */
const SLICE_MS = 4;
/** Documents that are worth a tree at one time; each costs a few megabytes of a heap that never shrinks. */
const MOST_DOCUMENTS = 32;

/** One syntax tree for each open document, brought up to date by re-parsing what changed. */
export class Trees {
  readonly #grammars: Grammars;
  readonly #elapsed: () => number;
  readonly #kept: LRUCache<string, Kept>;
  #ground: { readonly grammar: string; readonly ground: Ground } | undefined;

  /** `elapsed` gives monotonic milliseconds; every deadline below is a time of this clock. */
  constructor(grammars: Grammars, elapsed: () => number, capacity = MOST_DOCUMENTS) {
    this.#grammars = grammars;
    this.#elapsed = elapsed;
    this.#kept = new LRUCache({ max: capacity, dispose: kept => kept.tree.delete() });
  }

  /**
   * A tree of `text`. What changed is found by comparing the texts, so that no caller's edits need be trusted. Code is
   * broken while it is typed, and a broken tree shows little of how a document is built: so the last sound tree is kept
   * for a while, its positions moved along with the edits. Undefined without a grammar, or when the first parse runs
   * out of time.
   */
  tree(uri: string, grammar: string, text: string, deadline: number): DocumentTree | undefined {
    const parser = this.#grammars.parser(grammar);
    if (!parser) return undefined;
    const key = `${grammar}:${uri}`;
    const kept = this.#kept.get(key);
    if (kept) {
      this.#follow(kept, text, parser, deadline);
      return kept;
    }
    const tree = this.#parse(parser, text, deadline);
    if (!tree) return undefined;
    const first = { tree, text, sound: !tree.rootNode.hasError, drift: 0 };
    this.#kept.set(key, first);
    return first;
  }

  /** Loads an opened document's grammars, and parses it between other work. Never rejects. */
  async open({ uri, languageId, text }: Opened, pause = () => setImmediate()): Promise<void> {
    const language = languageOf(languageId);
    await Promise.all(grammarsOf(language).map(name => this.#grammars.prepare(name)));
    const worthIt = text.length > SMALL && text.length <= LARGEST;
    if (language.grammar !== undefined && worthIt) await this.warm(uri, language.grammar, text, pause);
  }

  /**
   * Parses a document that was opened, a little at a time, so that its tree is there when it is needed. `pause` resolves
   * when it may go on; what was typed meanwhile, `tree` catches up with.
   */
  async warm(uri: string, grammar: string, text: string, pause: () => Promise<void>): Promise<void> {
    const language = this.#grammars.parser(grammar)?.language;
    const key = `${grammar}:${uri}`;
    if (!language || this.#kept.has(key)) return;
    // What a shared parser had begun, the next one who used it would carry on with.
    const parser = new Parser().setLanguage(language);
    try {
      for (;;) {
        const until = this.#elapsed() + SLICE_MS;
        const tree = parser.parse(text, null, { progressCallback: () => this.#elapsed() > until });
        if (this.#kept.has(key)) tree?.delete();
        else if (tree) this.#kept.set(key, { tree, text, sound: !tree.rootNode.hasError, drift: 0 });
        if (tree || this.#kept.has(key)) return;
        await pause();
      }
    } catch (error) {
      if (!isBreakdown(error)) throw error;
    } finally {
      parser.delete();
    }
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

  /**
   * What stands around a line, parsed; lent until the next call. While somebody types in one line it stays the same, so
   * the last one is kept. Undefined without a grammar, or when time is out.
   */
  ground(grammar: string, gap: Gap, deadline: number): Ground | undefined {
    const { ground } = this.#ground?.grammar === grammar ? this.#ground : {};
    if (ground && ground.gap.head === gap.head && ground.gap.tail === gap.tail) return ground;
    const parser = this.#grammars.parser(grammar);
    const tree = parser && this.#parse(parser, gap.head + gap.tail, deadline);
    if (!tree) return undefined;
    this.#ground?.ground.delete();
    this.#ground = { grammar, ground: new Ground(gap, parser, tree) };
    return this.#ground.ground;
  }

  /** Parses until the deadline. */
  parseUntil(deadline: number): Parse {
    return (parser, text, old) => this.#parse(parser, text, deadline, old);
  }

  /** Frees the tree of a document that was closed. */
  forget(uri: string): void {
    for (const key of this.#kept.keys()) if (key.slice(key.indexOf(':') + 1) === uri) this.#kept.delete(key);
  }

  /** Frees every tree. */
  dispose(): void {
    this.#kept.clear();
    this.#ground?.ground.delete();
    this.#ground = undefined;
  }

  #follow(kept: Kept, text: string, parser: Parser, deadline: number): void {
    if (kept.text !== text) {
      const edit = editBetween(kept, text);
      kept.tree.edit(edit);
      kept.text = text;
      kept.drift += edit.oldEndIndex + edit.newEndIndex - 2 * edit.startIndex;
    }
    if (kept.drift === 0 || (kept.sound && kept.drift <= LITTLE_DRIFT)) return;
    const tree = this.#parse(parser, text, deadline, kept.tree);
    if (!tree) return;
    const sound = !tree.rootNode.hasError;
    if (!sound && kept.sound && kept.drift <= MUCH_DRIFT) {
      tree.delete();
      return;
    }
    kept.tree.delete();
    Object.assign(kept, { tree, sound, drift: 0 });
  }

  #parse(parser: Parser, text: string, deadline: number, old?: Tree): Tree | undefined {
    return parseUntil(parser, text, { stops: () => this.#elapsed() > deadline, old: old ?? null });
  }
}

/** The one replacement that leads from the text of a tree to `after`. */
function editBetween({ text: before, tree }: Pick<Kept, 'text' | 'tree'>, after: string): Edit {
  const start = commonPrefixLength(before, after);
  const end = commonSuffixLength(before, after, start);
  // A tree knows where its nodes stand, so that not all lines above need be counted.
  const node = tree.rootNode.descendantForIndex(start);
  const known = node && node.startIndex <= start;
  const startPosition = known
    ? pointAfter(before, node.startIndex, start, node.startPosition)
    : pointAfter(before, 0, start, { row: 0, column: 0 });
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
