import { type Guard, KEPT, placeOf } from './guard.ts';
import type { RecentPast } from './recentPast.ts';

/** Who types so much of what he turned down has thought better of it. */
const TYPED_AFTER_ALL = 3;

/**
 * Refuses a suggestion that was dismissed here in the last minutes, and its beginning or what begins with it, until
 * somebody types it himself or asks by a command.
 */
export function turnedDown(past: RecentPast): Guard {
  return {
    name: 'turnedDown',
    judge(judged) {
      const { context, text } = judged;
      if (context.trigger === 'invoked') return KEPT;
      const { linePrefix } = placeOf(judged);
      const line = linePrefix + text;
      const again = past
        .refusalsNear(context.document.uri, context.position.line)
        .filter(refusal => linePrefix.length - refusal.linePrefix.length < TYPED_AFTER_ALL)
        .find(refusal => {
          const refused = refusal.linePrefix + refusal.text;
          return refused.startsWith(line) || line.startsWith(refused);
        });
      const reason = again?.because ?? 'you have turned it down here';
      return again ? { kind: 'refused', reason } : KEPT;
    },
  };
}
