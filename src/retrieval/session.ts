import { languageOf, languageOfPath } from '../domain/languages.ts';
import type { CompletionContext } from '../domain/request.ts';
import { nearWords, type PartsIndex, relatedParts } from './relatedParts.ts';
import type { Found, Retriever } from './retriever.ts';
import { surroundingsOf } from './surroundings.ts';
import type { Trail } from './trail.ts';

/** Steps and files that are shown at most. */
const MOST_STEPS = 16;
const MOST_FILES = 8;
const MOST_OF_A_FILE = 10;
/** How much less the step before, and the file before, is worth. */
const STEP_DECAY = 0.9;
const FILE_DECAY = 0.85;
/** Lines shown around a step, and of a long one. */
const AROUND = 2;
const MOST_LINES = 30;
/** How sure each kind of step is about what comes next. */
const WORTH = { edited: 1, copied: 1, visited: 0.5 } as const;
const FILE_WORTH = 0.7;

/** Shows what the user edited, copied and looked at last, and what else the files define that they were in. */
export class SessionRetriever implements Retriever {
  readonly name = 'session';
  readonly #trail: Pick<Trail, 'steps' | 'files'>;
  readonly #index: () => PartsIndex;

  constructor(trail: Pick<Trail, 'steps' | 'files'>, index: () => PartsIndex) {
    this.#trail = trail;
    this.#index = index;
  }

  retrieve(context: CompletionContext): readonly Found[] {
    const index = this.#index();
    const { path, languageId } = context.document;
    const { family } = languageOf(languageId);
    const others = this.#trail.files.filter(file => file !== path && languageOfPath(file)?.family === family);
    const words = nearWords(surroundingsOf(context), index);
    const steps = this.#trail.steps
      .filter(step => others.includes(step.path))
      .slice(0, MOST_STEPS)
      .map((step, i) => ({
        path: step.path,
        startLine: Math.max(1, step.startLine - AROUND),
        endLine: Math.min(step.endLine, step.startLine + MOST_LINES) + AROUND,
        score: WORTH[step.kind] * STEP_DECAY ** i,
      }));
    const parts = others.slice(0, MOST_FILES).flatMap((file, i) =>
      relatedParts(file, family, words, index)
        .map(part => ({ ...part, score: part.score * FILE_WORTH * FILE_DECAY ** i }))
        .sort((a, b) => b.score - a.score)
        .slice(0, MOST_OF_A_FILE),
    );
    return [...steps, ...parts].sort((a, b) => b.score - a.score);
  }
}
