import { joinedHash, shortHash, sortedSet } from './shortHash.ts';

/** A line with its neighbours, without the white space around them; blank lines are passed over, '' is the file's end. */
export interface Neighbourhood {
  readonly above: string;
  readonly line: string;
  readonly below: string;
}

/** What stands around the line of this number, from 0, which is not blank. */
export function neighbourhoodOf(lines: readonly string[], number: number): Neighbourhood {
  let above = number - 1;
  while (above >= 0 && lines[above]!.trim() === '') above--;
  let below = number + 1;
  while (below < lines.length && lines[below]!.trim() === '') below++;
  return {
    above: lines[above]?.trim() ?? '',
    line: lines[number]!.trim(),
    below: lines[below]?.trim() ?? '',
  };
}

/**
 * Paths of the files in which a hole's line stands between the same neighbours, so that who has them in the index can
 * copy the answer. The hole's own file and those that it leaves out of the index are passed over.
 */
export function leaks(
  hole: {
    readonly path: string;
    readonly exclude?: readonly string[] | undefined;
    readonly neighbourhood: Neighbourhood;
  },
  files: Iterable<{ readonly path: string; readonly text: string }>,
): readonly string[] {
  const out = new Set([hole.path, ...(hole.exclude ?? [])]);
  const found: string[] = [];
  for (const { path, text } of files) {
    if (!out.has(path) && holds(text, hole.neighbourhood)) found.push(path);
  }
  return found;
}

function holds(text: string, { above, line, below }: Neighbourhood): boolean {
  if (!text.includes(line)) return false;
  return triples(text).some(
    triple => triple.above === above && triple.line === line && triple.below === below,
  );
}

function triples(text: string): readonly Neighbourhood[] {
  const lines = text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '');
  return lines.map((line, i) => ({ above: lines[i - 1] ?? '', line, below: lines[i + 1] ?? '' }));
}

/** The hashes of all lines with their neighbours, in ascending order: a quick no for `leaks` over thousands of files. */
export function neighbourhoodsIn(text: string): Uint32Array {
  return sortedSet(Uint32Array.from(triples(text), hashOfNeighbourhood));
}

/** Whether a line with neighbours of this hash may stand in the text of these hashes; false is certain. */
export function mayHold(hashes: Uint32Array, wanted: number): boolean {
  let low = 0;
  let high = hashes.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (hashes[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return hashes[low] === wanted;
}

export function hashOfNeighbourhood({ above, line, below }: Neighbourhood): number {
  return joinedHash([above, line, below].map(shortHash), 0, 3);
}
