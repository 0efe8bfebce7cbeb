import { type Guard, KEPT } from './guard.ts';
import { squeezed } from './lines.ts';
import type { RecentPast } from './recentPast.ts';

/** Who deletes less is correcting a word. */
const LEAST_CHARS = 4;

/** Refuses what the user has just deleted here, or more that begins with it. Who asks by a command gets it all the same. */
export function bringsBack(past: RecentPast): Guard {
  return {
    name: 'bringsBack',
    judge({ context, text }) {
      if (context.trigger === 'invoked') return KEPT;
      const offer = squeezed(text);
      const isBack = (gone: string) =>
        gone.length >= LEAST_CHARS &&
        (offer.startsWith(gone) || (offer.length >= LEAST_CHARS && gone.startsWith(offer)));
      const deletions = past.deletionsNear(context.document.uri, context.position.line);
      return deletions.some(deletion => isBack(squeezed(deletion.text)))
        ? { kind: 'refused', reason: 'you have just deleted it' }
        : KEPT;
    },
  };
}
