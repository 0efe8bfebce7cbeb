import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * npm run bench -- NAME [ARGUMENT …]
 *
 * Runs a benchmark of this folder with garbage collection at hand; without a name it says which there are. Without
 * arguments `retrieval` measures the packages in node_modules.
 */
const [name, ...given] = process.argv.slice(2);
const names = readdirSync(import.meta.dirname)
  .flatMap(file => (file.endsWith('.ts') && file !== 'run.ts' ? [file.slice(0, -3)] : []))
  .sort();
if (name === undefined || !names.includes(name)) {
  process.stderr.write(`Which benchmark? npm run bench -- NAME, where NAME is one of ${names.join(', ')}.\n`);
  process.exit(2);
}
const modules = join(import.meta.dirname, '../../node_modules');
const usual = name === 'retrieval' && existsSync(modules) ? [modules, '10000'] : [];
const program = join(import.meta.dirname, `${name}.ts`);
const args = ['--expose-gc', program, ...(given.length > 0 ? given : usual)];
process.exitCode = spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1;
