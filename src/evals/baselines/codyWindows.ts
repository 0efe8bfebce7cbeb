import { languageOf, languageOfPath } from '../../domain/languages.ts';
import type { CompletionContext } from '../../domain/request.ts';
import type { Found, Retriever } from '../../retrieval/retriever.ts';
import type { Scene } from './scene.ts';
import { bestFirst, rankedWindows, wordsBefore } from './windows.ts';

const WINDOW_LINES = 50;
const MOST_OF_A_FILE = 20;

/**
 * Context as Sourcegraph's Cody is described: open and recent files of the same family of languages in windows of 50
 * lines, ranked by the Jaccard similarity of their words with those of the 50 lines before the cursor; windows that do
 * not overlap, at most 20 of a file.
 *
 * Source: Philipp Spiess, "The lifecycle of a code AI completion" (Sourcegraph blog, 2023), and the settings of
 * sourcegraph/cody (2025). It compares stems of words where this compares the words.
 */
export class CodyWindows implements Retriever {
  readonly name = 'cody';
  readonly #scene: Scene;

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  retrieve({ document, prefix }: CompletionContext): readonly Found[] {
    const { family } = languageOf(document.languageId);
    const here = wordsBefore(prefix, WINDOW_LINES);
    const files = this.#scene.open().filter(({ path }) => languageOfPath(path)?.family === family);
    return bestFirst(files.flatMap(file => apart(rankedWindows(file, here, WINDOW_LINES))));
  }
}

/** The best of one file's windows that do not overlap a better one. */
function apart(ranked: readonly Found[]): readonly Found[] {
  const kept: Found[] = [];
  for (const window of ranked) {
    if (kept.length === MOST_OF_A_FILE) break;
    const overlaps = kept.some(
      other => window.startLine <= other.endLine && other.startLine <= window.endLine,
    );
    if (window.score > 0 && !overlaps) kept.push(window);
  }
  return kept;
}
