import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const program = join(import.meta.dirname, 'workers/parsesMuchC.ts');
const megabytes = async (mode: 'frugal' | 'usual') =>
  Number((await promisify(execFile)(process.execPath, [program, mode])).stdout);

test('V8 takes no memory to optimise the lexer of C, as it would', async () => {
  const [frugal, usual] = await Promise.all([megabytes('frugal'), megabytes('usual')]);
  expect(usual).toBeGreaterThan(60);
  expect(frugal).toBeLessThan(40);
}, 60_000);
