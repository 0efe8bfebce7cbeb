import { addsSyntaxError, type SyntaxCheck } from './addsSyntaxError.ts';
import { bringsBack } from './bringsBack.ts';
import { containsSecret } from './containsSecret.ts';
import { controlTokens } from './controlTokens.ts';
import { echoesPrompt } from './echoesPrompt.ts';
import { endsWhereItShould } from './endsWhereItShould.ts';
import { fitsIndentation } from './fitsIndentation.ts';
import type { Guard } from './guard.ts';
import { type KnownFiles, missingImport } from './missingImport.ts';
import { onlyComments } from './onlyComments.ts';
import { overlapsRestOfLine } from './overlapsRestOfLine.ts';
import type { RecentPast } from './recentPast.ts';
import { repeatsAbove } from './repeatsAbove.ts';
import { repeatsBelow } from './repeatsBelow.ts';
import { repeatsItself } from './repeatsItself.ts';
import { tooLittle } from './tooLittle.ts';
import { trailingSpace } from './trailingSpace.ts';
import { turnedDown } from './turnedDown.ts';
import { unbalanced } from './unbalanced.ts';
import { type KnownNames, unknownNames } from './unknownNames.ts';

/** Guards by when they are asked; each list in its order. */
export type Guards = Readonly<Record<'beforeCache' | 'always' | 'afterCache', readonly Guard[]>>;

/** What the guards look at besides the suggestion and its document. */
export interface GuardParts extends SyntaxCheck {
  readonly past: RecentPast;
  /** Of the workspace; without it nobody asks about names. */
  readonly known?: KnownNames & KnownFiles;
}

export function guardsFor({ past, known, ...check }: GuardParts): Guards {
  return {
    beforeCache: [...beforeCache, ...(known ? aboutNames(known) : [])],
    always: always(past),
    afterCache: afterCache(check),
  };
}

/**
 * What depends on the suggestion and its own context alone, and so need not be asked again of a cached one. First what
 * takes away what is no code at all, then what brings the rest into the document's form and length, for all others look
 * at lines; then what refuses by what is left, the cheapest first.
 */
const beforeCache: readonly Guard[] = [
  controlTokens,
  echoesPrompt,
  fitsIndentation,
  endsWhereItShould,
  trailingSpace,
  tooLittle,
  onlyComments,
  repeatsItself,
  containsSecret,
];

/** What depends on what else stands in the workspace, which the key of the cache covers; asked once, for doubts add up. */
function aboutNames(known: KnownNames & KnownFiles): readonly Guard[] {
  return [missingImport(known), unknownNames(known)];
}

/** What depends on what the user has just done, and is asked of everything that is shown, the cached included. */
function always(past: RecentPast): readonly Guard[] {
  return [turnedDown(past), bringsBack(past)];
}

/**
 * What depends on the document as it is now. What stands there already is left out before the syntax is judged, for twice
 * the same bracket is an error; and the parser comes last, because it takes the longest and sees what will be shown.
 */
function afterCache(check: SyntaxCheck): readonly Guard[] {
  return [overlapsRestOfLine, repeatsBelow, repeatsAbove, unbalanced, addsSyntaxError(check)];
}
