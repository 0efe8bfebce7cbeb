import { composeChat } from '../compose.ts';
import type { Hole } from '../evals/holes.ts';
import { type AskChat, judgeAll, type Opinion, type Pair } from '../evals/judge.ts';
import { seeded } from '../evals/random.ts';
import { type Interval, pairedDifference } from '../evals/statistics.ts';
import type { HoleResult } from '../evals/summary.ts';
import { points } from '../evals/variants/comparison.ts';
import type { Answers } from '../evals/variants/contest.ts';
import { askedOf } from '../evals/variants/record.ts';
import { type Host, type Input, type Output, textOption, UsageError } from './command.ts';
import { type Entrant, isVariant } from './evalEntrants.ts';
import { counted } from './layout.ts';

export const JUDGE_OPTIONS = {
  judge: {
    value: 'MODEL',
    help: 'With --variant: also ask this chat model of WISP_MODEL_URL which suggestion it prefers; an opinion.',
  },
} as const;

export interface Judge {
  readonly model: string;
  readonly ask: AskChat;
}

/** A judge may think for a while before it says a word. */
const TIMEOUT_MS = 60_000;

/**
 * The chat model that `--judge` names, if it does.
 * @throws UsageError where there is nothing for it to judge, and one sentence where it wrote a part of that itself.
 */
export function judgeOf(
  input: Input,
  entrants: readonly Entrant[],
  { env }: Pick<Host, 'env'>,
): Judge | undefined {
  const model = textOption(input, 'judge');
  if (model === undefined) return undefined;
  if (entrants.length < 2) throw new UsageError('--judge compares variants: give --variant twice or more.');
  const other = ['typing', 'recall'].find(name => input.options[name] !== undefined);
  if (other)
    throw new UsageError(`--judge compares what is offered at holes, so it does not go with --${other}.`);
  const baseUrl = env.WISP_MODEL_URL;
  if (!baseUrl) {
    throw new UsageError(
      `--judge ${model} needs a server: set WISP_MODEL_URL to its address, such as http://localhost:8080/v1.`,
    );
  }
  const author = entrants
    .filter(isVariant)
    .find(({ settings: { model: of } }) => of.baseUrl !== '' && isSame(of.name, model));
  if (author) {
    throw new Error(
      `${model} writes the suggestions of variant '${author.name}', so it cannot judge them: name another model.`,
    );
  }
  const apiKey = env.WISP_API_KEY;
  const server = { baseUrl, name: model, timeoutMilliseconds: TIMEOUT_MS, ...(apiKey ? { apiKey } : {}) };
  return { model, ask: composeChat(server) };
}

const isSame = (one: string, other: string) => one.trim().toLowerCase() === other.trim().toLowerCase();

/** Adds what the judge thinks of every variant against the first one to what was measured. */
export async function withOpinions(
  output: Output,
  judge: Judge,
  holes: readonly Hole[],
  answers: Answers<HoleResult>,
  host: Host,
): Promise<Output> {
  const [first, ...others] = [...answers.keys()];
  const opinions: JudgedVariant[] = [];
  for (const second of others) {
    const pairs = pairsOf(holes, answers.get(first!)!, answers.get(second)!);
    const opinion = await judgeAll(judge.ask, pairs, {
      ...{ model: judge.model, first: first!, second, signal: host.signal },
      onProgress: (done, total) => host.progress('Judging', done, total),
    });
    opinions.push({ ...opinion, wins: winsOf(opinion, holes) });
  }
  const ended = opinions.find(opinion => opinion.ended !== null)?.ended;
  return {
    ...output,
    json: { ...(output.json as object), opinions },
    text: [output.text, ...opinions.map(toldOpinion)].join('\n\n'),
    ...(ended != null && { incomplete: output.incomplete ?? `The judge did not finish: ${ended}` }),
  };
}

/** An opinion with how much more often the second variant won than the first, as a share of the pairs. */
interface JudgedVariant extends Opinion {
  readonly wins: Interval | null;
}

/** Where one of the two offers nothing, or both the same, there is nothing to compare. */
function pairsOf(
  holes: readonly Hole[],
  first: readonly HoleResult[],
  second: readonly HoleResult[],
): readonly Pair[] {
  return first.flatMap(({ text: one }, i) => {
    const other = second[i]?.text ?? null;
    if (one === null || other === null || one.trimEnd() === other.trimEnd()) return [];
    return [{ hole: holes[i]!, first: one, second: other }];
  });
}

function winsOf({ verdicts }: Opinion, holes: readonly Hole[]): Interval | null {
  const clusters = new Map(holes.map(hole => [hole.id, askedOf(hole).cluster]));
  const portions = (of: 'first' | 'second') =>
    verdicts.map(({ verdict }) => ({ part: verdict === of ? 1 : 0, whole: 1 }));
  const drawn = verdicts.map(({ id }) => clusters.get(id)!);
  return pairedDifference(portions('first'), portions('second'), drawn, seeded(1));
}

function toldOpinion({ model, first, second, pairs, judged, counts, wins, ended }: JudgedVariant): string {
  const { first: forFirst, second: forSecond, tie, disagreed, unclear } = counts;
  const lines = [
    `An opinion, not a measurement: ${model} compared ${second} with ${first} at ${counted(pairs, 'hole')} where both offered`,
    `something and not the same, twice each with the order swapped. ${judged} judged: ${second} preferred at ${forSecond}, ${first} at ${forFirst}, tie ${tie},`,
    `${disagreed} where the two orders disagree, ${unclear} without an answer.`,
  ];
  if (wins) {
    const { difference, low, high } = wins;
    lines.push(
      `${second} preferred more often by ${points(difference)} points (95 % interval ${points(low)} to ${points(high)}).`,
    );
  }
  if (ended !== null) lines.push(`Not all were judged: ${ended}`);
  return lines.join('\n');
}
