import { languageOf } from '../domain/languages.ts';
import type { CompletionContext } from '../domain/request.ts';
import type { Definition } from '../indexing/definitions.ts';
import type { ResolvedNames } from './resolvedNames.ts';
import type { Surroundings } from './surroundings.ts';

/** What the index knows of definitions; `indexing/definitions.ts` and `indexing/codeIndex.ts` do. */
export interface DefinedSymbols {
  readonly definitions: {
    named(name: string, most: number, kinds: ReadonlySet<Definition['kind']>): readonly Definition[];
    membersOf(container: string, path: string | undefined, most: number): readonly Definition[];
  };
  paths(): readonly string[];
  definitionsIn(path: string): readonly Definition[];
}

/** A type that a name may mean, and how likely that is, as a weight. */
export interface Candidate {
  readonly definition: Definition;
  readonly score: number;
}

/** A name that so many types have says little by itself. */
const MOST_DEFINITIONS = 24;
/** Types of one name that are worth showing. */
const MOST_OF_A_NAME = 3;
/** What a definition that a language server named weighs, more than any that is guessed. */
const CERTAIN = 1.5;
/** Families in which members of a type stand outside of its own file. */
const EXTENDED_ELSEWHERE: ReadonlySet<string> = new Set(['go', 'rust', 'c', 'csharp']);
const TYPES: ReadonlySet<Definition['kind']> = new Set(['class', 'interface', 'enum', 'type', 'extension']);

export const isType = ({ kind }: Definition): boolean => TYPES.has(kind);

/**
 * The types that a name means in a document, or, where no language server has told, the likeliest of the name: those that
 * the file imports, else those near by. None of the document itself, which a model sees anyway.
 */
export function typesNamed(
  name: string,
  { document }: CompletionContext,
  { imports }: Surroundings,
  index: DefinedSymbols,
  told: ResolvedNames,
): readonly Candidate[] {
  const { family } = languageOf(document.languageId);
  const isCandidate = ({ path, languageId }: Definition) =>
    path !== document.path && languageOf(languageId).family === family;
  const meant = told.meant(document.path, name, 'definition', path => index.definitionsIn(path));
  if (meant)
    return meant
      .filter(definition => isType(definition) && isCandidate(definition))
      .map(definition => ({ definition, score: CERTAIN }));
  const all = index.definitions.named(name, MOST_DEFINITIONS, TYPES);
  const folder = folderOf(document.path);
  return all
    .filter(isCandidate)
    .map(definition => {
      const { path } = definition;
      const near = folderOf(path) === folder ? 0.3 : 0;
      return { definition, score: (0.2 + imports.fit(path) + near) / Math.sqrt(all.length) };
    })
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST_OF_A_NAME);
}

/** At most so many members of a type in the order of its file; in some languages those of other files, too. */
export function membersOf(type: Definition, index: DefinedSymbols, most: number): readonly Definition[] {
  const { family } = languageOf(type.languageId);
  const path = EXTENDED_ELSEWHERE.has(family) ? undefined : type.path;
  const members = index.definitions.membersOf(type.name, path, most);
  return members.toSorted((a, b) =>
    a.path === b.path ? a.startLine - b.startLine : a.path < b.path ? -1 : 1,
  );
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}
