import { languageOf, languageOfPath } from '../domain/languages.ts';
import type { CompletionContext } from '../domain/request.ts';
import type { Definition } from '../indexing/definitions.ts';
import { type DefinedSymbols, isType, membersOf, typesNamed } from './definedSymbols.ts';
import { moduleFit } from './imports.ts';
import { typeNames } from './receiverTypes.ts';
import { ResolvedNames } from './resolvedNames.ts';
import type { Found, Retriever } from './retriever.ts';
import { surroundingsOf } from './surroundings.ts';

/** Types that what stands before a dot may have; more are guesses upon guesses. */
const MOST_RECEIVERS = 3;
/** Types named near the cursor, and members of all of them. */
const MOST_TYPES = 8;
const MOST_IN_SIGHT = 40;
/** Members of one type, behind a dot and elsewhere. */
const MOST_OF_RECEIVER = 120;
const MOST_OF_TYPE = 40;
/** How much less each next member of what stands before a dot counts, and of another type. */
const NEXT_OF_RECEIVER = 0.97;
const NEXT_OF_TYPE = 0.995;
/** A file fits a module so well that it is of it. */
const FITS = 0.8;
const MOST_FILES = 12;
const MOST_EXPORTS = 150;

/**
 * Finds the members of types, without bodies and comments: behind a dot those of what stands before it, or what a module
 * offers; elsewhere those of the types that are named near the cursor.
 */
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
    const members = receiver === undefined ? [] : this.#behind(receiver, context);
    if (members.length === 0) return this.#inSight(context);
    return onceEach(members.map((member, i) => placeOf(member, NEXT_OF_RECEIVER ** i)));
  }

  /** A language server knows best what stands before a dot; a name that is imported as a module's is that. */
  #behind(receiver: string, context: CompletionContext): readonly Definition[] {
    const index = this.#index();
    const told = this.#told.meant(context.document.path, receiver, 'type', path => index.definitionsIn(path));
    const offered = told ? [] : this.#exportsOf(receiver, context);
    if (offered.length > 0) return offered;
    const types = told?.filter(isType) ?? this.#typesOf(receiver, context);
    return types.flatMap(type => membersOf(type, index, MOST_OF_RECEIVER));
  }

  /** Those that the text above the cursor gives a name, or else the name itself, or one like it. */
  #typesOf(receiver: string, context: CompletionContext): readonly Definition[] {
    const index = this.#index();
    const around = surroundingsOf(context);
    for (const names of typeNames(context, receiver)) {
      const types = names
        .flatMap(name => typesNamed(name, context, around, index, this.#told))
        .map(({ definition }) => definition);
      if (types.length > 0) return types.slice(0, MOST_RECEIVERS);
    }
    return [];
  }

  /** What a module offers that was imported under a name. */
  #exportsOf(name: string, context: CompletionContext): readonly Definition[] {
    const index = this.#index();
    const { document } = context;
    const { family } = languageOf(document.languageId);
    const modules = surroundingsOf(context).imports.modules(name);
    if (modules.length === 0) return [];
    const files: { readonly path: string; readonly fit: number }[] = [];
    for (const path of index.paths()) {
      let fit = 0;
      // Of thousands of files few have a module's name.
      for (const module of modules)
        if (path.includes(module.at(-1)!)) fit = Math.max(fit, moduleFit(module, path));
      if (fit >= FITS && path !== document.path && languageOfPath(path)?.family === family)
        files.push({ path, fit });
    }
    const offered: Definition[] = [];
    for (const { path } of files.sort((a, b) => b.fit - a.fit).slice(0, MOST_FILES)) {
      if (offered.length >= MOST_EXPORTS) break;
      for (const definition of index.definitionsIn(path))
        if (definition.container === undefined && isOffered(definition, family)) offered.push(definition);
    }
    return offered.slice(0, MOST_EXPORTS);
  }

  #inSight(context: CompletionContext): readonly Found[] {
    const index = this.#index();
    const around = surroundingsOf(context);
    const types: { readonly type: Definition; readonly score: number }[] = [];
    for (const [name, weight] of around.near)
      for (const { definition, score } of typesNamed(name, context, around, index, this.#told))
        types.push({ type: definition, score: weight * score });
    types.sort((a, b) => b.score - a.score);
    const found: Found[] = [];
    for (const { type, score } of types.slice(0, MOST_TYPES)) {
      if (found.length >= MOST_IN_SIGHT) break;
      for (const [i, member] of membersOf(type, index, MOST_OF_TYPE).entries())
        found.push(placeOf(member, score * NEXT_OF_TYPE ** i));
    }
    return onceEach(found.sort((a, b) => b.score - a.score)).slice(0, MOST_IN_SIGHT);
  }
}

function isOffered({ name, kind }: Definition, family: string): boolean {
  if (kind === 'module') return false;
  return family === 'go' ? /^\p{Lu}/u.test(name) : !name.startsWith('_');
}

/** A definition without its comment and its body. */
function placeOf({ path, startLine, signatureEndLine }: Definition, score: number): Found {
  return { path, startLine, endLine: signatureEndLine, score };
}

function onceEach(found: readonly Found[]): readonly Found[] {
  const seen = new Set<string>();
  return found.filter(({ path, startLine }) => {
    const key = `${path}:${startLine}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
