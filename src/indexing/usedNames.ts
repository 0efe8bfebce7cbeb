import { setImmediate } from 'node:timers/promises';
import { COLUMNS as CHUNK_COLUMNS, markChunkNames } from './chunkTable.ts';
import type { IndexState } from './indexState.ts';
import { ID_MASK, RESERVED } from './lexer.ts';
import { foundTerms } from './postings.ts';
import { markSymbolNames, COLUMNS as SYMBOL_COLUMNS } from './symbolTable.ts';

/** The words and terms that some file has, by their new ids, which are in the order of the old ones. */
export interface Used {
  /** Old ids of the words. */
  readonly words: Int32Array;
  /** Old ids of the terms. */
  readonly terms: Int32Array;
  /** New ids of words, by the old ones; of those that are not used something. */
  readonly ids: Int32Array;
}

/** Rows that are looked at in less than a millisecond, of tokens and of what has several columns. */
const TOKENS_AT_ONCE = 1 << 18;
const ROWS_AT_ONCE = 1 << 14;

/**
 * Finds what an index uses of its vocabulary. Every pause in typing leaves half a word behind; kept from session to
 * session they would outgrow the code. Others have a turn meanwhile, after which `goOn` is called, which may throw.
 */
export async function findUsed(
  { vocabulary, chunks, symbols, tokens }: IndexState,
  goOn: () => void,
): Promise<Used> {
  const marks = new Uint8Array(vocabulary.words.length).fill(1, 0, RESERVED.length);
  const termCount = vocabulary.terms.length;
  const breathe = async () => {
    await setImmediate();
    goOn();
  };
  const inPieces = async <A extends Uint32Array | Int32Array>(
    array: A,
    length: number,
    mark: (piece: A, marks: Uint8Array) => void,
  ) => {
    for (let from = 0; from < array.length; from += length) {
      mark(array.subarray(from, from + length) as A, marks);
      await breathe();
    }
  };
  for (const stored of Object.values(tokens)) await inPieces(stored, TOKENS_AT_ONCE, markWords);
  await inPieces(chunks.rows, ROWS_AT_ONCE * CHUNK_COLUMNS, markChunkNames);
  await inPieces(symbols, ROWS_AT_ONCE * SYMBOL_COLUMNS, markSymbolNames);
  const words = placesOf(marks);
  const ids = new Int32Array(marks.length);
  for (let id = 0; id < words.length; id++) ids[words[id]!] = id;
  await breathe();
  return { words, terms: placesOf(foundTerms(chunks.postings, termCount)), ids };
}

/** What stands between files has the last id, which no word has. */
function markWords(tokens: Uint32Array, marks: Uint8Array): void {
  for (let place = 0; place < tokens.length; place++) marks[tokens[place]! & ID_MASK] = 1;
}

/** Where the marks are. */
function placesOf(marks: Uint8Array): Int32Array {
  const places = new Int32Array(marks.length);
  let count = 0;
  for (let place = 0; place < marks.length; place++) if (marks[place] === 1) places[count++] = place;
  return places.slice(0, count);
}
