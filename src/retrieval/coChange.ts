import { languageOf, languageOfPath } from '../domain/languages.ts';
import type { CompletionContext } from '../domain/request.ts';
import { nearWords, type PartsIndex, relatedParts } from './relatedParts.ts';
import type { Found, Retriever } from './retriever.ts';
import { surroundingsOf } from './surroundings.ts';

/** The paths that each commit changed, newest commit first; undefined while that is not known. */
export type CommittedPaths = () => readonly (readonly string[])[] | undefined;

/** A commit of more files says little about any two of them. */
const MOST_OF_A_COMMIT = 30;
/** After this many commits, one counts half. */
const HALF_AFTER = 300;
const MOST_FILES = 8;
const MOST_OF_A_FILE = 8;

/** Shows what the files define that were changed together with this one. */
export class CoChangeRetriever implements Retriever {
  readonly name = 'co-change';
  readonly #commits: CommittedPaths;
  readonly #index: () => PartsIndex;
  #known: { readonly commits: unknown; readonly partners: Map<string, readonly Partner[]> } | undefined;

  constructor(commits: CommittedPaths, index: () => PartsIndex) {
    this.#commits = commits;
    this.#index = index;
  }

  retrieve(context: CompletionContext): readonly Found[] {
    const index = this.#index();
    const { path, languageId } = context.document;
    const { family } = languageOf(languageId);
    const partners = this.#partnersOf(path)
      .filter(partner => languageOfPath(partner.path)?.family === family)
      .slice(0, MOST_FILES);
    if (partners.length === 0) return [];
    const words = nearWords(surroundingsOf(context), index);
    return partners
      .flatMap(partner =>
        relatedParts(partner.path, family, words, index)
          .map(part => ({ ...part, score: part.score * partner.share }))
          .sort((a, b) => b.score - a.score)
          .slice(0, MOST_OF_A_FILE),
      )
      .sort((a, b) => b.score - a.score);
  }

  #partnersOf(path: string): readonly Partner[] {
    const commits = this.#commits();
    if (!commits) return [];
    if (this.#known?.commits !== commits) this.#known = { commits, partners: new Map() };
    let partners = this.#known.partners.get(path);
    if (!partners) {
      partners = partnersOf(path, commits);
      this.#known.partners.set(path, partners);
    }
    return partners;
  }
}

interface Partner {
  readonly path: string;
  /** Of the commits of a file, weighted, those in which this one was changed too: 0 to 1. */
  readonly share: number;
}

/** The files changed in the same commits as this one, by how often and how lately; small commits tell more. */
export function partnersOf(path: string, commits: readonly (readonly string[])[]): readonly Partner[] {
  const together = new Map<string, number>();
  let all = 0;
  for (const [age, paths] of commits.entries()) {
    if (paths.length > MOST_OF_A_COMMIT || !paths.includes(path)) continue;
    const weight = 0.5 ** (age / HALF_AFTER);
    all += weight;
    for (const other of paths) {
      if (other !== path)
        together.set(other, (together.get(other) ?? 0) + weight / Math.sqrt(paths.length - 1));
    }
  }
  return [...together]
    .map(([other, weight]) => ({ path: other, share: weight / (all + 1) }))
    .sort((a, b) => b.share - a.share || (a.path < b.path ? -1 : 1));
}
