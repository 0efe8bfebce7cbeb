import { type Snippet, tokensIn } from '../domain/snippet.ts';
import type { Found } from '../retrieval/retriever.ts';

/**
 * Snippets of a list of places in its own order, as far as the budget goes, the last one cut to fit: how peers pack what
 * they retrieve. What overlaps a better place is left out.
 */
export function plainlyPacked(
  retriever: string,
  found: readonly Found[],
  readText: (path: string) => string | undefined,
  budget: number,
): readonly Snippet[] {
  const packed: Snippet[] = [];
  let left = budget;
  for (const { path, startLine, endLine, score } of found) {
    const overlaps = ({ path: other, ...place }: Snippet) =>
      other === path && place.startLine <= endLine && startLine <= place.endLine;
    if (left <= 0 || packed.some(overlaps)) continue;
    const lines =
      readText(path)
        ?.split(/\r?\n/)
        .slice(startLine - 1, endLine) ?? [];
    while (lines.length > 0 && tokensIn(lines.join('\n')) > left) lines.pop();
    if (lines.length === 0) continue;
    const text = lines.join('\n');
    const tokens = tokensIn(text);
    packed.push({ path, startLine, endLine: startLine + lines.length - 1, retriever, score, text, tokens });
    left -= tokens;
  }
  return packed;
}
