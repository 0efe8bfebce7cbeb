import type { Suggestion } from './suggestion.ts';

export type NotAskedReason =
  | 'off'
  | 'language off'
  | 'snoozed'
  | 'secret file'
  | 'inside a secret'
  | 'excluded file'
  | 'untrusted workspace'
  | 'document changed'
  | 'document too large'
  | 'text follows the cursor';

export type FailureKind =
  | 'unreachable'
  | 'refused key'
  | 'rate limited'
  | 'timeout'
  | 'server error'
  | 'internal';

/** Every ending of a request is one of these values; nothing is thrown and nothing is left open. */
export type Outcome =
  /** A new suggestion. */
  | { readonly kind: 'offered'; readonly suggestion: Suggestion }
  /** The same context was answered before. */
  | { readonly kind: 'cached'; readonly suggestion: Suggestion }
  /** The user typed a part of what was shown; this is the rest of it. */
  | { readonly kind: 'typedThrough'; readonly suggestion: Suggestion }
  /** A request that was already running answered this one too. */
  | { readonly kind: 'joined'; readonly suggestion: Suggestion }
  /** Everyone was asked and nobody was sure enough. */
  | { readonly kind: 'empty'; readonly reason: string }
  /** There was a suggestion and a guard refused it; `text` is what was refused, unless a secret stood in it. */
  | { readonly kind: 'rejected'; readonly guard: string; readonly reason: string; readonly text?: string }
  /** Nobody was asked. */
  | { readonly kind: 'notAsked'; readonly reason: NotAskedReason }
  /** The question was taken back, usually by the next keystroke. */
  | { readonly kind: 'cancelled' }
  /** A model could not answer. */
  | { readonly kind: 'failed'; readonly failure: FailureKind; readonly message: string };

/** The suggestion of an outcome that has one. */
export function suggestionOf(outcome: Outcome): Suggestion | undefined {
  return 'suggestion' in outcome ? outcome.suggestion : undefined;
}

/** One sentence for a person: what happened and why. */
export function describe(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'offered':
      return `Offered by ${outcome.suggestion.source}.`;
    case 'cached':
      return 'Offered again: this very context was answered before.';
    case 'typedThrough':
      return 'The rest of the suggestion that you are typing through.';
    case 'joined':
      return 'Answered by a request that was already running.';
    case 'empty':
      return `No suggestion: ${outcome.reason}.`;
    case 'rejected':
      return `A suggestion was refused by the guard '${outcome.guard}': ${outcome.reason}.`;
    case 'notAsked':
      return `Nobody was asked: ${outcome.reason}.`;
    case 'cancelled':
      return 'Cancelled: you typed on before the answer came.';
    case 'failed':
      return `The model could not answer (${outcome.failure}): ${outcome.message}`;
  }
}
