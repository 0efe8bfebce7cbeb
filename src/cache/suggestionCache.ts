import { LRUCache } from 'lru-cache';
import type { Suggestion } from '../domain/suggestion.ts';

/** An hour's worth of keystrokes of one person; a suggestion is a few hundred bytes. */
const MOST_SUGGESTIONS = 2_000;

/** Suggestions by `contextKey`. Values are frozen; errors, time-outs and cut-off answers never come in. */
export class SuggestionCache {
  readonly #suggestions = new LRUCache<string, Suggestion>({ max: MOST_SUGGESTIONS });

  get(key: string): Suggestion | undefined {
    return this.#suggestions.get(key);
  }

  put(key: string, suggestion: Suggestion): void {
    this.#suggestions.set(key, Object.freeze(suggestion));
  }

  clear(): void {
    this.#suggestions.clear();
  }

  get size(): number {
    return this.#suggestions.size;
  }
}
