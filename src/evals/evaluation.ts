import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Clock } from '../base/clock.ts';
import { GitFailure, git } from '../base/gitProcess.ts';
import { inProcess, type Remote } from '../base/port.ts';
import { type ComposeOptions, compose } from '../compose.ts';
import type { EngineApi } from '../engine/api.ts';
import { type Disk, nodeDisk } from '../indexing/disk.ts';
import type { EvaluationEvents, EvaluationJob } from './api.ts';
import { GitObjects } from './gitObjects.ts';
import { GitTreeDisk } from './gitTree.ts';
import { type History, type HistoryHole, historyHoles } from './history.ts';
import type { Hole } from './holes.ts';
import { maskedHoles } from './maskedHoles.ts';
import { seeded } from './random.ts';
import { Replay } from './replay.ts';
import { caseOf, type Heard, heardOf } from './report/case.ts';
import type { HoleSource, ReportData } from './report/data.ts';
import { counted } from './report/numbers.ts';
import { evaluate, GUARD_BUDGET_MS } from './run.ts';
import { summarise } from './summary.ts';

export interface EvaluationHost {
  /** Absolute path of the folder with `grammars/`. */
  readonly assets: string;
  readonly clock: Clock;
  readonly events: EvaluationEvents;
  /** Ends the evaluation early with the holes asked so far. */
  readonly signal: AbortSignal;
  /** Called before a file is read and before a hole is asked, which waits until it resolves. */
  readonly breathe: () => Promise<void>;
}

/** Fewer holes from history say less than lines of the present files. */
const LEAST_HISTORY = 30;

/**
 * Asks an engine of its own at holes of one folder: at lines that the newest commits added, or, where there is no history
 * to speak of, at lines of the files as they are. Reads only, and keeps nothing on disk.
 * @throws one sentence if there is nothing to ask at.
 */
export async function evaluateRepository(job: EvaluationJob, host: EvaluationHost): Promise<ReportData> {
  const past = await openHistory(job, host);
  try {
    return 'history' in past ? await replayed(job, host, past) : await masked(job, host, past.because);
  } finally {
    if ('history' in past) past.objects.close();
  }
}

interface Past {
  readonly objects: GitObjects;
  readonly history: History;
}

async function openHistory(
  job: EvaluationJob,
  { signal, events }: EvaluationHost,
): Promise<Past | { readonly because: string }> {
  let objects: GitObjects | undefined;
  try {
    objects = await GitObjects.open(job.directory);
    const onProgress = (done: number, total: number) =>
      events.progress({ stage: 'Reading the history', done, total });
    const history = await historyHoles(objects, { seed: job.seed, holes: job.holes, signal, onProgress });
    if (signal.aborted || history.holes.length >= Math.min(job.holes, LEAST_HISTORY)) {
      return { objects, history };
    }
    objects.close();
    return { because: `The history gives only ${counted(history.holes.length, 'place')} to ask at.` };
  } catch (error) {
    objects?.close();
    if (!(error instanceof GitFailure)) throw error;
    return { because: withoutPaths(error.message, job.directory, objects?.top) };
  }
}

/** A report is passed on, and where a folder lies is nobody's business. */
function withoutPaths(sentence: string, ...paths: readonly (string | undefined)[]): string {
  const told = paths.reduce<string>(
    (text, path) => (path ? text.replaceAll(path, 'the folder') : text),
    sentence,
  );
  return told.charAt(0).toUpperCase() + told.slice(1);
}

async function replayed(job: EvaluationJob, host: EvaluationHost, past: Past): Promise<ReportData> {
  const { objects, history } = past;
  const directory = join(objects.top, objects.prefix);
  const disk = new GitTreeDisk(objects);
  const [first] = history.holes;
  if (first) await disk.checkout(first.parent);
  const source: HoleSource = {
    kind: 'history',
    commits: history.commits,
    nearDuplicates: history.holes.filter(hole => hole.nearDuplicates.length > 0).length,
  };
  return withEngine(job, host, { directory, disk }, engine => {
    const replay = new Replay({ engine, disk, directory, session: true });
    const read = (path: string) => disk.read(join(directory, path)).then(decode, () => undefined);
    return asked(engine, history.holes, { job, host, directory, source, enter: replay.enter, read });
  });
}

async function masked(job: EvaluationJob, host: EvaluationHost, because: string): Promise<ReportData> {
  const { directory, seed, holes: count } = job;
  const read = (path: string) => readFile(join(directory, path), 'utf8').catch(() => undefined);
  return withEngine(job, host, { directory }, async engine => {
    const holes = await maskedHoles(await engine.files({}), read, { count, random: seeded(seed) });
    if (holes.length === 0 && !host.signal.aborted) {
      throw new Error('There is no code in this folder that a suggestion could be measured on.');
    }
    const source: HoleSource = { kind: 'masked', because };
    return asked(engine, holes, { job, host, directory, source, enter: async () => {}, read });
  });
}

