import type { CompletionContext } from '../domain/request.ts';
import type { Suggestion } from '../domain/suggestion.ts';

/** Where a suggestion was made, to tell whether what was typed since is its own beginning. */
interface Offer {
  readonly prefix: string;
  readonly suffix: string;
  readonly suggestion: Suggestion;
}

/**
 * What has been typed since `prefix`, if the text of `context` is that and nothing else: the same text before and
 * after, with something new between, on the way to `text`.
 */
export function typedSince(
  offer: { readonly prefix: string; readonly suffix: string },
  context: CompletionContext,
): string | undefined {
  const typed = context.prefix.length - offer.prefix.length;
  if (typed < 0 || context.suffix.length !== offer.suffix.length) return undefined;
  if (!context.prefix.startsWith(offer.prefix) || context.suffix !== offer.suffix) return undefined;
  return context.prefix.slice(offer.prefix.length);
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
  rest(context: CompletionContext): Suggestion | undefined {
    const offer = this.#offers.get(context.document.uri);
    if (!offer) return undefined;
    const typed = typedSince(offer, context);
    const { suggestion } = offer;
    // Nothing typed is the same question again, which the cache answers, perhaps better by now.
    if (!typed || !suggestion.text.startsWith(typed) || suggestion.text.length === typed.length)
      return undefined;
    const { start, end } = suggestion.range;
    const moved = { line: start.line, character: start.character + typed.length };
    // What is typed pushes the end of a replaced rest of line to the right as well.
    const range = { start: moved, end: { line: end.line, character: end.character + typed.length } };
    return { ...suggestion, text: suggestion.text.slice(typed.length), range };
  }

  forget(uri: string): void {
    this.#offers.delete(uri);
  }
}
