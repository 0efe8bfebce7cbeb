import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { startCodeServer } from './codeServer.ts';
import { bundleForHost, hostTests } from './host/bundle.ts';
import { node24, repository, sampleWorkspace } from './install.ts';
import { launchChromium, openVSCode } from './page.ts';
import type { TestResult } from './registry.ts';

const SUITE_MS = 180_000;

/** Runs `host/*.host.ts` inside the extension host of a real VS Code beside the installed `vsix`. */
export async function runHostSuite(vsix: string): Promise<readonly TestResult[]> {
  const scratch = await mkdtemp(join(tmpdir(), 'wisp-workspace-'));
  try {
    await cp(sampleWorkspace, scratch, { recursive: true });
    return await runInHost({ vsix, folder: scratch, source: await hostTests(), mostMs: SUITE_MS });
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

export interface HostRun {
  /** The packaged Wisp. */
  readonly vsix: string;
  /** What VS Code has open. */
  readonly folder: string;
  /** A module, beside `host/bundle.ts`, with an `activate` that leaves its results as `host/runner.ts` does. */
  readonly source: string;
  readonly mostMs: number;
}

/** Runs a module inside the extension host of a real VS Code with Wisp, and gives the results that it left. */
export async function runInHost<T>({ vsix, folder, source, mostMs }: HostRun): Promise<T> {
  const scratch = await mkdtemp(join(tmpdir(), 'wisp-host-'));
  try {
    const results = join(scratch, 'results.json');
    const extensions = [vsix, await packageRunner(scratch, source)];
    const env = { WISP_HOST_RESULTS: results };
    const server = await startCodeServer({ folder, extensions, trusted: true, env });
    const browser = await launchChromium();
    try {
      // The extension host runs for as long as a page is open.
      const page = await openVSCode(browser, server.url);
      for (let waited = 0; waited < mostMs && !existsSync(results); waited += 100) await pause(100);
      await page.screenshot('host tests');
      if (!existsSync(results)) throw new Error(`The extension host gave no results in ${mostMs} ms.`);
      return JSON.parse(await readFile(results, 'utf8'));
    } finally {
      await browser.close();
      await server.stop();
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function packageRunner(scratch: string, source: string): Promise<string> {
  const folder = join(scratch, 'runner');
  const vsix = join(scratch, 'runner.vsix');
  await bundleForHost(folder, source);
  const vsce = join(repository, 'node_modules/@vscode/vsce/vsce');
  const flags = ['--no-dependencies', '--allow-missing-repository', '--skip-license', '--out', vsix];
  await promisify(execFile)(node24, [vsce, 'package', ...flags], { cwd: folder });
  return vsix;
}
