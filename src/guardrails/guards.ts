import { addsSyntaxError, type SyntaxCheck } from './addsSyntaxError.ts';
import { containsSecret } from './containsSecret.ts';
import { controlTokens } from './controlTokens.ts';
import { endsWhereItShould } from './endsWhereItShould.ts';
import type { Guard } from './guard.ts';
import { type KnownFiles, missingImport } from './missingImport.ts';
import { overlapsRestOfLine } from './overlapsRestOfLine.ts';
import { repeatsAbove } from './repeatsAbove.ts';
import { repeatsBelow } from './repeatsBelow.ts';
import { repeatsItself } from './repeatsItself.ts';
import { tooLittle } from './tooLittle.ts';
import { trailingSpace } from './trailingSpace.ts';
import { type KnownNames, unknownNames } from './unknownNames.ts';

/** What depends on the suggestion and its own context alone, and so need not be asked again of a cached one. */
export const beforeCache: readonly Guard[] = [
  controlTokens,
  endsWhereItShould,
  trailingSpace,
  tooLittle,
  repeatsItself,
  containsSecret,
];

/** What depends on what else stands in the workspace, which the key of the cache covers; asked once, for doubts add up. */
export function aboutNames(known: KnownNames & KnownFiles): readonly Guard[] {
  return [missingImport(known), unknownNames(known)];
}

/** What depends on the document as it is now. */
export function afterCache(check: SyntaxCheck): readonly Guard[] {
  return [overlapsRestOfLine, repeatsBelow, repeatsAbove, addsSyntaxError(check)];
}
