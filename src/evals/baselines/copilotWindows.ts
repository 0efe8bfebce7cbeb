import { languageOf, languageOfPath } from '../../domain/languages.ts';
import type { CompletionContext } from '../../domain/request.ts';
import type { Found, Retriever } from '../../retrieval/retriever.ts';
import type { Scene } from './scene.ts';
import { bestFirst, rankedWindows, wordsBefore } from './windows.ts';

const WINDOW_LINES = 60;
const MOST_SNIPPETS = 4;
const MOST_FILES = 20;
const MOST_FILE_CHARS = 10_000;

/**
 * Neighbouring tabs as GitHub Copilot is described: the files opened last in the same language, cut into windows of 60
 * lines, ranked by the Jaccard similarity of their words with those of the 60 lines before the cursor; the best window
 * of each file, four in all.
 *
 * Source: Parth Thakkar, "Copilot Internals" (thakkarparth007.github.io/copilot-explorer, 2022), section on snippets; the
 * limits of files and characters are those of microsoft/vscode-copilot-chat (2026). Its stop words are left out here.
 */
export class CopilotWindows implements Retriever {
  readonly name = 'copilot';
  readonly #scene: Scene;

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  retrieve({ document, prefix }: CompletionContext): readonly Found[] {
    const language = languageOf(document.languageId).id;
    const here = wordsBefore(prefix, WINDOW_LINES);
    const files = this.#scene.open().filter(({ path }) => languageOfPath(path)?.id === language);
    const best = files.slice(0, MOST_FILES).flatMap(({ path, text }) => {
      const [window] = rankedWindows({ path, text: text.slice(0, MOST_FILE_CHARS) }, here, WINDOW_LINES);
      return window && window.score > 0 ? [window] : [];
    });
    return bestFirst(best).slice(0, MOST_SNIPPETS);
  }
}
