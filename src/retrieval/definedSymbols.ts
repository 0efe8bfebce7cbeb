import { languageOf } from '../domain/languages.ts';
import type { CompletionContext } from '../domain/request.ts';
import type { Definition } from '../indexing/definitions.ts';
import type { TokenStore } from '../indexing/tokenStore.ts';
import type { ResolvedNames } from './resolvedNames.ts';
import type { Found } from './retriever.ts';
import type { Surroundings } from './surroundings.ts';

/** What the index knows of definitions; `indexing/definitions.ts` and `indexing/codeIndex.ts` do. */
export interface DefinedSymbols {
  readonly definitions: {
    named(name: string, most: number): readonly Definition[];
    membersOf(container: string, path: string | undefined, most: number): readonly Definition[];
  };
  definitionsIn(path: string): readonly Definition[];
  readonly vocabulary: { find(text: string): number | undefined };
  store(family: string): TokenStore;
  placeAt(family: string, place: number): { readonly path: string; readonly line: number } | undefined;
}

/** A definition that a name may have, and how likely that is, as a weight. */
export interface Candidate {
  readonly definition: Definition;
  readonly score: number;
}

/** A name that is defined in more places than this says little by itself. */
const MOST_DEFINITIONS = 24;
/** Places of one name that are worth showing. */
const MOST_OF_A_NAME = 3;
const MOST_MEMBERS = 40;
/** Doc comments are shown as far as this, in lines; who reads more opens the file. */
const MOST_DOC_LINES = 3;
/** What a definition that a language server named weighs, more than any that is guessed. */
const CERTAIN = 1.5;
/** Families in which members of a type stand outside of its own file. */
const EXTENDED_ELSEWHERE: ReadonlySet<string> = new Set(['go', 'rust', 'c', 'csharp']);
const TYPES: ReadonlySet<string> = new Set(['class', 'interface', 'enum', 'type', 'extension']);

export const isType = ({ kind }: Definition): boolean => TYPES.has(kind);

/**
 * The definitions that a name means in a document, or, where no language server has told, the likeliest of the name:
 * those that the file imports, else those near by. None of the document itself, which a model sees anyway.
 */
export function definitionsOf(
  name: string,
  { document }: CompletionContext,
  { imports }: Surroundings,
  index: DefinedSymbols,
  told: ResolvedNames,
): readonly Candidate[] {
  const { family } = languageOf(document.languageId);
  const isCandidate = ({ path, kind, languageId }: Definition) =>
    path !== document.path && kind !== 'module' && languageOf(languageId).family === family;
  const meant = told.meant(document.path, name, 'definition', path => index.definitionsIn(path));
  if (meant) return meant.filter(isCandidate).map(definition => ({ definition, score: CERTAIN }));
  const all = index.definitions.named(name, MOST_DEFINITIONS);
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

/** The members of a type in the order of its file; in some languages those of other files, too. */
export function membersOf(type: Definition, index: DefinedSymbols): readonly Definition[] {
  const { family } = languageOf(type.languageId);
  const path = EXTENDED_ELSEWHERE.has(family) ? undefined : type.path;
  const members = index.definitions.membersOf(type.name, path, MOST_MEMBERS);
  return members.toSorted((a, b) =>
    a.path === b.path ? a.startLine - b.startLine : a.path < b.path ? -1 : 1,
  );
}

/** A definition with its doc comment, without its body. */
export function placeOf(definition: Definition, score: number): Found {
  const { path, docLine, startLine, signatureEndLine } = definition;
  return { path, startLine: Math.max(docLine, startLine - MOST_DOC_LINES), endLine: signatureEndLine, score };
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}
