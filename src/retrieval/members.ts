import type { CompletionContext } from '../domain/request.ts';
import type { Definition } from '../indexing/definitions.ts';
import type { ResolvedNames } from './resolvedNames.ts';
import type { Found, Retriever } from './retriever.ts';
import { surroundingsOf } from './surroundings.ts';

/** What the index knows of members; `indexing/codeIndex.ts` does. */
export interface MembersIndex {
  readonly definitions: {
    membersOf(container: string, path: string | undefined, most: number): readonly Definition[];
  };
  definitionsIn(path: string): readonly Definition[];
}

const MOST_MEMBERS = 120;
/** How much less each next member counts; they are shown in the order of their type. */
const DECAY = 0.97;
const TYPES: ReadonlySet<Definition['kind']> = new Set(['class', 'interface', 'enum', 'type', 'extension']);
/** Languages in which members of a type stand outside of its own file. */
const EXTENDED_ELSEWHERE: ReadonlySet<string> = new Set(['go', 'rust', 'c', 'cpp', 'csharp']);

/**
 * Behind a dot, finds the members of the type that a language server says stands before it, without bodies and comments.
 * Where none says so nothing is found: types that were guessed from the text, and members of all types in sight, found
 * nothing that the other sources had not.
 */
export class MemberRetriever implements Retriever {
  readonly name = 'members';
  readonly #index: () => MembersIndex;
  readonly #told: ResolvedNames;

  /** The index is asked for each time: another may have been loaded. */
  constructor(index: () => MembersIndex, told: ResolvedNames) {
    this.#index = index;
    this.#told = told;
  }

  retrieve(context: CompletionContext): readonly Found[] {
    const { receiver } = surroundingsOf(context);
    if (receiver === undefined) return [];
    const index = this.#index();
    const told = this.#told.meant(context.document.path, receiver, path => index.definitionsIn(path));
    const members = told?.filter(({ kind }) => TYPES.has(kind)).flatMap(type => membersOf(type, index)) ?? [];
    return members.map(({ path, startLine, signatureEndLine }, i) => {
      return { path, startLine, endLine: signatureEndLine, score: DECAY ** i };
    });
  }
}

/** In the order of the type's file; in some languages those of other files, too. */
function membersOf({ name, path, languageId }: Definition, index: MembersIndex): readonly Definition[] {
  const within = EXTENDED_ELSEWHERE.has(languageId) ? undefined : path;
  return index.definitions
    .membersOf(name, within, MOST_MEMBERS)
    .toSorted((a, b) => (a.path === b.path ? a.startLine - b.startLine : a.path < b.path ? -1 : 1));
}
