import { languageOfPath } from '../../src/domain/languages.ts';
import { analyse } from '../../src/indexing/analyse.ts';
import { CodeIndex } from '../../src/indexing/codeIndex.ts';
import { Outliner } from '../../src/syntax/outline.ts';
import { grammarsFor, readQuery } from './grammars.ts';

/** An index of a few files, chunks and definitions by their grammars. */
export async function definedIndex(
  grammars: readonly string[],
  files: Readonly<Record<string, string>>,
): Promise<CodeIndex> {
  const outliner = new Outliner(await grammarsFor(...grammars), readQuery);
  const index = new CodeIndex();
  for (const [path, content] of Object.entries(files)) {
    const source = { path, languageId: languageOfPath(path)!.id, content, size: 1, mtimeMs: 1 };
    const record = analyse(source, (grammar, text) => outliner.outline(grammar, text, 10_000));
    if ('skipped' in record) throw new Error(`${path}: ${record.skipped}`);
    index.add(record);
  }
  outliner.dispose();
  return index;
}
