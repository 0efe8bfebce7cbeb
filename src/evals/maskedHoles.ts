import { languageOf, languageOfPath } from '../domain/languages.ts';
import { cutsOf, holdsCode, MOST_LINE_CHARS } from './cuts.ts';
import type { Hole } from './holes.ts';
import { type LineKind, lineKinds } from './lineKinds.ts';
import type { Random } from './random.ts';

export interface Masking {
  /** How many holes to make; fewer come back where the files have fewer lines. */
  readonly count: number;
  readonly random: Random;
  /** Only files of this language; without it, all that hold code rather than data or prose. */
  readonly language?: string | undefined;
}

/**
 * Holes cut into files as they are now: the rest of a line is taken away, what stands above and below stays. Lines are
 * drawn from all files with equal chance and each once. The holes come back in the order drawn, so that the first of
 * them are a fair sample too.
 * @param read gives a file's text; undefined where it cannot be read.
 */
export async function maskedHoles(
  paths: readonly string[],
  read: (path: string) => Promise<string | undefined>,
  { count, random, language }: Masking,
): Promise<readonly Hole[]> {
  const wanted = paths.filter(path => holdsCode(path, language));
  const places: { readonly path: string; readonly first: number; readonly lines: Uint32Array }[] = [];
  let total = 0;
  for (const path of wanted) {
    const lines = maskableLines(await read(path), path);
    if (lines.length === 0) continue;
    places.push({ path, first: total, lines });
    total += lines.length;
  }
  const holes: Hole[] = [];
  for (const drawn of distinct(Math.min(count, total), total, random)) {
    const place = places.findLast(({ first }) => first <= drawn)!;
    const text = await read(place.path);
    const hole = text && cutLine(text, place.path, place.lines[drawn - place.first]!, random);
    if (hole) holes.push(hole);
  }
  return holes;
}

/** Zero-based numbers of the lines that a hole can be cut into. */
function maskableLines(text: string | undefined, path: string): Uint32Array {
  if (text === undefined) return new Uint32Array();
  const lines = text.split('\n');
  const kinds = kindsIn(lines, path);
  const fits = (line: string, i: number) =>
    kinds[i] !== 'blank' && line.length <= MOST_LINE_CHARS && cutsOf(line, kinds[i]!).length > 0;
  return Uint32Array.from(lines.flatMap((line, i) => (fits(line, i) ? [i] : [])));
}

function kindsIn(lines: readonly string[], path: string): LineKind[] {
  return lineKinds(lines, languageOfPath(path) ?? languageOf(''));
}

/** `count` different numbers below `limit`, in random order. */
function distinct(count: number, limit: number, random: Random): Set<number> {
  const drawn = new Set<number>();
  while (drawn.size < count) drawn.add(random.below(limit));
  return drawn;
}

function cutLine(text: string, path: string, index: number, random: Random): Hole | undefined {
  const lines = text.split('\n');
  const line = lines[index];
  const kind = kindsIn(lines, path)[index];
  if (line === undefined || kind === undefined) return undefined;
  const cuts = cutsOf(line, kind);
  // A class first: a long line has many places in its middle, and only one start.
  const classes = [...new Set(cuts.map(cut => cut.class))];
  const chosen = classes[random.below(classes.length)];
  const among = cuts.filter(cut => cut.class === chosen);
  const cut = among[random.below(among.length)];
  if (!cut) return undefined;
  const end = line.endsWith('\r') ? line.length - 1 : line.length;
  const start = lines.slice(0, index).reduce((sum, above) => sum + above.length + 1, 0);
  return {
    id: `${path}:${index + 1}:${cut.at + 1}`,
    path,
    prefix: text.slice(0, start + cut.at),
    target: line.slice(cut.at, end),
    suffix: text.slice(start + end),
    language: languageOfPath(path)!.id,
    class: kind === 'code' ? cut.class : kind,
  };
}