/** Where the workspace lies, and what it is read from if not from this machine's disk. */
interface Place {
  readonly directory: string;
  readonly disk?: GitTreeDisk;
}

/** Does `work` with an engine of its own, which keeps nothing, and shuts it down whatever happens. */
async function withEngine<T>(
  job: EvaluationJob,
  { assets, clock, events, signal, breathe }: EvaluationHost,
  { directory, disk }: Place,
  work: (engine: Remote<EngineApi>) => Promise<T>,
): Promise<T> {
  const options: ComposeOptions = {
    assets,
    clock,
    indexer: 'in-process',
    guardBudgetMs: GUARD_BUDGET_MS,
    disk: breathing(disk ?? nodeDisk, breathe),
    ...(disk && { readNow: disk.readNow }),
    events: {
      status({ index }) {
        if (index.state === 'indexing')
          events.progress({ stage: 'Indexing', done: index.done, total: index.total });
      },
      improved() {},
      outage: ({ message }) => events.log({ level: 'warn', message }),
      log: line => events.log(line),
    },
  };
  const engine = inProcess(compose(options).api);
  try {
    // Who turned Wisp off may still want to know what it would be worth.
    const settings = { ...job.settings, enable: true };
    await engine.configure({ settings, ...(job.apiKey !== undefined && { apiKey: job.apiKey }) });
    const folders = [{ name: basename(directory), directory }];
    await engine.openWorkspace({ folders, trusted: true, filesExclude: job.filesExclude });
    await engine.indexed({}, signal).catch(error => {
      if (!signal.aborted) throw error;
    });
    return await work(engine);
  } finally {
    await engine.shutdown({});
  }
}

/** The same disk, of which a file is read when `breathe` lets it. */
function breathing(disk: Disk, breathe: () => Promise<void>): Disk {
  return {
    list: directory => disk.list(directory),
    stat: file => disk.stat(file),
    async read(file) {
      await breathe();
      return disk.read(file);
    },
  };
}

type Asked = Hole & Partial<Pick<HistoryHole, 'commit' | 'seenIn' | 'recent'>>;

interface Asking<H> {
  readonly job: EvaluationJob;
  readonly host: EvaluationHost;
  readonly directory: string;
  readonly source: HoleSource;
  readonly enter: (hole: H) => Promise<void>;
  /** The text of a file of the workspace by its path, as the engine reads it. */
  readonly read: (path: string) => Promise<string | undefined>;
}

async function asked<H extends Asked>(
  engine: Remote<EngineApi>,
  holes: readonly H[],
  { job, host, directory, source, enter, read }: Asking<H>,
): Promise<ReportData> {
  const { clock, signal, events, breathe } = host;
  const at = clock.now();
  const start = clock.elapsed();
  const heard = new Map<string, Heard>();
  const { summary, holes: results } = await evaluate(engine, holes, {
    directory,
    clock,
    signal,
    async enter(hole) {
      await breathe();
      await enter(hole);
    },
    async onAnswer(hole, answer) {
      heard.set(hole.id, await heardOf(answer, path => textAt(hole, path, read)));
    },
    onProgress: (done, total) => events.progress({ stage: 'Asking', done, total }),
  });
  const unseen = results.filter((_, i) => (holes[i]!.seenIn ?? []).length === 0);
  const { settings, seed, version } = job;
  return {
    repository: job.name,
    head: await headOf(job.directory),
    source,
    planned: holes.length,
    seed,
    settings,
    versions: { wisp: version, node: process.versions.node },
    at,
    seconds: (clock.elapsed() - start) / 1000,
    summary,
    unseen: unseen.length === results.length ? null : summarise(unseen, summary.partial).code,
    cases: results.map((result, i) => caseOf(holes[i]!, result, heard.get(result.id)!)),
  };
}

/** The text of a file while a hole is asked: what the author had not saved by then stands for what is on the disk. */
async function textAt(
  { path, prefix, suffix, recent = [] }: Asked,
  wanted: string,
  read: (path: string) => Promise<string | undefined>,
): Promise<string | undefined> {
  if (wanted === path) return prefix + suffix;
  return recent.find(file => file.path === wanted)?.text ?? read(wanted);
}

const decode = (content: Uint8Array): string => new TextDecoder().decode(content);

async function headOf(directory: string): Promise<string | null> {
  return git(directory, ['rev-parse', 'HEAD']).then(
    output => output.toString('utf8').trim(),
    () => null,
  );
}
