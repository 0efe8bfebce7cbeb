import type { Found } from '../../retrieval/retriever.ts';
import type { SceneText } from './scene.ts';
import { MovingJaccard, wordsIn } from './wordSets.ts';

/**
 * Every window of `size` lines of a file, moved line by line, by how like it is to the words `here`, best first; of two
 * equals the upper one. A shorter file is one window.
 */
export function rankedWindows(
  { path, text }: SceneText,
  here: readonly string[],
  size: number,
): readonly Found[] {
  const lines = text.split(/\r?\n/).map(wordsIn);
  if (lines.at(-1)?.length === 0) lines.pop();
  const window = new MovingJaccard(here);
  const found: Found[] = [];
  for (const [i, words] of lines.entries()) {
    window.add(words);
    if (i >= size) window.remove(lines[i - size]!);
    if (i + 1 < size && i + 1 < lines.length) continue;
    const startLine = Math.max(0, i + 1 - size) + 1;
    found.push({ path, startLine, endLine: i + 1, score: window.similarity });
  }
  return found.sort((a, b) => b.score - a.score || a.startLine - b.startLine);
}

/** Best first; of equals, those of the file that was given first, and in it the upper ones. */
export function bestFirst(found: readonly Found[]): readonly Found[] {
  return found.toSorted((a, b) => b.score - a.score);
}

/** The words of the last `count` lines before the cursor, its own included. */
export function wordsBefore(prefix: string, count: number): readonly string[] {
  return wordsIn(prefix.split('\n').slice(-count).join('\n'));
}
