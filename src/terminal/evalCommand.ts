import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '../base/log.ts';
import { type Hole, parseHoles } from '../evals/holes.ts';
import { maskedHoles } from '../evals/maskedHoles.ts';
import { seeded } from '../evals/random.ts';
import { evaluate } from '../evals/run.ts';
import { type Command, type Input, numberOption, textOption, UsageError } from './command.ts';
import { ENGINE_OPTIONS, type Opened, withEngine } from './engine.ts';
import { evaluateHistory } from './evalHistory.ts';
import { told } from './evalReport.ts';
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
    typing: { help: 'With --git: type the lines, asking at every character, and tell what was saved.' },
    recall: {
      value: 'TOKENS,…',
      help: 'With --git: how many of the identifiers written next are retrieved within so many tokens.',
    },
    'no-session': { help: 'With --git: without the files that the author had open or had changed by then.' },
    masked: { value: 'N', help: 'Ask at N holes cut into lines of the folder as it is.' },
    seed: { value: 'S', help: 'Which lines are cut (default: 1); the same seed cuts the same lines.' },
    language: { value: 'ID', help: 'With --masked: only files of this VS Code language id.' },
    ...ENGINE_OPTIONS,
  },
  notes: `A hole is {id, path, prefix, suffix, target, language, exclude?, class?}: prefix + suffix stand for the text of the
file while it is asked, and the files of exclude are out of the index.

--git takes the index from the tree before a commit, the text above the cursor from the commit, and the text below from
before it. Near-duplicates of a file are out of the index while it is asked. Nothing is checked out. Lines that stand
elsewhere between the same neighbours are in the totals, and the last row leaves them out.

--masked flatters: all the rest of the finished repository is in the index, what was written after the line included.
It is good for comparing two versions on the same lines, not for saying how Wisp does in daily work.

Interrupt once to end early: what was asked so far is still printed, as partial.`,
  async run(input, host) {
    const directory = await folderAt(input.operands[0]!);
    oneSource(input);
    if (input.options.git) return evaluateHistory(directory, input, host);
    // All that can be wrong with what was asked for is found before anything is indexed.
    const source = await sourceOf(input, directory);
    return withEngine(directory, input, host, async ({ engine, settings }) => {
      const holes = await source(engine);
      if (holes.length === 0) throw new Error('There are no holes to ask at.');
      const evaluation = await evaluate(engine, holes, {
        directory,
        clock: host.clock,
        signal: host.signal,
        onProgress: (done, total) => host.progress('Asking', done, total),
      });
      const { summary } = evaluation;
      const run = { version: host.version, node: process.version, options: input.options, settings };
      return {
        json: { ...evaluation, run },
        text: told(summary),
        ...(summary.partial ? { incomplete: `Ended after ${summary.n} of ${holes.length} holes.` } : {}),
      };
    });
  },
};

type HoleSource = (engine: Opened['engine']) => Promise<readonly Hole[]>;

/** @throws UsageError unless it is clear where the holes come from. */
function oneSource({ options }: Input): void {
  const sources = ['git', 'holes', 'masked'].filter(name => options[name] !== undefined);
  if (sources.length !== 1) throw new UsageError("'wisp eval' needs one of --git, --holes and --masked.");
  const forGit = ['commits', 'typing', 'recall', 'no-session'].find(name => options[name] !== undefined);
  if (forGit && !options.git) throw new UsageError(`--${forGit} goes with --git.`);
}

async function sourceOf(input: Input, directory: string): Promise<HoleSource> {
  const file = textOption(input, 'holes');
  if (file !== undefined) {
    const holes = await readHoles(file);
    return async () => holes;
  }
  const masking = {
    count: numberOption(input, 'masked', 1, 1),
    random: seeded(numberOption(input, 'seed', 0, 1)),
    language: textOption(input, 'language'),
  };
  const read = (path: string) => readFile(join(directory, path), 'utf8').catch(() => undefined);
  return async engine => maskedHoles(await engine.files({}), read, masking);
}

async function readHoles(file: string): Promise<readonly Hole[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new Error(`The holes in ${file} cannot be read: ${messageOf(error)}`);
  }
  try {
    return parseHoles(text);
  } catch (error) {
    throw new Error(`${file}: ${messageOf(error)}`);
  }
}
