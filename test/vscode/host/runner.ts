import { rename, writeFile } from 'node:fs/promises';
import { runTests, type TestResult } from '../registry.ts';

/**
 * The runner extension's main module. `activate` serves the VS Code server, `run` serves `@vscode/test-electron`;
 * both leave the results as JSON in the file that the environment names.
 */
const TEST_MS = 30_000;

export async function activate(): Promise<void> {
  await runAndReport();
}

export async function run(): Promise<void> {
  const failed = (await runAndReport()).filter(result => !result.ok);
  if (failed.length > 0) throw new Error(`${failed.length} tests failed.`);
}

async function runAndReport(): Promise<readonly TestResult[]> {
  const results = await runTests(TEST_MS, () => {});
  const file = process.env.WISP_HOST_RESULTS;
  if (!file) throw new Error('WISP_HOST_RESULTS does not say where the results should go.');
  // Whoever waits for the file must never read half of it.
  await writeFile(`${file}.part`, JSON.stringify(results));
  await rename(`${file}.part`, file);
  return results;
}
