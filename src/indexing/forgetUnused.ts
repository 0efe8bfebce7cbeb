import { ChunkTable } from './chunkTable.ts';
import type { IndexState } from './codeIndex.ts';
import { ID_MASK, RESERVED, withId } from './lexer.ts';
import { keepTerms } from './postings.ts';
import { namesOfSymbols, renamedSymbols } from './symbolTable.ts';
import { BOUNDARY } from './tokenStore.ts';

/**
 * The same index without the words and terms that no file has any more. Every pause in typing leaves half a word
 * behind; kept from session to session they would outgrow the code. Tokens are renamed where they stand: what was given
 * is used up.
 */
export function forgetUnused({ vocabulary, files, chunks, symbols, tokens }: IndexState): IndexState {
  const old = new ChunkTable(chunks.rows);
  const used = new Uint8Array(vocabulary.words.length).fill(1, 0, RESERVED.length);
  for (const stored of Object.values(tokens)) for (const token of stored) used[token & ID_MASK] = 1;
  for (let chunk = 0; chunk < old.size; chunk++) {
    const { kind, name } = old.get(chunk);
    used[kind] = 1;
    if (name >= 0) used[name] = 1;
  }
  for (const name of namesOfSymbols(symbols)) used[name] = 1;

  const ids = new Int32Array(used.length);
  const words = vocabulary.words.filter((_, id) => used[id] === 1);
  for (let id = 0, next = 0; id < used.length; id++) if (used[id] === 1) ids[id] = next++;
  const rows = new ChunkTable();
  for (let chunk = 0; chunk < old.size; chunk++) {
    const row = old.get(chunk);
    rows.push({ ...row, kind: ids[row.kind]!, name: row.name < 0 ? -1 : ids[row.name]! });
  }
  for (const stored of Object.values(tokens)) {
    for (let place = 0; place < stored.length; place++) {
      const token = stored[place]!;
      if ((token & ID_MASK) !== BOUNDARY) stored[place] = withId(token, ids[token & ID_MASK]!);
    }
  }
  const { postings, kept } = keepTerms(chunks.postings);
  return {
    vocabulary: { words, terms: vocabulary.terms.filter((_, term) => kept[term]) },
    files,
    chunks: { rows: rows.state(), postings },
    symbols: renamedSymbols(symbols, ids),
    tokens,
  };
}
