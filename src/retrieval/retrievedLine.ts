import type { CompletionContext } from '../domain/request.ts';
import type { Snippet } from '../domain/snippet.ts';
import type { Provenance } from '../domain/suggestion.ts';

/** A line that stands below a place like the cursor's. */
export interface RetrievedLine {
  /** As it stands there, indentation included. */
  readonly line: string;
  readonly provenance: Provenance;
  /** How like the two places are, 0 to 1. */
  readonly similarity: number;
}

/** Written lines above the cursor that are compared. */
const WINDOW = 5;

/**
 * The line that follows the stretch of the snippets most like the lines above the cursor. Blank lines are passed over.
 * Of places equally like, the one in the better snippet counts, and in it the first.
 */
export function nextLineAfterMostSimilar(
  { prefix }: CompletionContext,
  snippets: readonly Snippet[],
): RetrievedLine | undefined {
  const here = written(prefix.slice(0, prefix.lastIndexOf('\n') + 1)).slice(-WINDOW);
  if (here.length === 0) return undefined;
  let best: RetrievedLine | undefined;
  for (const snippet of snippets.toReversed()) {
    const lines = written(snippet.text);
    for (let next = 1; next < lines.length; next++) {
      const similarity = likeness(here, lines.slice(Math.max(0, next - WINDOW), next));
      if (similarity <= (best?.similarity ?? 0)) continue;
      const { text, number } = lines[next]!;
      best = { line: text, provenance: placeOf(snippet, number), similarity };
    }
  }
  return best;
}

interface Line {
  readonly text: string;
  /** From 0. */
  readonly number: number;
  readonly words: ReadonlySet<string>;
}

function written(text: string): readonly Line[] {
  return text
    .split(/\r?\n/)
    .map((line, number) => ({ text: line, number, words: wordsIn(line) }))
    .filter(line => line.text.trim() !== '');
}

function placeOf({ path, startLine, retriever, score }: Snippet, number: number): Provenance {
  const line = startLine + number;
  return { path, startLine: line, endLine: line, retriever, score };
}

/** The whole stretch says that it is about the same, its last line that one stands at the same point of it. */
function likeness(here: readonly Line[], there: readonly Line[]): number {
  return (jaccard(allWords(here), allWords(there)) + jaccard(here.at(-1)!.words, there.at(-1)!.words)) / 2;
}

function allWords(lines: readonly Line[]): ReadonlySet<string> {
  return new Set(lines.flatMap(({ words }) => [...words]));
}

function wordsIn(text: string): ReadonlySet<string> {
  return new Set(text.match(/[\p{L}_$][\p{L}\p{N}_$]*/gu));
}

/** Shared over all (Jaccard, 1901); 0 if there is nothing to share. */
function jaccard(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let shared = 0;
  for (const word of one) if (other.has(word)) shared++;
  const all = one.size + other.size - shared;
  return all === 0 ? 0 : shared / all;
}
