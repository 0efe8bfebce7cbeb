import type { FileRef } from './scan.ts';

/**
 * Which files may be read if all of them together may not be larger than `most` bytes: those nearest to the files that
 * somebody works on, by folders to walk up and down, and of equally near ones those that were changed last. If nobody
 * works on any, what lies deepest is farthest.
 */
export function withinCap(
  files: readonly FileRef[],
  most: number,
  workedOn: readonly string[],
): { readonly kept: readonly FileRef[]; readonly left: readonly FileRef[] } {
  if (files.reduce((sum, { size }) => sum + size, 0) <= most) return { kept: files, left: [] };
  const from = workedOn.length === 0 ? [[]] : workedOn.map(foldersOf);
  const steps = new Map<string, number>();
  const stepsTo = (path: string) => {
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    let known = steps.get(folder);
    if (known === undefined) {
      const own = foldersOf(path);
      known = Math.min(...from.map(other => own.length + other.length - 2 * shared(own, other)));
      steps.set(folder, known);
    }
    return known;
  };
  const order = (a: FileRef, b: FileRef) => stepsTo(a.path) - stepsTo(b.path) || b.mtimeMs - a.mtimeMs;
  let bytes = 0;
  const kept = new Set<FileRef>();
  for (const file of [...files].sort(order)) {
    if (bytes + file.size > most) continue;
    bytes += file.size;
    kept.add(file);
  }
  return { kept: files.filter(file => kept.has(file)), left: files.filter(file => !kept.has(file)) };
}

function foldersOf(path: string): readonly string[] {
  return path.split('/').slice(0, -1);
}

function shared(one: readonly string[], other: readonly string[]): number {
  let same = 0;
  while (same < one.length && one[same] === other[same]) same++;
  return same;
}
