import { writeFile } from 'node:fs/promises';
import { messageOf } from '../base/log.ts';
import { BASELINES } from '../evals/baselines/baselines.ts';
import type { Hole } from '../evals/holes.ts';
import { askAll, codeOf, typeAll } from '../evals/variants/contest.ts';
import { withoutTimings } from '../evals/variants/timings.ts';
import { type Command, type Host, type Input, type Output, textOption } from './command.ts';
import { MODEL_OPTIONS } from './engine.ts';
import { type Entrant, entrantsOf } from './evalEntrants.ts';
import { type Ground, onGround } from './evalGround.ts';
import { JUDGE_OPTIONS, type Judge, judgeOf, withOpinions } from './evalJudge.ts';
import { aboutOf, type Run, toldHoles, toldLines } from './evalOutput.ts';
import { budgetsOf, checkRecall, retrieversOf, tellRecall } from './evalRecall.ts';
import { withSites } from './evalSites.ts';
import { folderAt } from './place.ts';

export const evalCommand: Command = {
  name: 'eval',
  operands: ['DIR'],
  summary: 'Measure how well holes in the code are filled.',
  options: {
    holes: { value: 'FILE.jsonl', help: 'Ask at these holes, one JSON object a line.' },
    git: { help: 'Ask at lines that the newest commits added, each in the state before its commit.' },
    commits: {
      value: 'N',
      help: 'With --git: replay N commits that change code (default: enough for 500 holes).',
    },
    at: { value: 'COMMIT', help: 'With --git: the newest commit to replay (default: HEAD).' },
    'no-session': { help: 'With --git: without the files that the author had open or had changed by then.' },
    'no-retrieval': {
      help: 'Give the workspace model nothing of what retrieval finds, to see what that is worth.',
    },
    masked: { value: 'N', help: 'Ask at N holes cut into lines of the folder as it is.' },
    syntax: {
      help: 'With --masked: take away calls, conditions, values and arguments, not the rest of any line.',
    },
    seed: { value: 'S', help: 'Which lines are cut (default: 1); the same seed cuts the same lines.' },
    language: { value: 'ID', help: 'With --masked: only files of this VS Code language id.' },
    typing: { help: 'Type the lines, asking at every character, and tell what was saved.' },
    'whole-line': {
      help: 'Ask for the whole rest of each line, however unsure, to see precision against coverage.',
    },
    recall: {
      value: 'TOKENS,…',
      help: 'With --git: how many of the identifiers written next are retrieved within so many tokens.',
    },
    members: {
      help: 'With --git: ask behind the first dot of a line whose member is new to the file, at such lines only.',
    },
    variant: {
      value: 'NAME=FILE',
      repeated: true,
      help: 'Ask with these settings; give it twice or more and they are compared, with the first.',
    },
    baseline: {
      value: 'NAME',
      repeated: true,
      help: `Also ask a simpler way to complete: ${Object.keys(BASELINES).join(', ')}.`,
    },
    ...JUDGE_OPTIONS,
    ...MODEL_OPTIONS,
    out: { value: 'FILE', help: "Also write the JSON document there, for 'wisp eval compare'." },
    'no-timings': {
      help: 'Leave measured times out of the JSON, so that two runs can be the same byte by byte.',
    },
  },
  notes: `A hole is {id, path, prefix, suffix, target, language, exclude?, class?}: prefix + suffix stand for the text of the
file while it is asked, and the files of exclude are out of the index.

--git takes the index from the tree before a commit, the text above the cursor from the commit, and the text below from
before it. Near-duplicates of a file are out of the index while it is asked. Nothing is checked out. Lines that stand
elsewhere between the same neighbours are in the totals, and the last row leaves them out.

--masked flatters: all the rest of the finished repository is in the index, what was written after the line included.
It is good for comparing two versions on the same lines, not for saying how Wisp does in daily work.

Variants are asked at the same holes in one run, and nothing that one has asked helps another. A difference comes with its
95 % interval from a paired bootstrap over commits (over lines, without --git), of the holes of code alone. Who is better
is told by exact match, precision and saved characters, or by what was saved of the typing; offers and edit similarity
rise with every wrong offer too. Each interval stands for itself: of twenty measures of two equals one may seem to differ.

Baselines are built after published descriptions. words: what VS Code does alone, the nearest word. copilot, cody: windows
of the open files that are like the lines above the cursor, and bm25: chunks of all files; what is measured is what can be
copied out of them, or with --recall what they find. top-line: a line of the best chunk. next-line: the line below the
place most like the cursor's in all files. Only --git knows which files were open. No guardrails look at them.

--judge asks a chat model, which may not be the one that wrote a variant's suggestions, at every hole where a variant and
the first one offer something and not the same. It is asked twice with the order swapped, and a win is what both orders
agree on. What it says is an opinion: it decides nothing, and sends code around the holes to WISP_MODEL_URL.

The same files, options, seed and version give the same JSON but for the members named ms or ...Ms, which --no-timings
sets to null. It holds the settings, but never the API key.

Interrupt once to end early: what was asked so far is still printed, as partial.`,
  async run(input, host) {
    const directory = await folderAt(input.operands[0]!);
    checkRecall(input);
    const entrants = await entrantsOf(input, host);
    const judge = judgeOf(input, entrants, host);
    return finish(
      await onGround(directory, input, host, ground => measured(ground, { entrants, judge }, input, host)),
      input,
    );
  },
};

function measured<H extends Hole>(
  ground: Ground<H>,
  { entrants, judge }: { readonly entrants: readonly Entrant[]; readonly judge: Judge | undefined },
  input: Input,
  host: Host,
): Promise<Output> {
  const trigger = input.options['whole-line'] ? 'wholeLine' : 'automatic';
  const givesNothing = input.options['no-retrieval'] === true;
  return withSites(ground, entrants, { host, trigger, givesNothing }, async sites => {
    const holes = await ground.holes(sites[0]!.engine);
    if (holes.length === 0) throw new Error('There are no holes to ask at.');
    const options = {
      directory: ground.directory,
      signal: host.signal,
      onProgress: (done: number, total: number) => host.progress('Asking', done, total),
    };
    const run: Run = { ...ground, entrants, version: host.version, givesNothing };
    const budgets = budgetsOf(input);
    if (budgets) {
      const recall = { ...options, clock: host.clock, budgets, retrievers: retrieversOf(input) };
      return tellRecall(sites[0]!, holes, recall, aboutOf(run));
    }
    if (input.options.typing) return toldLines(run, codeOf(holes), await typeAll(sites, holes, options));
    const answers = await askAll(sites, holes, options);
    const output = toldHoles(run, holes, answers);
    return judge ? withOpinions(output, judge, holes, answers, host) : output;
  });
}

async function finish(output: Output, input: Input): Promise<Output> {
  const json = input.options['no-timings'] ? withoutTimings(output.json) : output.json;
  const file = textOption(input, 'out');
  if (file !== undefined) {
    await writeFile(file, `${JSON.stringify(json)}\n`).catch(error => {
      throw new Error(`The results cannot be written: ${messageOf(error)}`);
    });
  }
  return { ...output, json };
}
