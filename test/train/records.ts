import type { HistoryHole } from '../../src/evals/history.ts';
import type { Random } from '../../src/evals/random.ts';
import { isApart } from '../../src/evals/summary.ts';
import type { TypedLine } from '../../src/evals/typing.ts';
import { lineOf } from '../../src/evals/typingRun.ts';
import { CodeIndex } from '../../src/indexing/codeIndex.ts';
import { ID_MASK, isNewline, lex, NEWLINE_SAME, withId } from '../../src/indexing/lexer.ts';
import { CANDIDATE_INPUTS } from '../../src/models/workspace/features.ts';
import { bracketsOf, Predictor, type Step } from '../../src/models/workspace/predictor.ts';
import { Questions } from '../../src/models/workspace/questions.ts';
import { contextOf, type PastIndex } from './past.ts';

/** What the network is shown of a step, and what came next; sparse, as most inputs are 0. */
export interface Records {
  /** For each step: the number of its candidates, and which of them was right (or their number for none). */
  readonly counts: number[];
  readonly truths: number[];
  readonly places: Float32Array[];
  /** For each candidate, inputs that are not 0 and their values. */
  readonly inputs: Uint8Array[];
  readonly values: Float32Array[];
}

export function newRecords(): Records {
  return { counts: [], truths: [], places: [], inputs: [], values: [] };
}

/** All records of several, in their order. */
export function joined(parts: readonly Records[]): Records {
  const all = newRecords();
  for (const part of parts) {
    for (const key of ['counts', 'truths', 'places', 'inputs', 'values'] as const) {
      // Pushing all at once would overflow the stack.
      for (const value of part[key]) (all[key] as unknown[]).push(value);
    }
  }
  return all;
}

/** One step at each token of each hole's line, its end included, and one more within each word. */
export async function recordsOf(
  past: PastIndex,
  holes: readonly HistoryHole[],
  random: Random,
  into: Records,
): Promise<void> {
  const questions = new Questions(() => past.index, past.retrieve);
  const alone = new Questions(() => past.index);
  for (const hole of holes) {
    if (isApart(hole.class) && random.below(4) > 0) continue;
    const line = lineOf(hole);
    await past.enter(hole, line.prefix + line.suffix);
    const isSmall = random.below(SMALL) === 0;
    const asked = isSmall ? asIfNew(hole, line, random) : { hole, ...line, index: past.index };
    const others = random.below(ALONE) === 0 ? alone : questions;
    stepsOf(asked, isSmall ? new Questions(() => asked.index) : others, random, into);
  }
}

/** Every so manieth line is typed in a workspace that holds nothing else: each one was new once. */
const SMALL = 10;
/** Of the others, every so manieth is typed with nothing retrieved, so that what else speaks is heard by itself. */
const ALONE = 8;
/** Lines of the file that are there then. */
const MOST_LINES = 60;

interface AskedLine {
  readonly hole: HistoryHole;
  readonly prefix: string;
  readonly target: string;
  readonly suffix: string;
  readonly index: CodeIndex;
}

function asIfNew(hole: HistoryHole, { prefix, target, suffix }: TypedLine, random: Random): AskedLine {
  const above = prefix.split('\n').slice(-1 - random.below(MOST_LINES));
  const below = suffix.split('\n').slice(0, random.below(MOST_LINES / 3));
  const index = new CodeIndex();
  return {
    hole: { ...hole, before: undefined },
    prefix: above.join('\n'),
    target,
    suffix: below.join('\n'),
    index,
  };
}

function stepsOf(
  { hole, prefix, target, suffix, index }: AskedLine,
  questions: Questions,
  random: Random,
  into: Records,
): void {
  const { vocabulary } = index;
  const question = questions.ask(contextOf(hole, prefix, suffix), 256);
  const { names, family } = question;
  const predictor = new Predictor(
    bracketsOf(text => vocabulary.intern(text)),
    names,
  );
  const { tokens, strings } = lex(`${target}\n.`);
  for (const token of tokens.subarray(0, Math.min(tokens.length - 1, MOST_TOKENS))) {
    const text = strings[token & ID_MASK]!;
    const id = isNewline(token) ? NEWLINE_SAME : vocabulary.intern(text);
    record(into, predictor.look(question.past, question.sources), id);
    if (/^[\p{L}_$]/u.test(text)) {
      // The word may be there as a whole already: then something else comes next, or a longer word.
      const start = text.slice(0, 1 + random.below(text.length));
      const typed = questions.typedWord(start, family, names);
      record(into, predictor.look(question.past, { ...question.sources, typed }), id);
    }
    question.past.push(isNewline(token) ? token : withId(token, id));
  }
}

const MOST_TOKENS = 200;

function record(into: Records, { candidates, rows, inputs, place }: Step, truth: number): void {
  const right = rows.findIndex(row => candidates.ids[row] === truth);
  recordOf(into, { count: rows.length, width: CANDIDATE_INPUTS, inputs, place, right });
}

/** Adds one choice: `count` rows of `width` inputs, of which one was right, or none if `right` is negative. */
export function recordOf(
  into: Records,
  choice: { count: number; width: number; inputs: Float32Array; place: Float32Array; right: number },
): void {
  const { count, width, inputs, place, right } = choice;
  into.counts.push(count);
  into.truths.push(right < 0 ? count : right);
  into.places.push(place.slice());
  for (let i = 0; i < count; i++) {
    const used: number[] = [];
    for (let j = 0; j < width; j++) if (inputs[i * width + j] !== 0) used.push(j);
    into.inputs.push(Uint8Array.from(used));
    into.values.push(Float32Array.from(used, j => inputs[i * width + j]!));
  }
}
