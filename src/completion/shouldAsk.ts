import { isInsideSecret } from '../base/secretsAcross.ts';
import { lineSuffixOf } from '../base/text.ts';
import type { DocumentSnapshot } from '../domain/document.ts';
import type { NotAskedReason } from '../domain/outcome.ts';
import type { CompletionContext } from '../domain/request.ts';
import { languageEnabled, type Settings } from '../domain/settings.ts';

/** What besides the document decides whether anybody is asked. */
export interface Circumstances {
  readonly settings: Settings;
  readonly trusted: boolean;
  readonly snoozed: boolean;
  /** Whether a path holds secrets, or is kept out by the user's own globs. */
  readonly secret: (path: string) => boolean;
  readonly excluded: (path: string) => boolean;
}

/** A document beyond this is data; one keystroke in it would cost more than a suggestion is worth. */
const MOST_CHARS = 2_000_000;

/** Right of the cursor only what an editor closes by itself may stand, and a separator behind it. */
const CLOSERS = /^\s*[)\]}>"'`]*\s*[;,:{]?\s*$/;

/** Why nobody should be asked, or undefined to go on. What protects the user comes before what saves work. */
export function whyNotAsk(context: CompletionContext, given: Circumstances): NotAskedReason | undefined {
  const { document, trigger } = context;
  const reason = whyNotRead(document, given);
  if (reason) return reason;
  if (isInsideSecret(context.prefix, context.suffix)) return 'inside a secret';
  if (trigger === 'invoked') return undefined;
  if (!languageEnabled(given.settings, document.languageId)) return 'language off';
  if (given.snoozed) return 'snoozed';
  if (!CLOSERS.test(lineSuffixOf(context.suffix))) return 'text follows the cursor';
  return undefined;
}

/** Why nobody should even look at a document, or undefined. */
export function whyNotRead(
  { path, text }: Pick<DocumentSnapshot, 'path' | 'text'>,
  given: Circumstances,
): NotAskedReason | undefined {
  if (!given.settings.enable) return 'off';
  if (!given.trusted) return 'untrusted workspace';
  if (given.secret(path)) return 'secret file';
  if (given.excluded(path)) return 'excluded file';
  return text.length > MOST_CHARS ? 'document too large' : undefined;
}
