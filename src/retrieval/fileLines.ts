import type { ChunkRow } from '../indexing/chunkTable.ts';
import { linesOf } from '../indexing/lexer.ts';
import type { TokenStore } from '../indexing/tokenStore.ts';

/** What finding a line of a file needs of the index. */
export interface LinedIndex {
  tokenRange(path: string): { readonly start: number; readonly end: number } | undefined;
  chunksIn(path: string): readonly Pick<ChunkRow, 'startToken' | 'tokenLine' | 'endLine'>[];
  store(family: string): TokenStore;
}

/** A file's tokens, found by line. */
export interface FileLines {
  readonly tokens: Uint32Array;
  /** The last line on which anything stands. */
  readonly last: number;
  /** Place in `tokens` of the first token of a line, from 1; that of the next written line for a blank one. */
  startOf(line: number): number;
}

/** Finds lines from the chunk that they stand in, and from the line asked for before where that is nearer. */
export function fileLines(path: string, family: string, index: LinedIndex): FileLines | undefined {
  const range = index.tokenRange(path);
  if (!range) return undefined;
  const { tokens } = index.store(family);
  const chunks = index.chunksIn(path);
  // `place` begins the lines from `first` to `line`, of which all but the last are blank.
  let first = 1;
  let line = 1;
  let place = range.start;
  const startOf = (wanted: number) => {
    if (first <= wanted && wanted <= line) return place;
    const chunk = chunks[lastBefore(chunks, wanted)];
    if (wanted < first || (chunk && chunk.tokenLine > line)) {
      line = chunk?.tokenLine ?? 1;
      first = line;
      place = range.start + (chunk?.startToken ?? 0);
    }
    while (line < wanted && place < range.end) {
      const lines = linesOf(tokens[place++]!);
      if (lines > 0) first = line + 1;
      line += lines;
    }
    if (line < wanted) {
      // Behind the last token there is nothing, however far.
      first = line + 1;
      line = Number.POSITIVE_INFINITY;
    }
    return place;
  };
  return { tokens, last: chunks.at(-1)?.endLine ?? 0, startOf };
}

/** Index of the last chunk whose first token stands on or above a line, −1 if none does. */
function lastBefore(chunks: readonly Pick<ChunkRow, 'tokenLine'>[], line: number): number {
  let low = 0;
  let high = chunks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (chunks[middle]!.tokenLine <= line) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
