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

/** Every `*.host.ts` of this folder with the runner of tests. */
export async function hostTests(): Promise<string> {
  const suites = (await readdir(import.meta.dirname)).filter(name => name.endsWith('.host.ts')).sort();
  return [...suites, 'runner.ts'].map(name => `export * from './${name}';`).join('\n');
}

/** Makes an extension of `source`, whose imports stand beside this file, in `folder`; returns its main module. */
export async function bundleForHost(folder: string, source: string): Promise<string> {
  const main = join(folder, 'suite.cjs');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), JSON.stringify(MANIFEST));
  await build({
    stdin: { contents: source, resolveDir: import.meta.dirname },
    outfile: main,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    external: ['vscode'],
    logLevel: 'warning',
  });
  return main;
}
