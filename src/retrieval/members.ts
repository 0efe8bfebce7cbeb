import type { CompletionContext } from '../domain/request.ts';
import type { Definition } from '../indexing/definitions.ts';
import { type DefinedSymbols, definitionsOf, isType, membersOf, placeOf } from './definedSymbols.ts';
import { ResolvedNames } from './resolvedNames.ts';
import type { Found, Retriever } from './retriever.ts';
import { surroundingsOf } from './surroundings.ts';

/** Types that what stands before a dot may have; more are guesses upon guesses. */
const MOST_TYPES = 3;
/** How much less each next member counts; they are shown in the order of their type. */
const DECAY = 0.99;

/** Behind a dot, finds the members of what stands before it, without their bodies. */
export class MemberRetriever implements Retriever {
  readonly name = 'members';
  readonly #index: () => DefinedSymbols;
  readonly #told: ResolvedNames;

  /** The index is asked for each time: another may have been loaded. */
  constructor(index: () => DefinedSymbols, told = new ResolvedNames()) {
    this.#index = index;
    this.#told = told;
  }

  retrieve(context: CompletionContext): readonly Found[] {
    const { receiver } = surroundingsOf(context);
    if (receiver === undefined) return [];
    const found = new Map<string, Found>();
    for (const type of this.#typesOf(receiver, context)) {
      for (const member of membersOf(type, this.#index())) {
        const place = placeOf(member, DECAY ** found.size);
        const key = `${place.path}:${place.startLine}`;
        if (!found.has(key)) found.set(key, place);
      }
    }
    return [...found.values()];
  }

  /** Those that a language server names; else those that the text above the cursor gives the name, or the name itself. */
  #typesOf(receiver: string, context: CompletionContext): readonly Definition[] {
    const index = this.#index();
    const around = surroundingsOf(context);
    const { path } = context.document;
    const told = this.#told.meant(path, receiver, 'type', of => index.definitionsIn(of));
    if (told) return told.filter(isType);
    return [...typeNames(context, receiver), receiver]
      .flatMap(name => definitionsOf(name, context, around, index, this.#told))
      .map(({ definition }) => definition)
      .filter(isType)
      .slice(0, MOST_TYPES);
  }
}

/** Names of the types that a name may have, as far as the text above the cursor tells. */
function typeNames({ prefix }: CompletionContext, receiver: string): readonly string[] {
  const name = receiver.replaceAll('$', '\\$');
  const type = '([\\p{L}_$][\\p{L}\\p{N}_$.]*)';
  const shapes = [
    `\\b${name}\\??\\s*:\\s*(?:&(?:'\\w+\\s+)?(?:mut\\s+)?)?\\*?${type}`,
    `\\b${name}\\s*:?=\\s*(?:await\\s+)?(?:new\\s+)?&?${type}\\s*(?:[({]|::)`,
    `${type}(?:<[^<>]*>)?[ \\t*&]+${name}\\b`,
    `\\b${name}[ \\t]+\\*?${type}`,
  ];
  // Of all lines that stand near, few have the name.
  const near = prefix
    .slice(-20_000)
    .split('\n')
    .filter(line => line.includes(receiver))
    .join('\n');
  return shapes.flatMap(shape => {
    const last = [...near.matchAll(new RegExp(shape, 'gu'))].at(-1)?.[1];
    const own = last?.split('.').at(-1);
    return own ? [own] : [];
  });
}
