import { existsSync } from 'node:fs';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runTests as runInElectron } from '@vscode/test-electron';
import { bundleForHost, hostTests } from './host/bundle.ts';
import { repository, sampleWorkspace, vscodeTestFolder } from './install.ts';
import type { TestResult } from './registry.ts';

/**
 * Runs the same host suite in desktop VS Code, which is downloaded on first use. That needs the network beyond npm, and
 * a display (`xvfb-run` gives one), so `npm test` does it only where `WISP_DESKTOP=1` is set.
 */
export async function runDesktopSuite(): Promise<readonly TestResult[]> {
  const scratch = await mkdtemp(join(tmpdir(), 'wisp-desktop-'));
  const results = join(scratch, 'results.json');
  try {
    const folder = join(scratch, 'workspace');
    await cp(sampleWorkspace, folder, { recursive: true });
    const failure = await runInElectron({
      cachePath: join(vscodeTestFolder, 'desktop'),
      extensionDevelopmentPath: repository,
      extensionTestsPath: await bundleForHost(join(scratch, 'runner'), await hostTests()),
      extensionTestsEnv: { WISP_HOST_RESULTS: results },
      launchArgs: [folder, '--disable-workspace-trust', '--user-data-dir', join(scratch, 'user')],
    }).then(
      () => undefined,
      (error: unknown) => error,
    );
    // A failed test makes VS Code end with an error too, but then there are results that say more.
    if (failure !== undefined && !existsSync(results)) throw failure;
    return JSON.parse(await readFile(results, 'utf8'));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
