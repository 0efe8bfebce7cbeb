import type { Node } from 'web-tree-sitter';
import { type Language, languageOf } from '../domain/languages.ts';
import { type Fault, faultsIn } from '../syntax/faults.ts';
import { type Cut, distantLines, distantParts, SMALL, withoutParts } from '../syntax/focus.ts';
import type { DocumentTree, Trees } from '../syntax/trees.ts';
import { isViable, Lookaheads } from '../syntax/viable.ts';
import { balanceOf } from './brackets.ts';
import { type Guard, type Judged, KEPT, placeOf, type Verdict } from './guard.ts';

export interface SyntaxCheck {
  readonly trees: Trees;
  /** Monotonic milliseconds. */
  readonly elapsed: () => number;
  /** What one judgement may take. */
  readonly budgetMs?: number;
}

/** DESIGN section 6. */
const BUDGET_MS = 5;
/** The share of the budget that may go into the whole document's tree, which only serves to leave distant parts out. */
const SHARE_FOR_TREE = 0.3;

/**
 * Refuses a suggestion that brings a syntax error into the document. It may be the beginning of something longer: then
 * each of its tokens must be able to follow the one before. Else the document must have no more faults with it than
 * without the line, for code that is being typed is seldom without fault.
 */
export function addsSyntaxError({ trees, elapsed, budgetMs = BUDGET_MS }: SyntaxCheck): Guard {
  const lookaheads = new Lookaheads();
  return {
    name: 'addsSyntaxError',
    judge(judged) {
      const language = languageOf(judged.context.document.languageId);
      const { grammar } = language;
      if (!grammar) return { kind: 'undecided', reason: `there is no grammar for ${language.id}` };
      if (!trees.knows(grammar)) {
        return { kind: 'undecided', reason: `the grammar for ${language.id} is not loaded` };
      }
      const start = elapsed();
      const scene = sceneOf(judged, grammar, trees, start + budgetMs * SHARE_FOR_TREE);
      const read = <T>(text: string, reader: (root: Node) => T): T => {
        const read = trees.read(grammar, text, start + budgetMs, reader);
        if (read === undefined) throw new OutOfTime();
        return read;
      };
      try {
        return verdictOn(judged.text, new Trial(scene, language, lookaheads, read));
      } catch (error) {
        if (error instanceof OutOfTime) return { kind: 'undecided', reason: error.message };
        throw error;
      }
    },
  };
}

function verdictOn(text: string, trial: Trial): Verdict {
  if (trial.fits(text)) return KEPT;
  for (const { shorter, step } of trial.repairs(text)) {
    if (trial.fits(shorter)) return { kind: 'repaired', text: shorter, step };
  }
  return { kind: 'refused', reason: 'it adds a syntax error' };
}

/** The document around the suggestion, without its distant parts. */
interface Scene {
  readonly head: string;
  readonly tail: string;
  readonly linePrefix: string;
  readonly lineRest: string;
}

function sceneOf(judged: Judged, grammar: string, trees: Trees, deadline: number): Scene {
  const { text, uri } = judged.context.document;
  const { before, after, linePrefix, lineRest } = placeOf(judged);
  const near = withoutParts(
    text,
    before.length,
    distant(text, before.length, () => trees.tree(uri, grammar, text, deadline)),
  );
  const replaced = text.length - before.length - after.length;
  return {
    head: near.text.slice(0, near.offset),
    tail: near.text.slice(near.offset + replaced),
    linePrefix,
    lineRest,
  };
}

function distant(text: string, offset: number, parse: () => DocumentTree | undefined): readonly Cut[] {
  if (text.length <= SMALL) return [];
  const known = parse();
  return known?.sound ? distantParts(known.tree, text, offset) : distantLines(text, offset);
}

class OutOfTime extends Error {
  constructor() {
    super('there was no time to parse it');
  }
}

type Read = <T>(text: string, reader: (root: Node) => T) => T;

/** Tries texts at the suggestion's place. */
class Trial {
  readonly #scene: Scene;
  readonly #language: Language;
  readonly #lookaheads: Lookaheads;
  readonly #read: Read;
  #allowed: number | undefined;
  #lineWasSound: boolean | undefined;

