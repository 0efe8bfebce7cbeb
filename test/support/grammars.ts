import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Grammars } from '../../src/syntax/grammars.ts';
import type { QueryName } from '../../src/syntax/outline.ts';

const require = createRequire(import.meta.url);

/** Grammars as the packages ship them, so that a test needs no build. */
export async function grammarsFor(...names: readonly string[]): Promise<Grammars> {
  const grammars = new Grammars(readGrammar);
  for (const name of names) {
    if (!(await grammars.prepare(name))) throw new Error(`The grammar '${name}' is missing: run npm ci.`);
  }
  return grammars;
}

/** The bytes of a file that a build puts into `dist/grammars/`. */
export function readGrammar(file: string): Promise<Uint8Array> {
  return readFile(pathOf(file));
}

/** A query of a language in `syntaxes/`. */
export function readQuery(language: string, name: QueryName): string | undefined {
  const path = join(import.meta.dirname, '../../syntaxes', language, `${name}.scm`);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

function pathOf(file: string): string {
  if (file === 'web-tree-sitter.wasm') return require.resolve('web-tree-sitter/web-tree-sitter.wasm');
  const name = `tree-sitter-${file}`;
  if (['c.wasm', 'html.wasm', 'json.wasm'].includes(file)) {
    return join(dirname(require.resolve(`tree-sitter-${file.replace('.wasm', '')}/package.json`)), name);
  }
  return join(dirname(require.resolve('@vscode/tree-sitter-wasm/package.json')), 'wasm', name);
}
