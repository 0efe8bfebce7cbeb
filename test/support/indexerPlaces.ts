import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { IndexerPlaces } from '../../src/indexing/indexerCalls.ts';
import { readGrammar } from './grammars.ts';

export const indexerScript = join(import.meta.dirname, '../../src/indexing/program.ts');

/** A folder of grammars as a build lays it out, for a program that runs from source. */
export async function indexerPlaces(
  ...names: readonly string[]
): Promise<{ places: IndexerPlaces; remove: () => Promise<void> }> {
  const grammars = await mkdtemp(join(tmpdir(), 'wisp-grammars-'));
  for (const file of ['web-tree-sitter', ...names].map(name => `${name}.wasm`)) {
    await writeFile(join(grammars, file), await readGrammar(file));
  }
  const queries = join(import.meta.dirname, '../../syntaxes');
  return { places: { grammars, queries }, remove: () => rm(grammars, { recursive: true, force: true }) };
}
