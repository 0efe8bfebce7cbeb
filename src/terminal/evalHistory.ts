import { join } from 'node:path';
import { GitObjects } from '../evals/gitObjects.ts';
import { GitTreeDisk } from '../evals/gitTree.ts';
import { type History, historyHoles } from '../evals/history.ts';
import { leavesNames } from '../evals/recallRun.ts';
import { Replay } from '../evals/replay.ts';
import { evaluate } from '../evals/run.ts';
import { summarise } from '../evals/summary.ts';
import { evaluateTyping } from '../evals/typingRun.ts';
import { type Host, type Input, numberOption, type Output, textOption } from './command.ts';
import { type Opened, withEngine } from './engine.ts';
import { readBudgets, tellRecall } from './evalRecall.ts';
import { told, toldTyping } from './evalReport.ts';
import { counted } from './layout.ts';

/** Replays the commits of the repository that a folder lies in. */
export async function evaluateHistory(directory: string, input: Input, host: Host): Promise<Output> {
  const recall = textOption(input, 'recall');
  const budgets = recall === undefined ? undefined : readBudgets(recall);
  const objects = await GitObjects.open(directory);
  try {
    const history = await historyHoles(objects, {
      seed: numberOption(input, 'seed', 0, 1),
      commits: textOption(input, 'commits') === undefined ? undefined : numberOption(input, 'commits', 1, 1),
      ...(budgets && { accept: leavesNames }),
      signal: host.signal,
      onProgress: (done, total) => host.progress('Reading commits', done, total),
    });
    const first = history.holes[0];
    if (!first) throw new Error('Ended before there was a hole to ask at.');
    const disk = new GitTreeDisk(objects);
    await disk.checkout(first.parent);
    const folder = join(objects.top, objects.prefix);
    const ask = input.options.typing ? typeLines : askHoles;
    return await withEngine(
      folder,
      input,
      host,
      ({ engine, retrieval, settings }) => {
        const session = !input.options['no-session'];
        const replay = new Replay({ engine, disk, directory: folder, session });
        const options = {
          directory: folder,
          clock: host.clock,
          signal: host.signal,
          enter: replay.enter,
          onProgress: (done: number, total: number) => host.progress('Asking', done, total),
        };
        const run = { version: host.version, node: process.version, options: input.options, settings };
        if (budgets) {
          return tellRecall(
            { engine, retrieval, baselines: [] },
            history.holes,
            { ...options, budgets },
            run,
          );
        }
        return ask({ engine, history, options, run });
      },
      { disk, readNow: disk.readNow },
    );
  } finally {
    objects.close();
  }
}

interface Asking {
  readonly engine: Opened['engine'];
  readonly history: History;
  readonly options: Parameters<typeof evaluateTyping>[2];
  /** What the result file says of the run. */
  readonly run: object;
}

async function askHoles({ engine, history, options, run }: Asking): Promise<Output> {
  const { summary, holes } = await evaluate(engine, history.holes, options);
  const results = holes.map((result, i) => ({ ...result, seenElsewhere: isSeen(history.holes[i]!) }));
  const unseen = summarise(
    results.filter(({ seenElsewhere }) => !seenElsewhere),
    summary.partial,
  );
  const replayed = { ...replayedOf(history), notSeenElsewhere: unseen.code };
  return {
    json: { summary, history: replayed, holes: results, run },
    text: [told(summary, [['code seen nowhere else', unseen.code]]), toldHistory(history)].join('\n\n'),
    ...(summary.partial ? { incomplete: `Ended after ${summary.n} of ${history.holes.length} holes.` } : {}),
  };
}

async function typeLines({ engine, history, options, run }: Asking): Promise<Output> {
  const { summary, lines } = await evaluateTyping(engine, history.holes, options);
  return {
    json: { summary, history: replayedOf(history), lines, run },
    text: [toldTyping(summary), toldHistory(history)].join('\n\n'),
    ...(summary.partial ? { incomplete: `Ended after ${counted(summary.lines, 'line')}.` } : {}),
  };
}

const isSeen = ({ seenIn }: History['holes'][number]) => seenIn.length > 0;

function replayedOf({ holes, looked, commits }: History) {
  return {
    commits,
    commitsLookedAt: looked,
    withNearDuplicates: holes.filter(({ nearDuplicates }) => nearDuplicates.length > 0).length,
    seenElsewhere: holes.filter(isSeen).length,
  };
}

function toldHistory(history: History): string {
  const { commits, commitsLookedAt, withNearDuplicates, seenElsewhere } = replayedOf(history);
  return [
    `Holes of ${counted(commits, 'commit')} (${commitsLookedAt} looked at). Files were left out of the index as near-duplicates`,
    `for ${counted(withNearDuplicates, 'hole')}; the line of ${counted(seenElsewhere, 'hole')} stands elsewhere between the same neighbours.`,
  ].join('\n');
}
