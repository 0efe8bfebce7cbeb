import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { messageOf } from '../src/base/log.ts';
import { runDesktopSuite } from './vscode/desktop.ts';
import { runHostSuite } from './vscode/hostSuite.ts';
import { packageVsix } from './vscode/packageVsix.ts';
import { runTests, type TestResult } from './vscode/registry.ts';

/**
 * npm test [-- STEP …]
 *
 * Runs every step in this order, or those that are named, and sums up what passed and failed. A step that counts no
 * tests of its own counts as one. WISP_DESKTOP=1 adds the host suite in desktop VS Code, which has to be downloaded.
 */
interface Count {
  readonly passed: number;
  readonly failed: number;
}

const repository = resolve(import.meta.dirname, '..');
const resultsFolder = join(repository, 'test-results');
const E2E_TEST_MS = 180_000;
/** Keys that come while a busy VS Code draws can get lost; what fails twice is broken. */
const E2E_ATTEMPTS = 2;

const STEPS: Readonly<Record<string, () => Count | Promise<Count>>> = {
  build: () => program('node', 'esbuild.js'),
  types: () => program('tsc'),
  lint: () => program('biome', 'check', '--error-on-warnings', '.'),
  unit: unitTests,
  evals: () => program('node', 'test/evals/yardstick/run.ts', '--smoke'),
  host: async () => countOf(tellAll(await runHostSuite(await vsix()))),
  ...(process.env.WISP_DESKTOP === '1' && { desktop: async () => countOf(tellAll(await runDesktopSuite())) }),
  e2e: endToEndTests,
};

async function main(): Promise<void> {
  const wanted = process.argv.slice(2);
  const unknown = wanted.find(name => !(name in STEPS));
  if (unknown) {
    process.stderr.write(`There is no step ${unknown}; there are ${Object.keys(STEPS).join(', ')}.\n`);
    process.exit(2);
  }
  const names =
    wanted.length > 0 ? Object.keys(STEPS).filter(name => wanted.includes(name)) : Object.keys(STEPS);
  mkdirSync(resultsFolder, { recursive: true });
  const counts: Count[] = [];
  const summary: string[] = [];
  for (const name of names) {
    console.log(`\n=== ${name}`);
    const start = performance.now();
    const count = await counted(STEPS[name]!);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    summary.push(`${name.padEnd(8)} ${count.passed} passed, ${count.failed} failed, ${seconds} s`);
    counts.push(count);
  }
  console.log(`\n=== summary\n${summary.join('\n')}`);
  const passed = counts.reduce((sum, count) => sum + count.passed, 0);
  const failed = counts.reduce((sum, count) => sum + count.failed, 0);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 ? 1 : 0;
}

/** A step that breaks off has failed, and the others still run. */
async function counted(step: () => Count | Promise<Count>): Promise<Count> {
  try {
    return await step();
  } catch (error) {
    console.log(messageOf(error));
    return { passed: 0, failed: 1 };
  }
}

function program(command: string, ...args: string[]): Count {
  const shell = process.platform === 'win32';
  const { status, error } = spawnSync(command, args, {
    cwd: repository,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell,
  });
  if (error) throw error;
  return status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

function unitTests(): Count {
  const report = join(resultsFolder, 'unit.json');
  rmSync(report, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const whole = program('vitest', 'run', '--config', 'test/vitest.config.ts', ...reporters);
  const { numPassedTests, numFailedTests } = JSON.parse(readFileSync(report, 'utf8'));
  // A file that cannot even be loaded has no failed test, but vitest says that something is wrong.
  return { passed: numPassedTests, failed: Math.max(numFailedTests, whole.failed) };
}

async function endToEndTests(): Promise<Count> {
  process.env.WISP_VSIX = await vsix();
  const folder = join(import.meta.dirname, 'vscode/e2e');
  for (const file of readdirSync(folder).sort()) {
    if (file.endsWith('.e2e.ts')) await import(join(folder, file));
  }
  return countOf(await runTests(E2E_TEST_MS, tell, E2E_ATTEMPTS));
}

let packaged: Promise<string> | undefined;

/** Both suites in VS Code try the same package. */
function vsix(): Promise<string> {
  packaged ??= packageVsix();
  return packaged;
}

function tellAll(results: readonly TestResult[]): readonly TestResult[] {
  for (const result of results) tell(result);
  return results;
}

function tell({ name, ok, ms, message }: TestResult): void {
  console.log(`${ok ? ' ✓' : ' ✗'} ${name} (${(ms / 1000).toFixed(1)} s)`);
  if (message) console.log(message.replaceAll(/^/gm, '     '));
}

function countOf(results: readonly TestResult[]): Count {
  const passed = results.filter(result => result.ok).length;
  // A suite that ran nothing has not passed.
  if (results.length === 0) return { passed: 0, failed: 1 };
  return { passed, failed: results.length - passed };
}

await main();
