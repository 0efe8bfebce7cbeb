import { hasSecret, MASK, maskSecrets } from '../base/secrets.ts';
import { type Guard, KEPT, placeOf } from './guard.ts';

/** Refuses what looks like a credential, be it that the name it is given to was typed by the user. */
export const containsSecret: Guard = {
  name: 'containsSecret',
  judge(judged) {
    const { linePrefix } = placeOf(judged);
    const typed = maskSecrets(linePrefix).split(MASK).length;
    const whole = maskSecrets(linePrefix + judged.text).split(MASK).length;
    return hasSecret(judged.text) || whole > typed
      ? { kind: 'refused', reason: 'it holds what looks like a password or a key' }
      : KEPT;
  },
};
