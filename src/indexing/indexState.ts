import type { ChunkIndexState, ChunkRange } from './chunkIndex.ts';
import type { TokenOwner } from './familyTokens.ts';
import type { SymbolRange } from './symbolTable.ts';
import type { VocabularyState } from './vocabulary.ts';

/** An indexed file. Its tokens and its chunks stand elsewhere; where is kept up to date when they move. */
export interface FileRow extends TokenOwner, ChunkRange, SymbolRange {
  readonly path: string;
  readonly languageId: string;
  size: number;
  mtimeMs: number;
  readonly hash: string;
}

/** A whole index as plain data; `snapshotFile.ts` keeps it on disk. */
export interface IndexState {
  readonly vocabulary: VocabularyState;
  /** Chunks name their file by its place, so a removed one leaves a gap. */
  readonly files: readonly (FileRow | null)[];
  readonly chunks: ChunkIndexState;
  readonly symbols: Int32Array;
  /** By language family. */
  readonly tokens: Readonly<Record<string, Uint32Array>>;
}
