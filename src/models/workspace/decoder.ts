import { idOf, isNewline } from '../../indexing/lexer.ts';
import { DELETED, IN_FILE, SESSION } from './candidates.ts';
import type { Network } from './network.ts';
import type { Past } from './past.ts';
import type { Predictor } from './predictor.ts';
import type { Question } from './questions.ts';

/** One token of a continuation. */
export interface Predicted {
  /** Its id, its kind and whether there is a space before it. */
  readonly token: number;
  /** Probability that it is right if all before it are. */
  readonly probability: number;
  /** Where it was continued from: a place in the open file's view or in the store; -1 if that is in no file. */
  readonly place: number;
  readonly inOpenFile: boolean;
  /** Longest agreement of its witnesses, in tokens. */
  readonly exact: number;
  /** Probability of the next likeliest, and that it is none of all. */
  readonly runnerUp: number;
  readonly none: number;
}

/** Tokens that may come next, as far as the end of the line. */
export interface Continuation {
  readonly tokens: readonly Predicted[];
  /** Probability that the line ends here if all tokens are right; undefined if it is not known to. */
  readonly end: number | undefined;
  /** How the next line is indented where this end was seen: an id of `lexer.ts`. */
  readonly next?: number;
  /** Natural logarithm of the probability of all tokens, and of the end if there is one. */
  readonly logProbability: number;
}

/** Lines longer than this are data or nonsense. */
export const MOST_TOKENS = 48;
/** What is less likely is not followed. */
const LEAST_PROBABILITY = 0.001;
/** Nor is what would not be shown to anybody, where no other continuation is wanted. */
const LEAST_OF_A_DRAFT = 0.1;
/** Ways followed from one token. */
const WAYS = 3;
const LEAST_OF_A_WAY = 0.02;
/** Steps in all, whatever the width: an answer has to come within a frame. */
const MOST_STEPS = 120;

interface Path extends Continuation {
  readonly past: Past;
}

/** Continues the line a token at a time, by the likeliest `width` continuations at once. */
export class Decoder {
  readonly #predictor: Predictor;
  readonly #network: Network;

  constructor(predictor: Predictor, network: Network) {
    this.#predictor = predictor;
    this.#network = network;
  }

  /** The likeliest continuation at every single token; no other is followed. */
  likeliest(question: Question): Continuation {
    return (
      this.continuations(question, 1, LEAST_OF_A_DRAFT)[0] ?? {
        tokens: [],
        end: undefined,
        logProbability: 0,
      }
    );
  }

  /** Continuations, the likeliest first; those that did not come to an end last. */
  continuations(question: Question, width: number, least = LEAST_PROBABILITY): readonly Continuation[] {
    let paths: Path[] = [{ tokens: [], end: undefined, logProbability: 0, past: question.past }];
    const ended: Continuation[] = [];
    const stuck: Continuation[] = [];
    for (let steps = 0, length = 0; paths.length > 0 && length < MOST_TOKENS; length++) {
      const grown: Path[] = [];
      for (const path of paths) {
        if (steps++ >= MOST_STEPS) break;
        const before = grown.length + ended.length;
        for (const next of this.#extend(path, question, width === 1 ? 1 : WAYS)) {
          if (next.end === undefined) grown.push(next);
          else ended.push(next);
        }
        if (grown.length + ended.length === before && path.tokens.length > 0) stuck.push(path);
      }
      grown.sort((a, b) => b.logProbability - a.logProbability);
      ended.sort((a, b) => b.logProbability - a.logProbability);
      // What is longer is never likelier.
      const bar = Math.max(Math.log(least), ended[width - 1]?.logProbability ?? Number.NEGATIVE_INFINITY);
      stuck.push(...grown.filter(path => path.logProbability <= Math.log(least)));
      paths = grown.filter(path => path.logProbability > bar).slice(0, width);
      if (steps >= MOST_STEPS) {
        stuck.push(...paths);
        break;
      }
    }
    return [...ended, ...stuck.sort((a, b) => b.logProbability - a.logProbability)];
  }

  #extend(path: Path, question: Question, ways: number): Path[] {
    const { past, tokens } = path;
    const isFirst = tokens.length === 0;
    const sources = isFirst ? question.sources : { ...question.sources, typed: undefined };
    const step = this.#predictor.look(past, sources);
    const { candidates, rows } = step;
    const probabilities = this.#predictor.judge(step, this.#network);
    // A line that has nothing on it yet does not end here.
    const mayEnd = !(isFirst && past.end === past.lineStart);
    const sorted = rows
      .map((row, i) => ({ row, probability: probabilities[i]! }))
      .filter(({ row }) => mayEnd || !isNewline(candidates.ids[row]!))
      .sort((a, b) => b.probability - a.probability);
    const likely = sorted
      .slice(0, ways)
      .filter(({ probability }, i) => i === 0 || probability >= LEAST_OF_A_WAY);
    const grown: Path[] = [];
    for (const { row, probability } of likely) {
      const logProbability = path.logProbability + Math.log(Math.max(probability, 1e-9));
      if (logProbability < Math.log(LEAST_PROBABILITY)) continue;
      const token = candidates.tokens[row]!;
      if (isNewline(candidates.ids[row]!)) {
        grown.push({ ...path, end: probability, next: idOf(token), logProbability });
        continue;
      }
      const predicted: Predicted = {
        token,
        probability,
        place: isShown(candidates.scopes[row]!) ? candidates.places[row]! : -1,
        inOpenFile: candidates.scopes[row] === IN_FILE,
        exact: candidates.exact[row]!,
        runnerUp: sorted[1]?.probability ?? 0,
        none: probabilities[rows.length]!,
      };
      const next = past.with(token);
      grown.push({ tokens: [...tokens, predicted], end: undefined, logProbability, past: next });
    }
    return grown;
  }
}

/** Lines that are nowhere any more, or stand in a copy, are no place that could be shown. */
const isShown = (scope: number) => scope !== DELETED && scope !== SESSION;
