/** An upper-case run stops before the capital that begins the next word: `HTTPServer` is `HTTP`, `Server`. */
const PART = /\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|[\p{Lt}\p{Lm}\p{Lo}]+|\p{N}+/gu;
const WORD = /^[\p{L}_$]/u;
/** One letter names nothing: `i` and the `T` of `TItem` stand in every other chunk. */
const LEAST_CHARS = 2;

/**
 * What a word is searched by: the whole in lower case, then its parts, split at case, digits and underscores, without
 * repetition. Numbers and punctuation have no terms. Keywords are no special case: their low weight does it.
 */
export function termsIn(word: string): readonly string[] {
  if (!WORD.test(word)) return [];
  const terms = new Set([word.toLowerCase()]);
  for (const [part] of word.matchAll(PART)) terms.add(part.toLowerCase());
  return [...terms].filter(term => term.length >= LEAST_CHARS);
}
