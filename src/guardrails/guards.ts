import { addsSyntaxError, type SyntaxCheck } from './addsSyntaxError.ts';
import { containsSecret } from './containsSecret.ts';
import { controlTokens } from './controlTokens.ts';
import { endsWhereItShould } from './endsWhereItShould.ts';
import type { Guard } from './guard.ts';
import { overlapsRestOfLine } from './overlapsRestOfLine.ts';
import { repeatsAbove } from './repeatsAbove.ts';
import { repeatsBelow } from './repeatsBelow.ts';
import { repeatsItself } from './repeatsItself.ts';
import { tooLittle } from './tooLittle.ts';
import { trailingSpace } from './trailingSpace.ts';

/** What depends on the suggestion and its own context alone, and so need not be asked again of a cached one. */
export const beforeCache: readonly Guard[] = [
  controlTokens,
  endsWhereItShould,
  trailingSpace,
  tooLittle,
  repeatsItself,
  containsSecret,
];

/** What depends on the document as it is now. */
export function afterCache(check: SyntaxCheck): readonly Guard[] {
  return [overlapsRestOfLine, repeatsBelow, repeatsAbove, addsSyntaxError(check)];
}
