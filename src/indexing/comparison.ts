import type { CodeIndex } from './codeIndex.ts';
import type { Disk } from './disk.ts';
import type { Skipped } from './fileRecord.ts';
import { type FileRef, scanWorkspace } from './scan.ts';
import { withinCap } from './sourceCap.ts';
import type { Root } from './workspacePaths.ts';

/** What may be read of the workspace. */
export interface ReadLimits {
  readonly exclude: readonly string[];
  readonly maxFileBytes: number;
  readonly maxSourceBytes: number;
  /** Paths that somebody works on: what is near them is read first where not all may be. */
  readonly workedOn?: () => readonly string[];
}

export interface Comparands extends ReadLimits {
  readonly index: CodeIndex;
  readonly disk: Disk;
  readonly roots: readonly Root[];
  /** Paths whose unsaved text is in the index in place of the disk's. */
  readonly overlaid: ReadonlySet<string>;
  /** Called with the files on the disk as they are found. */
  readonly found?: (files: readonly FileRef[]) => void;
}

/** What the disk has that the index has not, and the other way round. */
export interface Difference {
  /** Files to be read. */
  readonly wanted: readonly FileRef[];
  /** Paths of the index that are on disk no more, or may not be read any more. */
  readonly gone: readonly string[];
  readonly skipped: readonly Skipped[];
  /** Files that need not be read again. */
  readonly unchanged: number;
}

/** Whether a path is one of the given ones or lies below one; the empty path stands for everything. */
export function isAmong(paths: ReadonlySet<string>, path: string): boolean {
  if (paths.has('') || paths.has(path)) return true;
  for (let end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
    if (paths.has(path.slice(0, end))) return true;
  }
  return false;
}

/** Compares the index with the disk, at the given paths and below, by size and time of last change. */
export async function compare(
  paths: ReadonlySet<string>,
  { index, disk, roots, exclude, maxFileBytes, maxSourceBytes, workedOn, overlaid, found }: Comparands,
  signal: AbortSignal,
): Promise<Difference> {
  const seen = new Set<string>();
  const wanted: FileRef[] = [];
  const skipped: Skipped[] = [];
  const files: FileRef[] = [];
  for await (const batch of scanWorkspace(roots, [...paths], { exclude, maxFileBytes, disk }, signal)) {
    skipped.push(...batch.skipped);
    files.push(...batch.files);
    found?.(batch.files);
  }
  // Of a part of the workspace what is there already is known to fit.
  const known = (file: FileRef) => index.stamp(file.path)?.size ?? 0;
  const room = paths.has('')
    ? maxSourceBytes
    : maxSourceBytes - index.report.bytes + files.reduce((sum, file) => sum + known(file), 0);
  const { kept, left } = withinCap(files, room, workedOn?.() ?? []);
  for (const { path } of left) skipped.push({ path, skipped: 'over the source cap' });
  let unchanged = 0;
  for (const file of kept) {
    seen.add(file.path);
    const stamp = index.stamp(file.path);
    if (stamp?.size === file.size && stamp.mtimeMs === file.mtimeMs) unchanged++;
    else if (!overlaid.has(file.path)) wanted.push(file);
  }
  const gone = index.paths().filter(path => isAmong(paths, path) && !seen.has(path) && !overlaid.has(path));
  return { wanted, gone, skipped, unchanged };
}
