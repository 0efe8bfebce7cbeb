import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import MiniSearch from 'minisearch';
import type { CompletionContext } from '../../../src/domain/request.ts';
import type { CodeIndex } from '../../../src/indexing/codeIndex.ts';
import { termsIn } from '../../../src/indexing/terms.ts';
import { queryFor } from '../../../src/retrieval/query.ts';
import { memory, row, spread, time } from './rows.ts';

/** What the libraries take for the chunks of an index, stored in `folder`, and for the queries of some places. */
export async function measureLibraries(
  index: CodeIndex,
  contexts: readonly CompletionContext[],
  folder: string,
): Promise<void> {
  const documents = documentsOf(index);
  // At a place that shares no word with the workspace there is nothing to ask for.
  const queries = contexts
    .map(context => [...queryFor(context, index).keys()])
    .filter(terms => terms.length > 0);
  row(
    'the same chunks as documents of terms, MB',
    (documents.reduce((sum, text) => sum + text.length, 0) / 1e6).toFixed(0),
  );
  measureMiniSearch(documents, queries);
  await measureFts5(documents, queries, folder);
}

function measureMiniSearch(documents: readonly string[], queries: readonly (readonly string[])[]): void {
  const before = memory();
  const search = new MiniSearch({
    fields: ['text'],
    tokenize: text => text.split(' '),
    processTerm: term => term,
  });
  const built = time(() => search.addAll(documents.map((text, id) => ({ id, text }))));
  row('MiniSearch: built', `${(built / 1e3).toFixed(1)} s, ${((memory() - before) / 1e6).toFixed(0)} MB`);
  row(
    '  query, p50 / p95',
    spread(queries.map(terms => time(() => search.search(terms.join(' ')).slice(0, 50)))),
  );
  row('  stored', `${(JSON.stringify(search).length / 1e6).toFixed(0)} MB`);
}

async function measureFts5(
  documents: readonly string[],
  queries: readonly (readonly string[])[],
  folder: string,
): Promise<void> {
  const { DatabaseSync } = await import('node:sqlite');
  const file = join(folder, 'fts.db');
  const database = new DatabaseSync(file);
  database.exec(
    `PRAGMA journal_mode = WAL; CREATE VIRTUAL TABLE chunk USING fts5(text, detail = none, tokenize = "unicode61 tokenchars '_$'")`,
  );
  const insert = database.prepare('INSERT INTO chunk(text) VALUES (?)');
  const built = time(() => {
    database.exec('BEGIN');
    for (const text of documents) insert.run(text);
    database.exec('COMMIT');
  });
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  row('FTS5 (node:sqlite): built', `${(built / 1e3).toFixed(1)} s`);
  const find = database.prepare('SELECT rowid FROM chunk WHERE chunk MATCH ? ORDER BY rank LIMIT 50');
  const asked = queries.map(terms => terms.map(term => `"${term}"`).join(' OR '));
  row('  query, p50 / p95', spread(asked.map(query => time(() => find.all(query)))));
  row('  stored', `${((await stat(file)).size / 1e6).toFixed(0)} MB`);
  database.close();
}

/** Every chunk as the terms by which our own index knows it. */
function documentsOf(index: CodeIndex): readonly string[] {
  return index.paths().flatMap(path => {
    const { strings, tokens, chunks } = index.recordOf(path)!;
    const terms = strings.map(text => termsIn(text).join(' '));
    return chunks.map(({ startToken, endToken }) =>
      Array.from(tokens.subarray(startToken, endToken), token => terms[token & 0xff_ffff])
        .filter(Boolean)
        .join(' '),
    );
  });
}
