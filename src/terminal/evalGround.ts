import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { git } from '../base/gitProcess.ts';
import { hashOf } from '../base/hash.ts';
import { messageOf } from '../base/log.ts';
import type { Remote } from '../base/port.ts';
import { type ComposeOptions, composeShapes } from '../compose.ts';
import type { EngineApi } from '../engine/api.ts';
import { behindDot } from '../evals/behindDot.ts';
import type { CommitHole } from '../evals/commitHoles.ts';
import { GitObjects } from '../evals/gitObjects.ts';
import { GitTreeDisk } from '../evals/gitTree.ts';
import { type History, type HistoryHole, historyHoles } from '../evals/history.ts';
import { type Hole, parseHoles } from '../evals/holes.ts';
import { maskedHoles } from '../evals/maskedHoles.ts';
import { seeded } from '../evals/random.ts';
import { leavesNames } from '../evals/recallRun.ts';
import { Replay } from '../evals/replay.ts';
import { syntaxHoles } from '../evals/syntaxHoles.ts';
import type { Site } from '../evals/variants/contest.ts';
import { type Host, type Input, numberOption, textOption, UsageError } from './command.ts';

/** Where holes come from, and the workspace in which they are asked. */
export interface Ground<H extends Hole = Hole> {
  /** The workspace folder's absolute path. */
  readonly directory: string;
  /** What a result file says of it. */
  readonly source: object;
  readonly history?: History;
  /** What an engine reads the workspace through, and how it is then taken from hole to hole; one for each engine. */
  look(): Promise<Look<H>>;
  /** The holes, as an engine that has the workspace in its index makes them. */
  holes(engine: Remote<EngineApi>): Promise<readonly H[]>;
}

export interface Look<H extends Hole> {
  readonly options: Pick<ComposeOptions, 'disk'>;
  /** The text of a file as it is there now, the same string until it changes. */
  readonly readNow: (file: string) => string | undefined;
  readonly guide: (engine: Remote<EngineApi>) => Guide<H>;
}

/** Takes an engine from hole to hole. */
export interface Guide<H extends Hole> {
  readonly enter: Site<H>['enter'];
  /** Texts of the documents that the author had open there, by path, the one opened last last. */
  readonly open: ReadonlyMap<string, string>;
}

/**
 * Does `work` on the ground that the options ask for. All that can be wrong with them is found before anything is indexed.
 * @throws UsageError unless it is clear where the holes come from, and one sentence if there are none.
 */
export async function onGround<T>(
  directory: string,
  input: Input,
  host: Host,
  work: <H extends Hole>(ground: Ground<H>) => Promise<T>,
): Promise<T> {
  const sources = ['git', 'holes', 'masked'].filter(name => input.options[name] !== undefined);
  if (sources.length !== 1) throw new UsageError("'wisp eval' needs one of --git, --holes and --masked.");
  const forGit = ['commits', 'at', 'no-session', 'recall', 'members'].find(
    name => input.options[name] !== undefined,
  );
  if (forGit && !input.options.git) throw new UsageError(`--${forGit} goes with --git.`);
  const forMasked = ['language', 'syntax'].find(name => input.options[name] !== undefined);
  if (forMasked && !input.options.masked) throw new UsageError(`--${forMasked} goes with --masked.`);
  if (!input.options.git) return work(await presentGround(directory, input, host));
  const objects = await GitObjects.open(directory);
  try {
    return await work(await historyGround(objects, input, host));
  } finally {
    objects.close();
  }
}

async function historyGround(
  objects: GitObjects,
  input: Input,
  { signal, progress }: Host,
): Promise<Ground<HistoryHole>> {
  const seed = numberOption(input, 'seed', 0, 1);
  const commits =
    textOption(input, 'commits') === undefined ? undefined : numberOption(input, 'commits', 1, 1);
  const session = !input.options['no-session'];
  const head = await objects.idOf(textOption(input, 'at') ?? 'HEAD');
  const onProgress = (done: number, total: number) => progress('Reading commits', done, total);
  const placed = input.options.members ? behindDot<CommitHole> : (hole: CommitHole) => hole;
  const accept = (hole: CommitHole) => {
    const there = placed(hole);
    return there !== undefined && (!input.options.recall || leavesNames(there));
  };
  const drawn = await historyHoles(objects, {
    seed,
    from: head,
    commits,
    signal,
    onProgress,
    accept,
  });
  const history = { ...drawn, holes: drawn.holes.map(hole => ({ ...hole, ...placed(hole) })) };
  const first = history.holes[0];
  if (!first) throw new Error('Ended before there was a hole to ask at.');
  const directory = join(objects.top, objects.prefix);
  return {
    directory,
    source: {
      ...{ kind: 'git', seed, commits: commits ?? null, session, head },
      ...(input.options.members && { members: true }),
    },
    history,
    async look() {
      const disk = new GitTreeDisk(objects);
      await disk.checkout(first.parent);
      return {
        options: { disk },
        readNow: disk.readNow,
        guide: engine => new Replay({ engine, disk, directory, session }),
      };
    },
    holes: async () =>
      session ? history.holes : history.holes.map(hole => ({ ...hole, before: undefined })),
  };
}

async function presentGround(directory: string, input: Input, { assets }: Host): Promise<Ground> {
  const head = await headOf(directory);
  const common = {
    directory,
    look: async () => ({
      options: {},
      readNow: readOnce(),
      guide: () => ({ enter: async () => {}, open: new Map<string, string>() }),
    }),
  };
  const file = textOption(input, 'holes');
  if (file !== undefined) {
    const { holes, hash } = await readHoles(file);
    const source = { kind: 'holes', file: basename(file), hash, head };
    return { ...common, source, holes: async () => holes };
  }
  const count = numberOption(input, 'masked', 1, 1);
  const seed = numberOption(input, 'seed', 0, 1);
  const language = textOption(input, 'language');
  const syntax = input.options.syntax === true;
  const read = (path: string) => readFile(join(directory, path), 'utf8').catch(() => undefined);
  return {
    ...common,
    source: { kind: 'masked', count, seed, language: language ?? null, syntax, head },
    async holes(engine) {
      const paths = await engine.files({});
      const masking = { count, random: seeded(seed), language };
      if (!syntax) return maskedHoles(paths, read, masking);
      const shapes = composeShapes(assets);
      return syntaxHoles(paths, read, (grammar, text) => shapes.in(grammar, text), masking);
    },
  };
}

/** Nobody is meant to change the folder meanwhile. */
function readOnce(): (file: string) => string | undefined {
  const texts = new Map<string, string | undefined>();
  return file => {
    if (!texts.has(file)) texts.set(file, readText(file));
    return texts.get(file);
  };
}

function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

async function readHoles(file: string): Promise<{ readonly holes: readonly Hole[]; readonly hash: string }> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new Error(`The holes in ${file} cannot be read: ${messageOf(error)}`);
  }
  try {
    return { holes: parseHoles(text), hash: hashOf(text) };
  } catch (error) {
    throw new Error(`${file}: ${messageOf(error)}`);
  }
}

/** The commit that a folder's repository is at; null without one. */
async function headOf(directory: string): Promise<string | null> {
  return git(directory, ['rev-parse', '--verify', '--quiet', 'HEAD']).then(
    output => output.toString('utf8').trim(),
    () => null,
  );
}
