import { idOf, isNewline } from '../../indexing/lexer.ts';

/** Tokens of the line below that are compared. */
export const MOST_BELOW = 3;
const LONGEST_LINE = 48;

/** How many of the tokens below the cursor stand, from the first on, on the line below the place. */
export function agreementBelow(tokens: Uint32Array, place: number, below: Uint32Array): number {
  if (below.length === 0) return 0;
  let at = place;
  const end = Math.min(tokens.length, place + LONGEST_LINE);
  while (at < end && !isNewline(tokens[at]!)) at++;
  if (at === end) return 0;
  at++;
  let same = 0;
  while (
    same < below.length &&
    at + same < tokens.length &&
    idOf(tokens[at + same]!) === idOf(below[same]!)
  ) {
    same++;
  }
  // A short line that is the same as a whole says as much as three tokens.
  return same === below.length ? MOST_BELOW : same;
}
