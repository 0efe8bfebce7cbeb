// Packs Wisp as the file that users install: `npm run package` for this machine, with `-- --target win32-x64` for another.
import { execFileSync } from 'node:child_process';

const args = process.argv.slice(2);
const options = { stdio: 'inherit', shell: process.platform === 'win32' };
execFileSync('node', ['esbuild.js', '--production', ...args], options);
execFileSync(
  'vsce',
  [
    'package',
    '--no-dependencies',
    '--allow-missing-repository',
    '--no-rewrite-relative-links',
    ...['--out', 'dist/wisp.vsix'],
    ...args,
  ],
  options,
);
