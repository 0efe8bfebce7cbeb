import { MASK, secretsIn } from '../base/secrets.ts';
import { type Guard, KEPT, placeOf } from './guard.ts';

/** What stands above may begin it: a name, or a key of many lines. In UTF-16 units. */
const REACH = 4_000;

/**
 * Refuses what looks like a credential, be it that the name it is given to was typed by the user, and what was made of a
 * text in which one was masked: the mask is no code.
 */
export const containsSecret: Guard = {
  name: 'containsSecret',
  judge(judged) {
    if (judged.text.includes(MASK.slice(0, 4))) {
      return { kind: 'refused', reason: 'it copies a place where a password or a key was masked' };
    }
    const before = placeOf(judged).before.slice(-REACH);
    const secret = secretsIn(before + judged.text).find(({ end }) => end > before.length);
    return secret ? { kind: 'refused', reason: `it holds what looks like ${secret.kind}` } : KEPT;
  },
};
