import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

const MANIFEST = {
  name: 'wisp-host-tests',
  publisher: 'wisp-code',
  version: '0.0.1',
  license: 'MIT',
  engines: { vscode: '^1.101.0' },
  main: './suite.cjs',
  activationEvents: ['onStartupFinished'],
  capabilities: { untrustedWorkspaces: { supported: true } },
};

/** Makes the runner extension with every `*.host.ts` of this folder in `folder`, and returns its main module. */
export async function bundleHostTests(folder: string): Promise<string> {
  const suites = (await readdir(import.meta.dirname)).filter(name => name.endsWith('.host.ts')).sort();
  const main = join(folder, 'suite.cjs');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), JSON.stringify(MANIFEST));
  await build({
    stdin: {
      contents: [...suites, 'runner.ts'].map(name => `export * from './${name}';`).join('\n'),
      resolveDir: import.meta.dirname,
    },
    outfile: main,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    external: ['vscode'],
    logLevel: 'warning',
  });
  return main;
}
