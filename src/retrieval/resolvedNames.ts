import type { Definition } from '../indexing/definitions.ts';

/** A line of a file, counted from 1; the path is that of the workspace, or undefined outside of it. */
export interface DefiningLine {
  readonly path: string | undefined;
  readonly line: number;
}

/** Names of one document that are remembered; those told first are forgotten first. */
const MOST_NAMES = 100;

/**
 * Which types names in documents have, as the editor's language servers say. They know types and re-exports and what hides
 * what, which the index does not; and they are slow, so that most names were never asked for.
 */
export class ResolvedNames {
  readonly #documents = new Map<string, Map<string, readonly DefiningLine[]>>();

  tell(path: string, name: string, lines: readonly DefiningLine[]): void {
    const names = this.#documents.get(path) ?? new Map<string, readonly DefiningLine[]>();
    this.#documents.set(path, names);
    names.delete(name);
    names.set(name, lines);
    if (names.size > MOST_NAMES) names.delete(names.keys().next().value!);
  }

  /** What type a name in a document has, of what `definitionsIn` gives for a file; undefined where that is not known. */
  meant(
    path: string,
    name: string,
    definitionsIn: (path: string) => readonly Definition[],
  ): readonly Definition[] | undefined {
    const lines = this.#documents.get(path)?.get(name);
    if (!lines) return undefined;
    const meant = lines.flatMap(at => {
      const there = at.path === undefined ? [] : definitionsIn(at.path);
      return there.findLast(one => one.startLine <= at.line && at.line <= one.signatureEndLine) ?? [];
    });
    // Another file's line that the index has no definition on leads on to one, as a re-export does.
    const leadsOn = meant.length === 0 && lines.some(at => at.path !== undefined && at.path !== path);
    return leadsOn ? undefined : meant;
  }

  forget(path: string): void {
    this.#documents.delete(path);
  }
}
