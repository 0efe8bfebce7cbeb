import { languageOf, languageOfPath } from '../../domain/languages.ts';
import type { CompletionContext } from '../../domain/request.ts';
import type { Baseline } from './baseline.ts';
import { aboveCursor, type CopiedLine, LINES_ABOVE, restOfLine } from './copying.ts';
import type { Scene, SceneText } from './scene.ts';
import { MovingJaccard, wordsIn } from './wordSets.ts';

interface Written {
  readonly line: string;
  readonly words: readonly string[];
}

/**
 * Copies the line below the stretch of five written lines that is, in the whole workspace, most like the five above the
 * cursor: nearest neighbour search as a completion model.
 *
 * Source: the idea of Khandelwal et al., "Generalization through Memorization: Nearest Neighbor Language Models" (ICLR
 * 2020), with lines for tokens, the Jaccard similarity of words for the distance, and no model beside it.
 */
export class NextLine implements Baseline {
  readonly name = 'next-line';
  readonly #scene: Scene;
  readonly #written = new WeakMap<SceneText, readonly Written[]>();
  #last: { readonly key: string; readonly lines: readonly CopiedLine[] } | undefined;

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  complete({ document, prefix, requestId }: CompletionContext): string | undefined {
    const above = prefix.slice(0, prefix.lastIndexOf('\n') + 1);
    // While a line is typed, all but its own text stays.
    const key = `${requestId} ${document.path} ${above}`;
    if (this.#last?.key !== key) {
      const { family } = languageOf(document.languageId);
      this.#last = { key, lines: this.#lines(aboveCursor(prefix), family) };
    }
    return restOfLine(prefix, this.#last.lines);
  }

  #lines(here: ReadonlySet<string>, family: string): readonly CopiedLine[] {
    const found: CopiedLine[] = [];
    for (const file of this.#scene.files()) {
      if (languageOfPath(file.path)?.family !== family) continue;
      const lines = this.#writtenIn(file);
      const window = new MovingJaccard(here);
      for (const [i, { line, words }] of lines.entries()) {
        const { similarity } = window;
        if (i > 0 && similarity > 0) found.push({ line, similarity });
        window.add(words);
        if (i >= LINES_ABOVE) window.remove(lines[i - LINES_ABOVE]!.words);
      }
    }
    return found;
  }

  #writtenIn(file: SceneText): readonly Written[] {
    let written = this.#written.get(file);
    if (!written) {
      written = file.text
        .split(/\r?\n/)
        .map(line => line.trim())
        .filter(line => line !== '')
        .map(line => ({ line, words: wordsIn(line) }));
      this.#written.set(file, written);
    }
    return written;
  }
}
