import { dirname, join, relative, sep } from 'node:path';
import { abortError } from '../base/abort.ts';
import { languageOfPath } from '../domain/languages.ts';
import type { Disk, Entry } from './disk.ts';
import type { Skipped, SkipReason } from './fileRecord.ts';
import { IgnoreScope, isMarkedForeign, isVersionControl, type RuleTexts } from './ignoreRules.ts';
import { isGeneratedName } from './machineMade.ts';
import { isSecretFile } from './secretFiles.ts';
import type { Root } from './workspacePaths.ts';

/** A file that may belong into the index, before anybody has read it. */
export interface FileRef {
  /** Slash-separated path within the workspace. */
  readonly path: string;
  /** Absolute path on disk. */
  readonly file: string;
  readonly size: number;
  readonly mtimeMs: number;
}

export interface ScanOptions {
  readonly root: Root;
  /** Glob patterns relative to the root: `wisp.exclude` and `files.exclude` together. */
  readonly exclude: readonly string[];
  readonly maxFileBytes: number;
  readonly disk: Disk;
  /** Looks only at this file or directory, a slash-separated path within the root. The rules above it hold all the same. */
  readonly under?: string;
}

export interface ScanBatch {
  readonly files: readonly FileRef[];
  readonly skipped: readonly Skipped[];
}

/** Directories that are read at once. The disk's own queue is the limit, more only holds more memory. */
const ABREAST = 16;
/** Files of one directory that are asked for their size at once. */
const STATS_ABREAST = 256;

/** A directory that is still to be read. */
interface Pending {
  readonly directory: string;
  /** Slash-separated path within the workspace, '' or ending in a slash. */
  readonly path: string;
  /** Makes the scope of this directory from its own rules. */
  readonly enter: (rules: RuleTexts) => IgnoreScope;
  /** Names that alone count in this directory and the ones below, outermost first. */
  readonly trail: readonly string[];
}

interface Visit {
  readonly directories: readonly Pending[];
  readonly files: readonly FileRef[];
  readonly skipped: readonly Skipped[];
}

/**
 * Walks a folder, nearest directories first and each in the order of names, so that the same tree gives the same
 * batches. Reads no file but the rule files. Links are not followed: what they lead to is either in the folder and read
 * there, or not in the workspace. What cannot be read is counted and never stops the walk; only an abort ends it, with
 * an abort error.
 */
export async function* scan(options: ScanOptions, signal: AbortSignal): AsyncGenerator<ScanBatch> {
  let pending: Pending[] = [await startOf(options)];
  while (pending.length > 0) {
    if (signal.aborted) throw abortError();
    const visits = await Promise.all(pending.slice(0, ABREAST).map(next => visit(next, options)));
    pending = [...pending.slice(ABREAST), ...visits.flatMap(({ directories }) => directories)];
    yield {
      files: visits.flatMap(({ files }) => files),
      skipped: visits.flatMap(({ skipped }) => skipped),
    };
  }
}

/** Walks the roots of a workspace, those of the given paths only; the empty path stands for everything. */
export async function* scanWorkspace(
  roots: readonly Root[],
  paths: readonly string[],
  options: Pick<ScanOptions, 'exclude' | 'maxFileBytes' | 'disk'>,
  signal: AbortSignal,
): AsyncGenerator<ScanBatch> {
  for (const root of roots) {
    for (const path of paths) {
      if (!`${path}/`.startsWith(root.prefix) && path !== '') continue;
      const under = path.slice(root.prefix.length);
      yield* scan({ ...options, root, ...(under === '' ? {} : { under }) }, signal);
    }
  }
}

async function startOf({ root, exclude, disk, under = '' }: ScanOptions): Promise<Pending> {
  const outer = await scopeFromAbove(root.directory, disk);
  return {
    directory: root.directory,
    path: root.prefix,
    enter: rules => outer(rules).excluding(exclude),
    trail: under.split('/').filter(Boolean),
  };
}

/** Makes a folder's scope from its own rules, below git's rules from the top of its repository down to it. */
async function scopeFromAbove(folder: string, disk: Disk): Promise<Pending['enter']> {
  const top = (await repositoryAround(folder, disk)) ?? folder;
  let directory = top;
  let enter = (rules: RuleTexts) => IgnoreScope.root(rules);
  for (const name of relative(top, folder).split(sep).filter(Boolean)) {
    const above = enter(await rulesIn(directory, await listOrNothing(directory, disk), disk));
    enter = rules => above.enter(name, rules);
    directory = join(directory, name);
  }
  return enter;
}

