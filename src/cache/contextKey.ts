import { hashOf } from '../base/hash.ts';
import type { CompletionContext } from '../domain/request.ts';

/** Everything besides the document that a suggestion depends on. */
export interface Surroundings {
  /** Counts changes of settings and keys. */
  readonly settingsEpoch: number;
  /** Names the models that would be asked, prompt version included. */
  readonly models: string;
  /** Counts changes of the index that come from other files than this one. */
  readonly indexGeneration: number;
}

/**
 * Hash of the whole context that makes a suggestion. Nothing is normalised or cut away: a suggestion that was made
 * for `ab` is never shown for `a b`, nor one that was made before another file changed.
 */
export function contextKey(context: CompletionContext, surroundings: Surroundings): string {
  const { settingsEpoch, models, indexGeneration } = surroundings;
  return hashOf(
    context.document.path,
    context.document.languageId,
    context.trigger,
    context.document.opened?.hash ?? '',
    `${settingsEpoch} ${indexGeneration}`,
    models,
    context.prefix,
    context.suffix,
  );
}
