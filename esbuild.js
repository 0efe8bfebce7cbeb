// Builds the programs of Wisp and puts the grammars beside them:
//   dist/extension.cjs  runs in VS Code's extension host     dist/cli.cjs      the terminal program `wisp`
//   dist/engine.cjs     the engine's worker thread           dist/indexer.cjs  the indexer's threads and processes
//   dist/evals.cjs      the worker thread of evaluations     dist/embedder.cjs the process of embeddings
// With --vsix it also packs them as the file that users install, for this machine or for --target win32-x64 and the like.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename } from 'node:path';
import { build, context } from 'esbuild';

const require = createRequire(import.meta.url);
const vsix = process.argv.includes('--vsix');
const production = vsix || process.argv.includes('--production');
const watch = process.argv.includes('--watch');
const otherTarget = process.argv[process.argv.indexOf('--target') + 1 || process.argv.length];
const target = otherTarget ?? `${process.platform}-${process.arch}`;

const options = {
  entryPoints: {
    extension: 'src/extension.ts',
    engine: 'src/engine/worker.ts',
    indexer: 'src/indexing/program.ts',
    embedder: 'src/embedding/program.ts',
    evals: 'src/evals/worker.ts',
    cli: 'src/cli.ts',
  },
  outdir: 'dist',
  outExtension: { '.js': '.cjs' },
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  // The ONNX runtime is a binary; it stands beside the programs (`copyRuntime`).
  external: ['vscode', 'onnxruntime-node'],
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

/**
 * The ONNX runtime of one platform, such as `linux-x64`: with all of them a package would have 100 MB. A platform that
 * has none gets none, and Wisp says so when it is wanted.
 */
async function copyRuntime(platform) {
  await rm('dist/node_modules', { recursive: true, force: true });
  const binaries = `onnxruntime-node/bin/napi-v6/${platform.replace('-', '/')}`;
  if (!existsSync(`node_modules/${binaries}`)) return;
  // What only a graphics card needs is loaded late, or never.
  const isWanted = file => !/(DirectML|dxcompiler|dxil)\.dll$|\.(d\.ts|map)$/.test(file);
  for (const part of [
    'onnxruntime-node/package.json',
    'onnxruntime-node/dist',
    binaries,
    'onnxruntime-common/package.json',
    'onnxruntime-common/dist/cjs',
  ]) {
    await cp(`node_modules/${part}`, `dist/node_modules/${part}`, { recursive: true, filter: isWanted });
  }
}

/** Esbuild has bundled what is needed of the dependencies, so that none are packed. */
function pack() {
  const args = ['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links'];
  if (otherTarget) args.push('--target', otherTarget);
  execFileSync('vsce', ['package', ...args, '--out', 'dist/wisp.vsix'], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
}

await copyGrammars();
if (production) await copyRuntime(target);
if (watch) {
  await (await context(options)).watch();
} else {
  await build(options);
  const cli = await readFile('dist/cli.cjs', 'utf8');
  if (!cli.startsWith('#!')) await writeFile('dist/cli.cjs', `#!/usr/bin/env node\n${cli}`);
  await chmod('dist/cli.cjs', 0o755);
}
if (vsix) pack();
