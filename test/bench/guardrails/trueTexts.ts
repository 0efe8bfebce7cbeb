import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { languageOfPath } from '../../../src/domain/languages.ts';
import { GitObjects } from '../../../src/evals/gitObjects.ts';
import { historyHoles } from '../../../src/evals/history.ts';
import { classOf, type Hole } from '../../../src/evals/holes.ts';
import { maskedHoles } from '../../../src/evals/maskedHoles.ts';
import { seeded } from '../../../src/evals/random.ts';

/** What truly stood at a place, and the document around it as it was when it was written. */
export interface TrueText extends Hole {
  readonly repository: string;
  readonly block: boolean;
}

/** Languages that history gives no holes of, because they are data or hardly written by hand. */
const FROM_FILES = ['json', 'html', 'css', 'shellscript'];

/** Of each folder's history: so many lines, and every block that was met on the way. */
export async function trueTexts(
  directory: string,
  { lines, seed }: { readonly lines: number; readonly seed: number },
): Promise<TrueText[]> {
  const repository = basename(directory);
  const objects = await GitObjects.open(directory);
  const signal = new AbortController().signal;
  // About one hole in twelve is a block; more are met than lines are wanted.
  const { holes } = await historyHoles(objects, { seed, holes: lines * 4, signal });
  objects.close();
  let left = lines;
  const found: TrueText[] = [];
  for (const { id, path, prefix, suffix, target, language, class: kind } of holes) {
    const block = kind === 'multi-line';
    if (kind === 'brackets' || (!block && left-- <= 0)) continue;
    found.push({ id, path, prefix, suffix, target, language, class: kind, repository, block });
  }
  for (const language of FROM_FILES) found.push(...(await textsInFiles(directory, language, seed)));
  return found;
}

const HOLES_A_LANGUAGE = 40;
const MOST_FILES = 150;

async function textsInFiles(directory: string, language: string, seed: number): Promise<TrueText[]> {
  const random = seeded(seed);
  const paths = globSync('**/*', {
    cwd: directory,
    exclude: name => /node_modules|\.git$/.test(String(name)),
  })
    .filter(path => languageOfPath(path)?.id === language)
    .sort();
  while (paths.length > MOST_FILES) paths.splice(random.below(paths.length), 1);
  const read = (path: string) => readFile(join(directory, path), 'utf8').catch(() => undefined);
  const holes = await maskedHoles(paths, read, { count: HOLES_A_LANGUAGE, random, language });
  const repository = basename(directory);
  return holes
    .map(hole => ({ ...hole, class: classOf(hole), repository, block: hole.target.includes('\n') }))
    .filter(({ target, prefix, suffix }) => /\w/.test(target) && prefix.length + suffix.length < 200_000);
}
