import type { CompletionContext } from '../../domain/request.ts';

/**
 * A simple way to complete that Wisp must beat, built from its published description, for evaluations only.
 * The same question and scene give the same answer.
 */
export interface Baseline {
  readonly name: string;
  /** The text that would stand at the cursor; undefined for nothing. */
  complete(context: CompletionContext): string | undefined;
}
