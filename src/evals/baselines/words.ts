import { languageOf, languageOfPath } from '../../domain/languages.ts';
import type { CompletionContext } from '../../domain/request.ts';
import type { Baseline } from './baseline.ts';
import type { Scene } from './scene.ts';

const WORD = /[\p{L}_$][\p{L}\p{N}_$]*/gu;

/**
 * Word-based suggestions, what VS Code does alone: once a word is begun, the nearest word of the document that begins
 * so, else one of the other open documents of the same language.
 *
 * Source: VS Code's documentation of `editor.wordBasedSuggestions` ('matchingDocuments') and of its suggestions, from
 * which a user takes the first: here the nearest one by lines, as of `editor.suggest.localityBonus`.
 */
export class Words implements Baseline {
  readonly name = 'words';
  readonly #scene: Scene;

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  complete({ document, prefix, suffix }: CompletionContext): string | undefined {
    const typed = /[\p{L}_$][\p{L}\p{N}_$]*$/u.exec(prefix)?.[0];
    if (typed === undefined) return undefined;
    const goesOn = (word: string) => word.length > typed.length && word.startsWith(typed);
    const above = prefix
      .slice(0, prefix.length - typed.length)
      .split('\n')
      .reverse();
    const below = suffix.split('\n');
    for (let distance = 0; distance < Math.max(above.length, below.length); distance++) {
      const word = wordsOf(above[distance]).findLast(goesOn) ?? wordsOf(below[distance]).find(goesOn);
      if (word !== undefined) return word.slice(typed.length);
    }
    const language = languageOf(document.languageId).id;
    for (const { path, text } of this.#scene.open()) {
      const word = languageOfPath(path)?.id === language ? wordsOf(text).find(goesOn) : undefined;
      if (word !== undefined) return word.slice(typed.length);
    }
    return undefined;
  }
}

function wordsOf(text: string | undefined): readonly string[] {
  return text?.match(WORD) ?? [];
}
