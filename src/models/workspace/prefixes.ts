import { CLOSER, idOf, KEYWORD, kindOf, NAME, NUMBER, QUOTE } from '../../indexing/lexer.ts';
import type { Continuation, Predicted } from './decoder.ts';
import type { Question } from './questions.ts';

/** Numbers that describe the first tokens of a continuation. */
export const PREFIX_INPUTS = 25;

/** There is nothing to choose among: the place says nothing that the prefix does not. */
export const PREFIX_PLACE = Float32Array.of(1);

/**
 * Describes each beginning of a continuation, from its first token alone to the whole, and then the whole with the end of
 * the line if it came to one: row by row, to the network that says how likely it is right. The product of
 * its tokens' probabilities is most of that, but it is too sure: what is likeliest at every step was chosen for being so.
 */
export function describePrefixes({ tokens, end }: Continuation, question: Question): Float32Array {
  const { sources, past, view, names } = question;
  const ends: readonly Pick<Predicted, 'probability' | 'runnerUp' | 'none'>[] =
    end === undefined ? [] : [{ probability: end, runnerUp: 0, none: 0 }];
  const inputs = new Float32Array((tokens.length + ends.length) * PREFIX_INPUTS);
  const typed = sources.typed?.text.length ?? 0;
  let product = 1;
  let least = 1;
  let chars = -typed;
  let doubt = 0;
  let none = 0;
  let copied = 0;
  let here = 0;
  let unseen = 0;
  let exact = 0;
  [...tokens, ...ends].forEach((one, i) => {
    const out = inputs.subarray(i * PREFIX_INPUTS, (i + 1) * PREFIX_INPUTS);
    const token = tokens[i];
    product *= one.probability;
    least = Math.min(least, one.probability);
    doubt = Math.max(doubt, one.runnerUp);
    none = Math.max(none, one.none);
    if (token) {
      chars += names.text(idOf(token.token)).length;
      if (i > 0 && token.place >= 0 && token.place === tokens[i - 1]!.place + 1) copied++;
      if (token.inOpenFile) here++;
      if (token.place < 0) unseen++;
      exact = token.exact;
      const kind = kindOf(token.token);
      if (kind === NAME) out[13] = 1;
      else if (kind === KEYWORD) out[14] = 1;
      else if (kind === QUOTE) out[15] = 1;
      else if (kind === NUMBER) out[16] = 1;
      else if (kind === CLOSER) out[17] = 1;
    } else out[18] = 1;
    const length = Math.max(1, Math.min(i + 1, tokens.length));
    out[0] = Math.log(Math.max(product, 1e-4)) / 4;
    out[1] = Math.log(1 - product + 1e-3) / 4;
    out[2] = Math.log(Math.max(one.probability, 1e-4)) / 4;
    out[3] = Math.log(Math.max(least, 1e-4)) / 4;
    out[4] = Math.log1p(i) / 3;
    out[5] = Math.log1p(Math.max(0, chars)) / 4;
    out[6] = typed > 0 ? 1 : 0;
    out[7] = Math.min(typed, 8) / 8;
    out[8] = i === 0 ? 1 : 0;
    out[9] = exact / 24;
    out[10] = copied / length;
    out[11] = here / length;
    out[12] = unseen / length;
    out[19] = past.end === past.lineStart && typed === 0 ? 1 : 0;
    out[20] = doubt;
    out[21] = none;
    out[22] = Math.log1p(view.above.length) / 10;
    out[23] = Math.log1p(sources.store.length) / 15;
    out[24] = i === 0 && typed > 0 ? 1 : 0;
  });
  return inputs;
}
