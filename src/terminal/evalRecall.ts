import { RETRIEVER_BASELINES } from '../evals/baselines/baselines.ts';
import type { Scene } from '../evals/baselines/scene.ts';
import type { Hole } from '../evals/holes.ts';
import { seeded } from '../evals/random.ts';
import { measureRecall, type RecallOptions } from '../evals/recallRun.ts';
import { type RecallSummary, summariseRecall } from '../evals/recallSummary.ts';
import type { Interval } from '../evals/statistics.ts';
import type { Retriever } from '../retrieval/retriever.ts';
import { type Input, listOption, type Output, textOption, UsageError } from './command.ts';
import type { OpenSite } from './evalSites.ts';
import { milliseconds, percent, table } from './layout.ts';

/** The token budgets of `--recall`, ascending; undefined without it. */
export function budgetsOf(input: Input): readonly number[] | undefined {
  const given = textOption(input, 'recall');
  return given === undefined ? undefined : readBudgets(given);
}

/** @throws UsageError if recall is to be measured of what retrieves nothing. */
export function checkRecall(input: Input): void {
  if (budgetsOf(input) === undefined) return;
  const other = ['typing', 'variant'].find(name => input.options[name] !== undefined);
  if (other) throw new UsageError(`--recall does not go with --${other}.`);
  const strange = listOption(input, 'baseline').find(name => !Object.hasOwn(RETRIEVER_BASELINES, name));
  if (strange === undefined) return;
  const names = Object.keys(RETRIEVER_BASELINES).join(', ');
  throw new UsageError(`The baseline '${strange}' retrieves nothing; --recall goes with ${names}.`);
}

/** The retrievers of `--baseline`. */
export function retrieversOf(input: Input): readonly ((scene: Scene) => Retriever)[] {
  return listOption(input, 'baseline').map(name => RETRIEVER_BASELINES[name]!);
}

/** Numbers of tokens from a list with commas, ascending. */
export function readBudgets(given: string): readonly number[] {
  const budgets = given.split(',').map(Number);
  if (!budgets.every(budget => Number.isSafeInteger(budget) && budget > 0)) {
    throw new UsageError(`--recall takes numbers of tokens, such as 512,1024,2048, not '${given}'.`);
  }
  return budgets.sort((a, b) => a - b);
}

/** How many of the identifiers that are written next retrieval finds. */
export async function tellRecall<H extends Hole>(
  site: OpenSite<H>,
  holes: readonly H[],
  options: Omit<RecallOptions<H>, 'enter'> & { readonly retrievers: ReturnType<typeof retrieversOf> },
  run: object,
): Promise<Output> {
  const { engine, retrieval, texts, enter } = site;
  const baselines = options.retrievers.map(retriever => retriever(texts));
  const beforeBaselines = (hole: Hole) => texts.enter(hole);
  const parts = { engine, retrieval, baselines, beforeBaselines };
  const cases = await measureRecall(parts, holes, { ...options, enter });
  const summary = summariseRecall(cases, options.budgets, seeded(1), options.signal.aborted);
  return {
    json: { run, summary, holes: cases },
    text: toldRecall(summary),
    ...(summary.partial ? { incomplete: `Ended after ${summary.n} holes.` } : {}),
  };
}

function toldRecall({ n, budgets, rows, p50Ms, p95Ms }: RecallSummary): string {
  const configurations = [...new Set(rows.map(({ configuration }) => configuration))];
  const lines = configurations.map(configuration => [
    configuration,
    ...rows
      .filter(row => row.configuration === configuration)
      .flatMap(({ recall, fusedMore }) => [percent(recall), fusedMore ? interval(fusedMore) : '']),
  ]);
  const heads = budgets.flatMap(budget => [`@${budget}`, 'all fused finds more']);
  return [
    table([['identifier recall', ...heads], ...lines]),
    '',
    `${n} holes of code with identifiers to be found: those of the target and of the ten lines written after it that do not`,
    'stand in the file above, keywords aside. Differences are paired, with the 95 % interval of a bootstrap.',
    `All sources fused: ${milliseconds(p50Ms)} p50, ${milliseconds(p95Ms)} p95.`,
  ].join('\n');
}

function interval({ difference, low, high }: Interval): string {
  const [middle, from, to] = [difference, low, high].map(share => (100 * share).toFixed(1));
  return `${middle} (${from}…${to})`;
}
