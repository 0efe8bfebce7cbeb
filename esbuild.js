// Builds the programs of Wisp and puts the grammars beside them:
//   dist/extension.cjs  runs in VS Code's extension host     dist/cli.cjs      the terminal program `wisp`
//   dist/engine.cjs     the engine's worker thread           dist/indexer.cjs  the indexer's worker thread
//   dist/evals.cjs      the worker thread of evaluations
import { chmod, cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename } from 'node:path';
import { build, context } from 'esbuild';

const require = createRequire(import.meta.url);
const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

const options = {
  entryPoints: {
    extension: 'src/extension.ts',
    engine: 'src/engine/worker.ts',
    indexer: 'src/indexing/worker.ts',
    evals: 'src/evals/worker.ts',
    cli: 'src/cli.ts',
  },
  outdir: 'dist',
  outExtension: { '.js': '.cjs' },
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  external: ['vscode'],
  // The ESM entry of web-tree-sitter needs import.meta.url, which a CommonJS bundle does not have.
  alias: { 'web-tree-sitter': require.resolve('web-tree-sitter') },
  sourcemap: !production,
  minify: production,
  legalComments: 'none',
  logLevel: 'info',
};

/** Grammars come as .wasm from pinned packages; only these files are shipped, not the packages. */
async function copyGrammars() {
  const bundled = [
    'bash',
    'c-sharp',
    'cpp',
    'css',
    'go',
    'java',
    'javascript',
    'php',
    'python',
    'ruby',
    'rust',
    'tsx',
    'typescript',
  ];
  const files = [
    ...bundled.map(name => `@vscode/tree-sitter-wasm/wasm/tree-sitter-${name}.wasm`),
    ...['c', 'html', 'json'].map(name => `tree-sitter-${name}/tree-sitter-${name}.wasm`),
  ];
  await mkdir('dist/grammars', { recursive: true });
  for (const file of files) {
    await cp(`node_modules/${file}`, `dist/grammars/${basename(file).replace('tree-sitter-', '')}`);
  }
  await cp('node_modules/web-tree-sitter/web-tree-sitter.wasm', 'dist/grammars/web-tree-sitter.wasm');
}

await copyGrammars();
if (watch) {
  await (await context(options)).watch();
} else {
  await build(options);
  const cli = await readFile('dist/cli.cjs', 'utf8');
  if (!cli.startsWith('#!')) await writeFile('dist/cli.cjs', `#!/usr/bin/env node\n${cli}`);
  await chmod('dist/cli.cjs', 0o755);
}