  constructor(scene: Scene, language: Language, lookaheads: Lookaheads, read: Read) {
    this.#scene = scene;
    this.#language = language;
    this.#lookaheads = lookaheads;
    this.#read = read;
  }

  fits(text: string): boolean {
    // What closes more than the line opened is an end, not a beginning: it counts whether that end was missing.
    if (this.#closesEarlierLines(text)) return this.#addsNoFault(text);
    return this.#canGoOn(text) || this.#addsNoFault(text);
  }

  /** What could be done to a text that does not fit, least first. */
  *repairs(text: string): Generator<{ shorter: string; step: string }> {
    const { linePrefix, lineRest } = this.#scene;
    const surplus = (end: string) => balanceOf(linePrefix + end + lineRest, this.#language).surplus !== '';
    for (let end = text; /[)\]}][;,]?$/.test(end) && surplus(end); ) {
      end = end.replace(/[)\]}][;,]?$/, '').trimEnd();
      if (end !== '') yield { shorter: end, step: 'dropped a closing bracket that nothing opens' };
    }
    for (let at = text.lastIndexOf('\n'); at > 0; at = text.lastIndexOf('\n', at - 1)) {
      const shorter = text.slice(0, at).trimEnd();
      if (shorter !== '') yield { shorter, step: 'shortened to the last line that fits' };
    }
  }

  #closesEarlierLines(text: string): boolean {
    const { linePrefix } = this.#scene;
    const surplus = (line: string) => balanceOf(line, this.#language).surplus.length;
    return /[)\]};,]\s*$/.test(text) && surplus(linePrefix + text) > surplus(linePrefix);
  }

  /** Whether the text, and what follows it on the line, can be the beginning of something valid. */
  #canGoOn(text: string): boolean {
    const { head, linePrefix, lineRest } = this.#scene;
    const { missing, unended } = balanceOf(linePrefix + text, this.#language);
    // A string that ends like code has lost its quote.
    if (unended.length === 1 && /[)\]};,]\s*$/.test(text)) return false;
    // And a statement does not end between brackets, but for the head of a loop.
    if (/;\s*$/.test(text) && /^[)\]]/.test(missing) && !/\bfor\b/.test(linePrefix + text)) return false;
    const opened = balanceOf(text, this.#language);
    const endings =
      lineRest.trim() === '' ? [unended] : [lineRest, opened.unended + opened.missing + lineRest];
    return endings.some(
      ending => !this.#closesTooMuch(text + ending) && this.#isViable(head + text + ending),
    );
  }

  /** A token may turn out wrong only by what follows it, so the whole line has to be right, unless it was not before. */
  #isViable(text: string): boolean {
    const { head, linePrefix } = this.#scene;
    const lineStart = head.length - linePrefix.length;
    const soundFrom = (from: number, whole: string) => (root: Node) =>
      isViable(root, from, whole.trimEnd().length, this.#lookaheads);
    if (this.#read(text, soundFrom(lineStart, text))) return true;
    this.#lineWasSound ??= this.#read(head, soundFrom(lineStart, head));
    return !this.#lineWasSound && this.#read(text, soundFrom(head.length, text));
  }

  /** A grammar's tables do not count brackets. */
  #closesTooMuch(text: string): boolean {
    const { head } = this.#scene;
    const before = balanceOf(head, this.#language);
    return (
      before.unended === '' && balanceOf(head + text, this.#language).surplus.length > before.surplus.length
    );
  }

  /** Whether the document has no more faults than without the line, and none that begins on it and meets the text. */
  #addsNoFault(text: string): boolean {
    const { head, tail, linePrefix, lineRest } = this.#scene;
    const lineStart = head.length - linePrefix.length;
    const faults = this.#faults(head + text + tail);
    const end = head.length + text.length;
    if (faults.some(fault => fault.start >= lineStart && fault.start < end && fault.end > head.length))
      return false;
    this.#allowed ??= this.#faults(head.slice(0, lineStart) + tail.slice(lineRest.length)).length;
    return faults.length <= this.#allowed;
  }

  #faults(text: string): readonly Fault[] {
    return this.#read(text, faultsIn);
  }
}
