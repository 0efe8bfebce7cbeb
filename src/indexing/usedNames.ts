import { setImmediate } from 'node:timers/promises';
import { namesOfChunks } from './chunkTable.ts';
import type { IndexState } from './indexState.ts';
import { ID_MASK, RESERVED } from './lexer.ts';
import { isFound } from './postings.ts';
import { namesOfSymbols } from './symbolTable.ts';

/** The words and terms that some file has, by their new ids, which are in the order of the old ones. */
export interface Used {
  /** Old ids of the words. */
  readonly words: Int32Array;
  /** Old ids of the terms. */
  readonly terms: Int32Array;
  /** New ids of words, by the old ones; of those that are not used something. */
  readonly ids: Int32Array;
}

/** Tokens that are looked at in less than a millisecond. */
const AT_ONCE = 1 << 18;

/**
 * Finds what an index uses of its vocabulary. Every pause in typing leaves half a word behind; kept from session to
 * session they would outgrow the code. Others have a turn meanwhile, after which `goOn` is called, which may throw.
 */
export async function findUsed(
  { vocabulary, chunks, symbols, tokens }: IndexState,
  goOn: () => void,
): Promise<Used> {
  const used = new Uint8Array(vocabulary.words.length).fill(1, 0, RESERVED.length);
  const termCount = vocabulary.terms.length;
  for (const stored of Object.values(tokens)) {
    for (let from = 0; from < stored.length; from += AT_ONCE) {
      markWords(stored.subarray(from, from + AT_ONCE), used);
      await setImmediate();
      goOn();
    }
  }
  for (const name of namesOfChunks(chunks.rows)) used[name] = 1;
  for (const name of namesOfSymbols(symbols)) used[name] = 1;
  const words = placesWhere(used.length, id => used[id] === 1);
  const ids = new Int32Array(used.length);
  for (const [id, old] of words.entries()) ids[old] = id;
  return { words, terms: placesWhere(termCount, term => isFound(chunks.postings, term)), ids };
}

/** What runs a million times is no part of what waits. */
function markWords(tokens: Uint32Array, used: Uint8Array): void {
  // What stands between files has the last id, which no word has.
  for (let place = 0; place < tokens.length; place++) used[tokens[place]! & ID_MASK] = 1;
}

function placesWhere(length: number, holds: (place: number) => boolean): Int32Array {
  const places = new Int32Array(length);
  let count = 0;
  for (let place = 0; place < length; place++) if (holds(place)) places[count++] = place;
  return places.slice(0, count);
}
