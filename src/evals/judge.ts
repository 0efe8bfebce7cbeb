import { isAbort } from '../base/abort.ts';
import { maskAcross } from '../base/secretsAcross.ts';
import type { Hole } from './holes.ts';

/** Two suggestions for one hole, by two variants. */
export interface Pair {
  readonly hole: Pick<Hole, 'id' | 'path' | 'prefix' | 'suffix' | 'target'>;
  readonly first: string;
  readonly second: string;
}

/** Asks a chat model; rejects with one sentence if it cannot answer. */
export type AskChat = (question: ChatQuestion, signal: AbortSignal) => Promise<string>;

export interface ChatQuestion {
  readonly system: string;
  readonly user: string;
}

/**
 * A chat model's opinion of a pair. `disagreed`: it named another one when the order was swapped, so that its opinion
 * says more of the order than of the suggestions. `unclear`: it did not answer the question.
 */
export type Verdict = 'first' | 'second' | 'tie' | 'disagreed' | 'unclear';

/** What stands above and below the cursor, in characters: a judge needs less of it than who writes. */
const CHARS_ABOVE = 3_000;
const CHARS_BELOW = 1_000;

const SYSTEM = [
  'You compare two code completions for the same cursor position. You are given the code before and after the cursor,',
  'what the developer truly wrote there, and the suggestions A and B. Say which suggestion would have helped the',
  'developer more: the one that does the same as what was truly written, even with other names or another style, or',
  'that is a correct beginning of it. Length and order do not count. Answer with one word: A, B or TIE.',
].join('\n');

/**
 * Asks twice, with the order swapped, because chat models prefer whatever stands first or last (Zheng and others,
 * "Judging LLM-as-a-Judge with MT-Bench and Chatbot Arena", NeurIPS 2023): a win is what both orders agree on.
 */
export async function judgePair(ask: AskChat, pair: Pair, signal: AbortSignal): Promise<Verdict> {
  const { hole, first, second } = pair;
  const forth = answerIn(await ask(questionOf(hole, first, second), signal));
  const back = answerIn(await ask(questionOf(hole, second, first), signal));
  if (forth === undefined || back === undefined) return 'unclear';
  if (forth !== SWAPPED[back]) return 'disagreed';
  return ({ A: 'first', B: 'second', TIE: 'tie' } as const)[forth];
}

type Choice = 'A' | 'B' | 'TIE';
const SWAPPED = { A: 'B', B: 'A', TIE: 'TIE' } as const satisfies Record<Choice, Choice>;

/** Secrets are masked: the judge may stand on another machine than the code. */
export function questionOf(hole: Pair['hole'], a: string, b: string): ChatQuestion {
  const before = hole.prefix.slice(-CHARS_ABOVE);
  const after = hole.suffix.slice(0, CHARS_BELOW);
  const masked = (text: string) => maskAcross([before, text, after]);
  const [above, reference, below] = masked(hole.target);
  const part = (name: string, text: string) => `<${name}>\n${text}\n</${name}>`;
  return {
    system: SYSTEM,
    user: [
      `File: ${hole.path}`,
      part('before', above!),
      part('after', below!),
      part('truth', reference!),
      part('A', masked(a)[1]!),
      part('B', masked(b)[1]!),
      'Which suggestion helps more: A, B or TIE?',
    ].join('\n'),
  };
}

/** The choice in an answer, whatever a model thinks aloud before it; undefined if it makes none. */
export function answerIn(text: string): Choice | undefined {
  const said = text.replace(/<think>[\s\S]*?(?:<\/think>|$)/g, '').trim();
  const last = said.split('\n').at(-1)!;
  const named = [...new Set(last.match(/\b(?:A|B|TIE)\b/g))];
  return named.length === 1 ? (named[0] as Choice) : undefined;
}

/** What a chat model thinks of two variants: an opinion, not a measurement. */
export interface Opinion {
  readonly model: string;
  /** The variants' names. */
  readonly first: string;
  readonly second: string;
  /** Holes at which both suggested something, and not the same. The others are not asked about. */
  readonly pairs: number;
  /** Pairs with a verdict; fewer than `pairs` if it was stopped or could not go on. */
  readonly judged: number;
  readonly counts: Readonly<Record<Verdict, number>>;
  readonly verdicts: readonly { readonly id: string; readonly verdict: Verdict }[];
  /** Why not all pairs were judged, in a sentence; null if all were. */
  readonly ended: string | null;
}

export interface JudgeOptions {
  readonly model: string;
  readonly first: string;
  readonly second: string;
  readonly signal: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Has every pair judged, one after the other. What was judged is kept when the judge fails or `signal` fires. */
export async function judgeAll(
  ask: AskChat,
  pairs: readonly Pair[],
  options: JudgeOptions,
): Promise<Opinion> {
  const { model, first, second, signal, onProgress } = options;
  const verdicts: { id: string; verdict: Verdict }[] = [];
  let ended: string | null = null;
  try {
    for (const pair of pairs) {
      verdicts.push({ id: pair.hole.id, verdict: await judgePair(ask, pair, signal) });
      onProgress?.(verdicts.length, pairs.length);
    }
  } catch (error) {
    ended = isAbort(error) ? 'It was stopped.' : (error as Error).message;
  }
  const counts = { first: 0, second: 0, tie: 0, disagreed: 0, unclear: 0 };
  for (const { verdict } of verdicts) counts[verdict]++;
  return { model, first, second, pairs: pairs.length, judged: verdicts.length, counts, verdicts, ended };
}
