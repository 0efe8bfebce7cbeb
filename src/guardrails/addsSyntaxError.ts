import { type Language, languageOf } from '../domain/languages.ts';
import { type Cut, distantParts, SMALL, withoutParts } from '../syntax/focus.ts';
import type { Gap } from '../syntax/ground.ts';
import { innermost } from '../syntax/injections.ts';
import { distantLines } from '../syntax/skeleton.ts';
import type { DocumentTree, Trees } from '../syntax/trees.ts';
import { Lookaheads } from '../syntax/viable.ts';
import { type Guard, type Judged, KEPT, type Place, placeOf, type Verdict } from './guard.ts';
import { withoutMacros } from './macros.ts';
import { OutOfTime, type Scene } from './scene.ts';
import { repairsOf } from './syntaxRepairs.ts';
import { SyntaxTrial } from './syntaxTrial.ts';

export interface SyntaxCheck {
  readonly trees: Trees;
  /** Monotonic milliseconds. */
  readonly elapsed: () => number;
  /** What one judgement may take. */
  readonly budgetMs?: number | undefined;
}

/** DESIGN section 6. */
const BUDGET_MS = 5;
/** The share of the budget that may go into the whole document's tree, which only serves to leave distant parts out. */
const SHARE_FOR_TREE = 0.3;

/**
 * Refuses a suggestion that brings a syntax error into the document: code that is being typed is seldom without fault, so
 * what counts is what was not there without the line, and what the suggestion leaves open (`syntaxTrial.ts`). Before it
 * refuses, it repairs (`syntaxRepairs.ts`). Once the text has been found wrong, want of time makes it refused, not undecided.
 */
export function addsSyntaxError({ trees, elapsed, budgetMs = BUDGET_MS }: SyntaxCheck): Guard {
  const lookaheads = new Lookaheads();
  return {
    name: 'addsSyntaxError',
    judge(whole) {
      const judged = withinInjection(whole);
      const language = languageOf(judged.context.document.languageId);
      const { grammar } = language;
      if (!grammar) return { kind: 'undecided', reason: `there is no grammar for ${language.id}` };
      if (!trees.knows(grammar)) {
        return { kind: 'undecided', reason: `the grammar for ${language.id} is not loaded` };
      }
      if (isHalfDirective(judged, language)) {
        return { kind: 'undecided', reason: 'the other half of a directive may stand anywhere' };
      }
      const start = elapsed();
      const deadline = start + budgetMs;
      const place = placeOf(judged);
      const gap = gapAround(judged, place, text =>
        trees.tree(judged.context.document.uri, grammar, text, start + budgetMs * SHARE_FOR_TREE),
      );
      const ground = trees.ground(grammar, gap, deadline);
      if (!ground) return { kind: 'undecided', reason: new OutOfTime().message };
      const parse = trees.parseUntil(deadline);
      return verdictOn(judged, language, {
        ...place,
        language,
        ground,
        parse,
        lookaheads,
        goesOn: judged.goesOn ?? false,
      });
    },
  };
}

/** Whether it is a directive, or begins or ends something that directives enclose, but not both. */
function isHalfDirective(judged: Judged, { directive }: Language): boolean {
  if (directive === undefined) return false;
  const lines = (placeOf(judged).linePrefix + judged.text).split('\n');
  if (lines.length === 1) return lines[0]!.trimStart().startsWith(directive);
  let depth = 0;
  for (const line of lines) {
    const [word = ''] = (line.trimStart().startsWith(directive) && /[a-z]+/.exec(line)) || [];
    if (/^(?:if|region)/.test(word)) depth++;
    else if (/^end(?:if|region)/.test(word)) depth--;
    else if (/^el/.test(word) && depth === 0) return true;
    if (depth < 0) return true;
  }
  return depth > 0;
}

/** The same suggestion in the script or style that the cursor stands in. */
function withinInjection(judged: Judged): Judged {
  const { context } = judged;
  const { document } = context;
  const inner = innermost({ ...context, languageId: document.languageId });
  if (inner.languageId === document.languageId) return judged;
  const { languageId, prefix, suffix } = inner;
  return {
    ...judged,
    context: { ...context, prefix, suffix, document: { ...document, languageId, text: prefix + suffix } },
  };
}

function verdictOn(judged: Judged, language: Language, scene: Scene): Verdict {
  const trial = new SyntaxTrial(scene);
  let wrong = false;
  try {
    if (trial.fits(judged.text) || fitsOtherwise(judged.text, scene)) return KEPT;
    wrong = true;
    for (const { text, step } of repairsOf(judged.text, scene, language)) {
      // What is left has to be worth showing.
      if (!/[\p{L}\p{N}]/u.test(text)) continue;
      if (trial.isMended(text)) {
        return { kind: 'repaired', text, step };
      }
    }
    return { kind: 'refused', reason: 'it adds a syntax error' };
  } catch (error) {
    if (!(error instanceof OutOfTime)) throw error;
    return wrong
      ? { kind: 'refused', reason: 'it adds a syntax error, and there was no time to repair it' }
      : { kind: 'undecided', reason: error.message };
  }
}

/** Whether it fits if what the grammar does not know is read as something that it knows. */
function fitsOtherwise(text: string, scene: Scene): boolean {
  const { language, linePrefix, lineRest, ground } = scene;
  const { macros = false, opaque = [] } = language;
  const line = linePrefix + text + lineRest;
  const known = opaque.reduce((code, { pattern, as }) => code.replaceAll(pattern, as), line);
  const others = [
    ...(known === line ? [] : [known]),
    ...(macros ? withoutMacros(known, ground.gap.tail) : []),
  ];
  const trial = new SyntaxTrial({ ...scene, linePrefix: '', lineRest: '' });
  return others.some(other => trial.fits(other));
}

/** The document without the cursor's line and without its distant parts. */
function gapAround(
  { context }: Judged,
  { before, after, linePrefix, lineRest }: Place,
  parse: (text: string) => DocumentTree | undefined,
): Gap {
  const { text } = context.document;
  const near = withoutParts(
    text,
    before.length,
    distant(text, before.length, () => parse(text)),
  );
  const replaced = text.length - before.length - after.length;
  return {
    head: near.text.slice(0, near.offset - linePrefix.length),
    tail: near.text.slice(near.offset + replaced + lineRest.length),
  };
}

function distant(text: string, offset: number, parse: () => DocumentTree | undefined): readonly Cut[] {
  if (text.length <= SMALL) return [];
  const known = parse();
  return known?.sound ? distantParts(known.tree, text, offset) : distantLines(text, offset, known?.tree);
}
