import { languageOf } from '../domain/languages.ts';
import type { CompletionContext } from '../domain/request.ts';
import type { Definition } from '../indexing/definitions.ts';
import { CONTEXTS, type TokenStore } from '../indexing/tokenStore.ts';
import type { Found, Retriever } from './retriever.ts';
import { type Surroundings, surroundingsOf } from './surroundings.ts';

/** What the index knows of definitions; `indexing/definitions.ts` and `indexing/codeIndex.ts` do. */
export interface DefinedSymbols {
  readonly definitions: {
    named(name: string, most: number): readonly Definition[];
    membersOf(container: string, path: string | undefined, most: number): readonly Definition[];
  };
  readonly vocabulary: { find(text: string): number | undefined };
  store(family: string): TokenStore;
  placeAt(family: string, place: number): { readonly path: string; readonly line: number } | undefined;
}

/** A name that is defined in more places than this says little by itself. */
const MOST_DEFINITIONS = 24;
/** Places of one name that are worth showing. */
const MOST_OF_A_NAME = 3;
const MOST_MEMBERS = 40;
const MOST_FOUND = 60;
/** The chain by which a name and the bracket behind it are found. */
const TWO_TOKENS = CONTEXTS.findIndex(({ order, shape }) => order === 2 && !shape);
/** Occurrences of a called name that are looked at, and calls that are shown. */
const CALL_STEPS = 200;
const MOST_CALL_SITES = 6;
/** Types around the cursor whose members are shown. */
const MOST_TYPES = 6;
/** Doc comments are shown as far as this, in lines; who reads more opens the file. */
const MOST_DOC_LINES = 3;

/** Finds definitions, without their bodies, of the names in use near the cursor, and the members of their types. */
export class SymbolRetriever implements Retriever {
  readonly name = 'symbols';
  readonly #index: () => DefinedSymbols;

  /** The index is asked for each time: another may have been loaded. */
  constructor(index: () => DefinedSymbols) {
    this.#index = index;
  }

  retrieve(context: CompletionContext): readonly Found[] {
    const { definitions } = this.#index();
    const around = surroundingsOf(context);
    const { family } = languageOf(context.document.languageId);
    const found = new Map<string, Found>();
    const add = (definition: Definition, score: number) => {
      if (languageOf(definition.languageId).family !== family) return;
      const place = placeOf(definition, score);
      const key = `${place.path}:${place.startLine}`;
      if (score > (found.get(key)?.score ?? 0)) found.set(key, place);
    };
    const types: { readonly definition: Definition; readonly score: number }[] = [];
    for (const [name, weight] of around.near) {
      for (const { definition, score } of this.#resolved(name, weight, around, context)) {
        add(definition, score);
        if (TYPES.has(definition.kind)) types.push({ definition, score });
      }
    }
    for (const name of receiverTypes(context, around)) {
      for (const { definition, score } of this.#resolved(name, 1.5, around, context)) {
        if (TYPES.has(definition.kind)) types.push({ definition, score });
      }
    }
    for (const call of around.calls)
      for (const place of this.#callSites(call, family, context.document.path))
        found.set(`${place.path}:${place.startLine}:call`, place);
    types.sort((a, b) => b.score - a.score);
    for (const { definition, score } of types.slice(0, MOST_TYPES)) {
      const path = EXTENDED_ELSEWHERE.has(family) ? undefined : definition.path;
      for (const member of definitions.membersOf(definition.name, path, MOST_MEMBERS))
        add(member, score * 0.8);
    }
    return [...found.values()]
      .sort(
        (a, b) =>
          b.score - a.score || (a.path < b.path ? -1 : a.path > b.path ? 1 : a.startLine - b.startLine),
      )
      .slice(0, MOST_FOUND);
  }

  /** Other places that call a function, with what they do about it. */
  #callSites(name: string, family: string, own: string): readonly Found[] {
    const index = this.#index();
    const id = index.vocabulary.find(name);
    const bracket = index.vocabulary.find('(');
    if (id === undefined || bracket === undefined) return [];
    const store = index.store(family);
    const sites: Found[] = [];
    store.walk(TWO_TOKENS, Uint32Array.of(id, bracket), 2, CALL_STEPS, place => {
      const at = index.placeAt(family, place - 1);
      if (!at || at.path === own || sites.some(site => site.path === at.path)) return true;
      const score = 0.8 * 0.9 ** sites.length;
      sites.push({ path: at.path, startLine: Math.max(1, at.line - 2), endLine: at.line + 4, score });
      return sites.length < MOST_CALL_SITES;
    });
    return sites;
  }

  /** The likeliest definitions of a name: those that the file imports, else those near by. */
  #resolved(name: string, weight: number, { imports }: Surroundings, { document }: CompletionContext) {
    const all = this.#index().definitions.named(name, MOST_DEFINITIONS);
    if (all.length === 0) return [];
    const folder = folderOf(document.path);
    return all
      .filter(({ path, kind }) => path !== document.path && kind !== 'module')
      .map(definition => {
        const { path } = definition;
        const fit = imports.fit(path);
        const near = folderOf(path) === folder ? 0.3 : 0;
        const score = (weight * (0.2 + fit + near)) / Math.sqrt(all.length);
        return { definition, score };
      })
      .sort((a, b) => b.score - a.score)
      .slice(0, MOST_OF_A_NAME);
  }
}

const TYPES: ReadonlySet<string> = new Set(['class', 'interface', 'enum', 'type', 'extension']);
/** Families in which members of a type stand outside of its own file. */
const EXTENDED_ELSEWHERE: ReadonlySet<string> = new Set(['go', 'rust', 'c', 'csharp']);

function placeOf(definition: Definition, score: number): Found {
  const { path, docLine, startLine, signatureEndLine } = definition;
  return { path, startLine: Math.max(docLine, startLine - MOST_DOC_LINES), endLine: signatureEndLine, score };
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

/** Names of the types that what stands before the cursor's dot may have, as far as the text above tells. */
function receiverTypes({ prefix }: CompletionContext, { receiver }: Surroundings): readonly string[] {
  if (receiver === undefined) return [];
  const name = receiver.replaceAll('$', '\\$');
  const type = '([\\p{L}_$][\\p{L}\\p{N}_$.]*)';
  const shapes = [
    `\\b${name}\\??\\s*:\\s*(?:&(?:'\\w+\\s+)?(?:mut\\s+)?)?\\*?${type}`,
    `\\b${name}\\s*:?=\\s*(?:await\\s+)?(?:new\\s+)?&?${type}\\s*(?:[({]|::)`,
    `${type}(?:<[^<>]*>)?[ \\t*&]+${name}\\b`,
    `\\b${name}[ \\t]+\\*?${type}`,
  ];
  const near = prefix.slice(-20_000);
  return shapes.flatMap(shape => {
    const last = [...near.matchAll(new RegExp(shape, 'gu'))].at(-1)?.[1];
    const own = last?.split('.').at(-1);
    return own ? [own] : [];
  });
}
