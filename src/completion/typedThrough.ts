import type { CompletionContext } from '../domain/request.ts';
import type { Suggestion } from '../domain/suggestion.ts';

/** Where a suggestion was made, to tell whether what was typed since is its own beginning. */
interface Offer {
  readonly prefix: string;
  readonly suffix: string;
  readonly suggestion: Suggestion;
}

export interface Rest {
  readonly suggestion: Suggestion;
  /** Taking it makes the same text as taking the whole would have made where it was offered. */
  readonly asChecked: boolean;
}

/** What an editor closes by itself, right after the character that opened it. */
const AUTO_CLOSED = /^[)\]}>"'`]{1,2}$/;

/**
 * What has been typed since `earlier`, if the text of `context` is that and nothing else: the same text before and
 * after with something new between, and perhaps the closers that the editor added behind the cursor.
 */
export function typedSince(
  earlier: { readonly prefix: string; readonly suffix: string },
  context: CompletionContext,
): string | undefined {
  if (!context.prefix.startsWith(earlier.prefix) || !context.suffix.endsWith(earlier.suffix))
    return undefined;
  const added = context.suffix.slice(0, context.suffix.length - earlier.suffix.length);
  if (added !== '' && !AUTO_CLOSED.test(added)) return undefined;
  return context.prefix.slice(earlier.prefix.length);
}

/** The last offer in each document, so that typing what is shown needs no new question. */
export class TypedThrough {
  readonly #offers = new Map<string, Offer>();

  offered(context: CompletionContext, suggestion: Suggestion): void {
    this.#offers.set(context.document.uri, {
      prefix: context.prefix,
      suffix: context.suffix,
      suggestion,
    });
  }

  /** The rest of the suggestion that the user is typing, under its own id; undefined once it is contradicted. */
  rest(context: CompletionContext): Rest | undefined {
    const offer = this.#offers.get(context.document.uri);
    if (!offer) return undefined;
    const typed = typedSince(offer, context);
    const { suggestion } = offer;
    // Nothing typed is the same question again, which the cache answers, perhaps better by now.
    if (typed === '') return undefined;
    if (!typed || !suggestion.text.startsWith(typed) || suggestion.text.length === typed.length) {
      this.forget(context.document.uri);
      return undefined;
    }
    const { start, end } = suggestion.range;
    const { line, character } = context.position;
    const range = {
      start: context.position,
      end: { line, character: character + end.character - start.character },
    };
    return {
      suggestion: { ...suggestion, text: suggestion.text.slice(typed.length), range },
      asChecked: context.suffix.length === offer.suffix.length,
    };
  }

  /** Whether this suggestion is the one that stands at this very place already. */
  isShown(context: CompletionContext, suggestion: Suggestion): boolean {
    const offer = this.#offers.get(context.document.uri);
    return offer?.suggestion.id === suggestion.id && typedSince(offer, context) === '';
  }

  forget(uri: string): void {
    this.#offers.delete(uri);
  }
}

/** What is left of an answer once the user has typed on; undefined if the typed text contradicts it. */
export function restOf(
  answer: Suggestion,
  asked: CompletionContext,
  now: CompletionContext,
): Suggestion | undefined {
  const typed = typedSince(asked, now);
  if (typed === undefined || !answer.text.startsWith(typed) || answer.text.length === typed.length) {
    return undefined;
  }
  return {
    ...answer,
    text: answer.text.slice(typed.length),
    range: { start: now.position, end: now.position },
  };
}
