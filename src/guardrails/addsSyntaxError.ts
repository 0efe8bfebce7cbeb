import { type Language, languageOf } from '../domain/languages.ts';
import { faultsIn } from '../syntax/faults.ts';
import { distantParts, SMALL, withoutParts } from '../syntax/focus.ts';
import type { Trees } from '../syntax/trees.ts';
import { balanceOf } from './brackets.ts';
import { endingsOf } from './endings.ts';
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
 * Refuses a suggestion that brings a syntax error into the document. Code that is being typed is broken most of the
 * time, so what counts is more faults than the document has without the line; and a suggestion need not be the end of
 * what the user writes, so what it leaves open at its end is closed in thought before it is judged.
 */
export function addsSyntaxError({ trees, elapsed, budgetMs = BUDGET_MS }: SyntaxCheck): Guard {
  return {
    name: 'addsSyntaxError',
    judge(judged) {
      const language = languageOf(judged.context.document.languageId);
      if (!language.grammar) return { kind: 'undecided', reason: `no grammar for ${language.id}` };
      const start = elapsed();
      const scene = sceneOf(judged, language.grammar, trees, start + budgetMs * SHARE_FOR_TREE);
      const count = (text: string) =>
        trees.read(language.grammar!, text, start + budgetMs, root => faultsIn(root).length);
      try {
        return verdictOn(judged.text, new Trial(scene, language, count));
      } catch (error) {
        if (error instanceof OutOfTime) return { kind: 'undecided', reason: error.message };
        throw error;
      }
    },
  };
}

function verdictOn(text: string, trial: Trial): Verdict {
  if (trial.fits(text)) return KEPT;
  for (const { shorter, step } of repairs(text, trial.scene)) {
    if (trial.fits(shorter)) return { kind: 'repaired', text: shorter, step };
  }
  return { kind: 'refused', reason: 'it adds a syntax error' };
}

/** What could be done to a text that does not fit, least first. */
function* repairs(text: string, scene: Scene): Generator<{ shorter: string; step: string }> {
  let shorter = text;
  while (
    /[)\]}][;,]?$/.test(shorter) &&
    balanceOf(scene.linePrefix + shorter + scene.lineRest).surplus !== ''
  ) {
    shorter = shorter.replace(/[)\]}][;,]?$/, '').trimEnd();
    if (shorter.trim() === '') return;
    yield { shorter, step: 'dropped a closing bracket that nothing opens' };
  }
  for (let end = text.lastIndexOf('\n'); end > 0; end = text.lastIndexOf('\n', end - 1)) {
    shorter = text.slice(0, end).trimEnd();
    if (shorter !== '') yield { shorter, step: 'shortened to the last line that fits' };
  }
}

/** The document around the suggestion, without its distant parts. */
interface Scene {
  readonly head: string;
  readonly replaced: string;
  readonly tail: string;
  readonly linePrefix: string;
  readonly lineRest: string;
}

function sceneOf(judged: Judged, grammar: string, trees: Trees, deadline: number): Scene {
  const { document } = judged.context;
  const { before, after, linePrefix, lineRest } = placeOf(judged);
  const known =
    document.text.length > SMALL ? trees.tree(document.uri, grammar, document.text, deadline) : undefined;
  const cuts = known ? distantParts(known.tree, document.text, before.length) : [];
  const near = withoutParts(document.text, before.length, cuts);
  const replaced = document.text.slice(before.length, document.text.length - after.length);
  return {
    head: near.text.slice(0, near.offset),
    replaced,
    tail: near.text.slice(near.offset + replaced.length),
    linePrefix,
    lineRest,
  };
}

class OutOfTime extends Error {
  constructor() {
    super('there was no time to parse it');
  }
}

/** Tries texts at the suggestion's place. */
class Trial {
  readonly scene: Scene;
  readonly #language: Language;
  readonly #count: (text: string) => number | undefined;
  #allowed: number | undefined;

  constructor(scene: Scene, language: Language, count: (text: string) => number | undefined) {
    this.scene = scene;
    this.#language = language;
    this.#count = count;
  }

  /** Whether the document has no more faults with `text` than without the line, now or once `text` is carried on. */
  fits(text: string): boolean {
    const { head, tail, linePrefix, lineRest } = this.scene;
    const faults = this.#faults(head + text + tail);
    if (faults === 0 || faults <= this.#faultsAllowed()) return true;
    return endingsOf(text, linePrefix, lineRest, this.#language).some(
      ending => this.#faults(head + text + ending + tail) <= this.#faultsAllowed(),
    );
  }

  /** Those of the document without the cursor's line. */
  #faultsAllowed(): number {
    const { head, tail, linePrefix, lineRest } = this.scene;
    this.#allowed ??= this.#faults(
      head.slice(0, head.length - linePrefix.length) + tail.slice(lineRest.length),
    );
    return this.#allowed;
  }

  #faults(text: string): number {
    const faults = this.#count(text);
    if (faults === undefined) throw new OutOfTime();
    return faults;
  }
}
