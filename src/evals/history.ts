import { GitFailure } from '../base/gitProcess.ts';
import { LANGUAGES, languageOfPath } from '../domain/languages.ts';
import { type ChangedFile, type CommitHole, commitHoles } from './commitHoles.ts';
import { holdsCode } from './cuts.ts';
import type { GitObjects } from './gitObjects.ts';
import type { FileChange } from './gitPatch.ts';
import { seeded } from './random.ts';
import { codeFilesIn } from './treeFiles.ts';
import { type HoleTwins, Twins } from './twins.ts';

/** A hole with what a user would have had around it, and with what could make it too easy. */
export interface HistoryHole extends CommitHole, HoleTwins {
  /** Files of code that the commits before left changed, newest first. They are in the tree before the commit. */
  readonly lately: readonly string[];
}

export interface HistoryOptions {
  readonly seed: number;
  /** Id of the newest commit to replay; without it, that of HEAD. */
  readonly from?: string;
  /** Replay so many commits that changed code, and take all of their holes. */
  readonly commits?: number | undefined;
  /** Without `commits`: go back until there are so many holes. */
  readonly holes?: number;
  /** Holes that it refuses are neither counted nor given. */
  readonly accept?: (hole: CommitHole) => boolean;
  /** Ends the walk early with the holes found so far. */
  readonly signal: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

export interface History {
  /** Oldest commit first, as they were made; within a commit in the order of its files and lines. */
  readonly holes: readonly HistoryHole[];
  /** Commits that were looked at, and those of them that have holes. */
  readonly looked: number;
  readonly commits: number;
}

/** Enough to tell settings apart that differ by a few points. */
const HOLES = 500;
/** A commit that adds more lines, or changes more files of code, was not typed: it was moved, merged or generated. */
const MOST_ADDED_LINES = 800;
const MOST_FILES = 30;
/** The limit of the index, by default. */
const MOST_FILE_BYTES = 512 * 1024;
/** What a user still has open of the last days' work. */
const COMMITS_LATELY = 5;
const FILES_LATELY = 8;

/**
 * Holes at lines of the newest commits (`commitHoles.ts`), merges aside. The same repository, options and seed give the
 * same holes; what is drawn of a commit does not depend on the other commits.
 * @throws one sentence if there is no commit to cut holes into.
 */
export async function historyHoles(objects: GitObjects, options: HistoryOptions): Promise<History> {
  const pathspecs = codeUnder(objects.prefix);
  const twins = new Twins(objects);
  const wanted = options.commits ?? options.holes ?? HOLES;
  const perCommit: HistoryHole[][] = [];
  let looked = 0;
  let count = 0;
  const done = () => (options.commits === undefined ? count : looked);
  for await (const id of objects.commitIds(pathspecs, options.from)) {
    if (done() >= wanted || options.signal.aborted) break;
    looked++;
    const all = await holesOf(id, { objects, twins, pathspecs, seed: options.seed });
    const found = options.accept ? all.filter(options.accept) : all;
    const taken = options.commits === undefined ? found.slice(0, wanted - count) : found;
    if (taken.length > 0) perCommit.unshift(taken);
    count += taken.length;
    options.onProgress?.(done(), wanted);
  }
  if (count === 0 && !options.signal.aborted) throw await nothingFound(objects, looked);
  // An engine that went back in time would have seen what comes next.
  return { holes: perCommit.flat(), looked, commits: perCommit.length };
}

/** The pathspecs of files of code below a folder of the repository. */
function codeUnder(prefix: string): readonly string[] {
  const folder = prefix.replace(/[\\*?[\]]/g, '\\$&');
  const endings = LANGUAGES.flatMap(({ extensions, filenames = [] }) => [
    ...extensions.map(extension => `*${extension}`),
    ...filenames,
  ]);
  return endings.filter(ending => holdsCode(ending)).map(ending => `:(top,glob)${folder}**/${ending}`);
}

interface Walk {
  readonly objects: GitObjects;
  readonly twins: Twins;
  readonly pathspecs: readonly string[];
  readonly seed: number;
}

async function holesOf(id: string, { objects, twins, pathspecs, seed }: Walk): Promise<HistoryHole[]> {
  const parent = (await objects.commit(id)).parents[0]!;
  const changes = await objects.changes(parent, id, pathspecs);
  const added = changes.flatMap(({ hunks }) => hunks).reduce((sum, { newCount }) => sum + newCount, 0);
  if (changes.length > MOST_FILES || added > MOST_ADDED_LINES || added === 0) return [];
  const files = await Promise.all(changes.map(change => read(change, objects)));
  const random = seeded(seed ^ Number.parseInt(id.slice(0, 8), 16));
  const present = files.filter(file => file !== undefined);
  const holes = commitHoles({ id, parent }, present, random);
  if (holes.length === 0) return [];
  const tree = await codeFilesIn((await objects.commit(parent)).tree, objects);
  const lately = await touchedLately(parent, new Set(tree.map(({ path }) => path)), objects);
  const found = await twins.of(holes, new Map(present.map(({ path, newText }) => [path, newText])), tree);
  return holes.map((hole, i) => {
    const exclude = [...(hole.exclude ?? []), ...found[i]!.nearDuplicates];
    return { ...hole, lately, ...found[i]!, ...(exclude.length > 0 && { exclude }) };
  });
}

async function touchedLately(
  commit: string,
  there: ReadonlySet<string>,
  objects: GitObjects,
): Promise<readonly string[]> {
  const touched = await objects.lastTouched(commit, COMMITS_LATELY);
  return touched
    .filter(path => path.startsWith(objects.prefix))
    .map(path => path.slice(objects.prefix.length))
    .filter(path => there.has(path))
    .slice(0, FILES_LATELY);
}

/** A change with its texts; undefined for what is no text, or not there, or too large. */
async function read(change: FileChange, objects: GitObjects): Promise<ChangedFile | undefined> {
  const { path, renamedFrom, oldBlob, newBlob, hunks } = change;
  const [oldText, newText] = await Promise.all([oldBlob, newBlob].map(blob => readText(blob, objects)));
  if (oldText === undefined || newText === undefined) return undefined;
  const within = (whole: string) => whole.slice(objects.prefix.length);
  return {
    path: within(path),
    ...(renamedFrom !== undefined && { renamedFrom: within(renamedFrom) }),
    language: languageOfPath(path)!.id,
    oldText,
    newText,
    hunks,
  };
}

async function readText(blob: string | undefined, objects: GitObjects): Promise<string | undefined> {
  return blob === undefined ? '' : objects.text(blob, MOST_FILE_BYTES);
}

async function nothingFound(objects: GitObjects, looked: number): Promise<Error> {
  if (objects.shallow) {
    const count = await objects.countCommits();
    const commits = count === 1 ? 'one commit' : `${count} commits`;
    return new GitFailure(
      `${objects.top} is a shallow clone with ${commits}, too few to replay: 'git fetch --unshallow' brings the rest.`,
    );
  }
  return new GitFailure(
    looked === 0
      ? `No commit of ${objects.top} after its first one changes code, so there is nothing to replay.`
      : `None of the ${looked} commits looked at in ${objects.top} adds lines of code that holes can be cut into.`,
  );
}
