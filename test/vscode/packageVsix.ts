import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { repository } from './install.ts';

/** Builds Wisp and packs it as the file that users install; returns its path. */
export async function packageVsix(): Promise<string> {
  process.stderr.write('Building and packaging Wisp …\n');
  const shell = process.platform === 'win32';
  await promisify(execFile)('npm', ['run', 'package'], { cwd: repository, shell, maxBuffer: 1 << 26 });
  return join(repository, 'dist/wisp.vsix');
}