async function repositoryAround(folder: string, disk: Disk): Promise<string | undefined> {
  for (let directory = folder; ; directory = dirname(directory)) {
    const found = await disk.stat(join(directory, '.git')).catch(() => undefined);
    if (found) return directory;
    if (dirname(directory) === directory) return undefined;
  }
}

async function visit(at: Pending, options: ScanOptions): Promise<Visit> {
  const entries = await options.disk.list(at.directory).catch(() => undefined);
  const itself = (skipped: SkipReason) => ({
    directories: [],
    files: [],
    skipped: [{ path: at.path.replace(/\/$/, ''), skipped }],
  });
  if (!entries) return itself('unreadable');
  const isRoot = at.path === options.root.prefix;
  if (!isRoot && isMarkedForeign(entries)) return itself('dependency or build folder');

  const scope = at.enter(await rulesIn(at.directory, entries, options.disk));
  const [only, ...trail] = at.trail;
  const directories: Pending[] = [];
  const files: FileRef[] = [];
  const skipped: Skipped[] = [];
  const wanted = entries.filter(
    ({ name }) =>
      (only === undefined || name === only) &&
      !isVersionControl(name) &&
      !options.root.nested?.includes(join(at.directory, name)),
  );
  for (const slice of slices(wanted.toSorted(byName), STATS_ABREAST)) {
    const judged = await Promise.all(slice.map(entry => judge(entry, at, scope, options)));
    slice.forEach((entry, i) => {
      const verdict = judged[i]!;
      const path = at.path + entry.name;
      if (typeof verdict === 'string') skipped.push({ path, skipped: verdict });
      else if (verdict) files.push({ path, file: join(at.directory, entry.name), ...verdict });
      else {
        const enter = (rules: RuleTexts) => scope.enter(entry.name, rules);
        directories.push({ directory: join(at.directory, entry.name), path: `${path}/`, enter, trail });
      }
    });
  }
  return { directories, files, skipped };
}

/** Why an entry is left out, or the measures of a file that is not; undefined for a directory to be entered. */
async function judge(
  { name, kind }: Entry,
  { path, directory }: Pending,
  scope: IgnoreScope,
  { disk, maxFileBytes }: ScanOptions,
): Promise<SkipReason | Pick<FileRef, 'size' | 'mtimeMs'> | undefined> {
  if (kind === 'other') return 'unreadable';
  if (kind === 'directory') return scope.skips(name, true);
  if (kind === 'file') {
    const byItsName = skippedByName(path + name);
    if (byItsName) return byItsName;
  }
  // To git a link is a file, also where it leads to a directory.
  const byRule = scope.skips(name, false);
  if (byRule) return byRule;
  const stat = await disk.stat(join(directory, name)).catch(() => undefined);
  if (kind === 'link') return stat ? 'link' : 'broken link';
  if (!stat) return 'unreadable';
  return stat.size > maxFileBytes ? 'too large' : stat;
}

function skippedByName(path: string): SkipReason | undefined {
  if (isSecretFile(path)) return 'secret';
  if (isGeneratedName(path)) return 'generated';
  return languageOfPath(path) ? undefined : 'in no known language';
}

/** The rule files among a directory's entries. One that cannot be read says nothing. */
async function rulesIn(directory: string, entries: readonly Entry[], disk: Disk): Promise<RuleTexts> {
  const names = new Set(entries.map(({ name }) => name));
  const text = async (...way: string[]) => {
    const bytes = await disk.read(join(directory, ...way)).catch(() => new Uint8Array());
    return Buffer.from(bytes).toString('utf8');
  };
  return {
    ...(names.has('.gitignore') && { gitignore: await text('.gitignore') }),
    ...(names.has('.wispignore') && { wispignore: await text('.wispignore') }),
    ...(names.has('.git') && { gitExclude: await text('.git', 'info', 'exclude') }),
  };
}

const listOrNothing = (directory: string, disk: Disk) => disk.list(directory).catch((): Entry[] => []);

const byName = (a: Entry, b: Entry) => (a.name < b.name ? -1 : 1);

function* slices<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}
