import { hashOf } from '../../src/base/hash.ts';
import { languageOfPath } from '../../src/domain/languages.ts';
import { chunk } from '../../src/indexing/chunk.ts';
import type { FileRecord } from '../../src/indexing/fileRecord.ts';
import { lex } from '../../src/indexing/lexer.ts';

/** What the index keeps of a file, chunks cut by lines, as where there is no grammar. */
export function lineRecord(
  path: string,
  text: string,
  stamp = { size: text.length, mtimeMs: 1 },
): FileRecord {
  const { tokens, strings } = lex(text);
  return {
    path,
    languageId: languageOfPath(path)?.id ?? 'plaintext',
    ...stamp,
    hash: hashOf(text),
    strings,
    tokens,
    chunks: chunk(text, tokens),
    symbols: new Int32Array(0),
  };
}
