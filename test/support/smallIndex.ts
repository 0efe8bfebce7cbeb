import { languageOfPath } from '../../src/domain/languages.ts';
import { CodeIndex } from '../../src/indexing/codeIndex.ts';
import type { FileRecord } from '../../src/indexing/fileRecord.ts';
import { lex, linesOf } from '../../src/indexing/lexer.ts';

/** An index of a few files, each one chunk. */
export function indexOf(files: Readonly<Record<string, string>>): CodeIndex {
  const index = new CodeIndex();
  for (const [path, text] of Object.entries(files)) index.add(recordOf(path, text));
  return index;
}

/** What the index is told of a file. */
export function recordOf(path: string, text: string): FileRecord {
  const { tokens, strings } = lex(text);
  const lines = 1 + tokens.reduce((sum, token) => sum + linesOf(token), 0);
  return {
    path,
    languageId: languageOfPath(path)?.id ?? 'plaintext',
    size: text.length,
    mtimeMs: 1,
    hash: text,
    strings,
    tokens,
    chunks: [{ startLine: 1, endLine: lines, startToken: 0, endToken: tokens.length, kind: 'lines' }],
    symbols: new Int32Array(0),
  };
}
