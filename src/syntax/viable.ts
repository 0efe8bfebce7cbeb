import type { Language, Node } from 'web-tree-sitter';

/** Sets of this many states are kept; a grammar has thousands, a document meets hundreds. */
const MOST_STATES = 4_000;

const RECOVERY = 0;

/** Which tokens a grammar takes in which of its states. */
export class Lookaheads {
  readonly #symbols = new Map<Language, Map<number, ReadonlySet<number>>>();

  /** Whether the parser, in the state in which it met this token, could go on with it. */
  allow({ parseState, grammarId, tree }: Node): boolean {
    // In its own recovery the parser takes anything; the last state stands for several at once.
    if (parseState === RECOVERY || parseState === 0xffff) return true;
    return this.#symbolsIn(tree.language, parseState).has(grammarId);
  }

  #symbolsIn(language: Language, state: number): ReadonlySet<number> {
    let states = this.#symbols.get(language);
    if (!states || states.size >= MOST_STATES) {
      states = new Map();
      this.#symbols.set(language, states);
    }
    let symbols = states.get(state);
    if (!symbols) {
      symbols = symbolsIn(language, state);
      states.set(state, symbols);
    }
    return symbols;
  }
}

function symbolsIn(language: Language, state: number): ReadonlySet<number> {
  const symbols = new Set<number>();
  const iterator = language.lookaheadIterator(state);
  if (!iterator) return symbols;
  for (const _ of iterator) if (iterator.currentTypeId !== null) symbols.add(iterator.currentTypeId);
  iterator.delete();
  return symbols;
}

/**
 * Whether what stands from `from` to `end`, where the parsed text is over but for white space, can be the beginning of something valid. The
 * text was cut off there, so the parser finds it wrong at its very end; what counts is that it did not do so earlier:
 * that nothing was left out or made up before the end, and that each token could follow the one before it.
 */
export function isViable(root: Node, from: number, end: number, lookaheads: Lookaheads): boolean {
  // What the parser reads when it has just met something that it cannot go on with, it reads in its own recovery.
  let recovers = true;
  const follows = (leaf: Node): boolean => {
    const met = !recovers && leaf.parseState === RECOVERY;
    recovers = leaf.parseState === RECOVERY;
    return !met && lookaheads.allow(leaf);
  };
  const sound = (node: Node): boolean => {
    if (node.endIndex <= from && !node.isMissing) return true;
    if (node.isMissing) return node.startIndex >= end || node.startIndex < from;
    if (node.isError && node.endIndex < end) return false;
    if (node.childCount === 0 && !node.isError) return follows(node);
    return !node.hasError || node.children.every(sound);
  };
  return sound(root);
}
