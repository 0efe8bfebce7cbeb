import { languageOf } from '../domain/languages.ts';
import type { CompletionContext } from '../domain/request.ts';
import type { Definition } from '../indexing/definitions.ts';
import { CONTEXTS } from '../indexing/tokenStore.ts';
import {
  type Candidate,
  type DefinedSymbols,
  definitionsOf,
  isType,
  membersOf,
  placeOf,
} from './definedSymbols.ts';
import { ResolvedNames } from './resolvedNames.ts';
import type { Found, Retriever } from './retriever.ts';
import { surroundingsOf } from './surroundings.ts';

const MOST_FOUND = 60;
/** The chain by which a name and the bracket behind it are found. */
const TWO_TOKENS = CONTEXTS.findIndex(({ order, shape }) => order === 2 && !shape);
/** Occurrences of a called name that are looked at, and calls that are shown. */
const CALL_STEPS = 200;
const MOST_CALL_SITES = 6;
/** Types around the cursor whose members are shown, and how much less than the type they count. */
const MOST_TYPES = 6;
const MEMBER = 0.8;

/** Finds definitions, without their bodies, of the names in use near the cursor, and the members of their types. */
export class SymbolRetriever implements Retriever {
  readonly name = 'symbols';
  readonly #index: () => DefinedSymbols;
  readonly #told: ResolvedNames;

  /** The index is asked for each time: another may have been loaded. */
  constructor(index: () => DefinedSymbols, told = new ResolvedNames()) {
    this.#index = index;
    this.#told = told;
  }

  retrieve(context: CompletionContext): readonly Found[] {
    const index = this.#index();
    const around = surroundingsOf(context);
    const { family } = languageOf(context.document.languageId);
    const found = new Map<string, Found>();
    const add = (definition: Definition, score: number) => {
      const place = placeOf(definition, score);
      const key = `${place.path}:${place.startLine}`;
      if (score > (found.get(key)?.score ?? 0)) found.set(key, place);
    };
    const types: Candidate[] = [];
    for (const [name, weight] of around.near) {
      for (const candidate of definitionsOf(name, context, around, index, this.#told)) {
        const score = weight * candidate.score;
        add(candidate.definition, score);
        if (isType(candidate.definition)) types.push({ ...candidate, score });
      }
    }
    for (const call of around.calls)
      for (const place of this.#callSites(call, family, context.document.path))
        found.set(`${place.path}:${place.startLine}:call`, place);
    types.sort((a, b) => b.score - a.score);
    for (const { definition, score } of types.slice(0, MOST_TYPES))
      for (const member of membersOf(definition, index)) add(member, score * MEMBER);
    return [...found.values()].sort(bestFirst).slice(0, MOST_FOUND);
  }

  /** Other places that call a function, with what they do about it. */
  #callSites(name: string, family: string, own: string): readonly Found[] {
    const index = this.#index();
    const id = index.vocabulary.find(name);
    const bracket = index.vocabulary.find('(');
    if (id === undefined || bracket === undefined) return [];
    const store = index.store(family);
    const sites: Found[] = [];
    const visit = (place: number) => {
      const at = index.placeAt(family, place - 1);
      if (!at || at.path === own || sites.some(site => site.path === at.path)) return true;
      const score = 0.8 * 0.9 ** sites.length;
      sites.push({ path: at.path, startLine: Math.max(1, at.line - 2), endLine: at.line + 4, score });
      return sites.length < MOST_CALL_SITES;
    };
    store.walk(TWO_TOKENS, Uint32Array.of(id, bracket), 2, visit, CALL_STEPS);
    return sites;
  }
}

function bestFirst(a: Found, b: Found): number {
  return b.score - a.score || (a.path < b.path ? -1 : a.path > b.path ? 1 : a.startLine - b.startLine);
}
