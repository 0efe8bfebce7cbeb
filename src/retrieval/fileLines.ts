import type { ChunkRow } from '../indexing/chunkTable.ts';
import { linesOf } from '../indexing/lexer.ts';
import type { TokenStore } from '../indexing/tokenStore.ts';

/** What finding a line of a file needs of the index. */
export interface LinedIndex {
  tokenRange(path: string): { readonly start: number; readonly end: number } | undefined;
  chunkAbove(path: string, line: number): Pick<ChunkRow, 'startToken' | 'tokenLine' | 'endLine'> | undefined;
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
  // `place` begins the lines from `first` to `line`, of which all but the last are blank.
  let first = 1;
  let line = 1;
  let place = range.start;
  const startOf = (wanted: number) => {
    if (first <= wanted && wanted <= line) return place;
    if (wanted < first || wanted > line + NEAR) {
      const chunk = index.chunkAbove(path, wanted);
      if (wanted < first || (chunk && chunk.tokenLine > line)) {
        line = chunk?.tokenLine ?? 1;
        first = line;
        place = range.start + (chunk?.startToken ?? 0);
      }
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
  return { tokens, last: index.chunkAbove(path, Number.POSITIVE_INFINITY)?.endLine ?? 0, startOf };
}

/** Lines that are walked rather than looked up. */
const NEAR = 8;
