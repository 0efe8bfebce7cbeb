import { statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { messageOf } from '../../src/base/log.ts';
import { startCodeServer } from './codeServer.ts';
import { ensureCodeServer, sampleWorkspace, vscodeTestFolder } from './install.ts';
import { packageVsix } from './packageVsix.ts';

/**
 * npm start [-- DIR] [--port N]
 *
 * Opens DIR, or a small sample workspace, in a real VS Code with the Wisp of this working tree, and stays until Ctrl-C.
 * What the user of that VS Code sets and does is kept between runs.
 */
const USAGE = 'Usage: npm start [-- DIR] [--port N]';
const DEFAULT_PORT = 8123;

async function main(): Promise<void> {
  const { folder, port: wanted } = readArguments();
  await ensureCodeServer();
  const vsix = await packageVsix();
  const dataDir = join(vscodeTestFolder, 'user');
  await mkdir(dataDir, { recursive: true });
  const port = await freePort(wanted);
  if (port !== wanted) console.log(`Port ${wanted} is taken.`);
  // The folder was named by the user who runs this, so there is no need to ask whether it is trusted.
  const server = await startCodeServer({ folder, extensions: [vsix], trusted: true, dataDir, port });

  let asked = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      asked = true;
      void server.stop();
    });
  }
  console.log(`VS Code with Wisp has ${folder} open at ${server.url} (Ctrl-C stops it)`);
  await server.ended;
  await server.stop();
  if (!asked) process.stderr.write('VS Code has ended by itself.\n');
  process.exit(asked ? 0 : 1);
}

function readArguments(): { folder: string; port: number } {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { port: { type: 'string', default: String(DEFAULT_PORT) } },
    });
    if (positionals.length > 1) return refuse(USAGE);
    const port = Number(values.port);
    if (!Number.isInteger(port) || port < 0 || port > 65_535)
      return refuse(`${values.port} is no port. ${USAGE}`);
    // npm runs scripts in the package's folder, but the path was given in the user's.
    const base = process.env.INIT_CWD ?? process.cwd();
    const folder = positionals[0] ? resolve(base, positionals[0]) : sampleWorkspace;
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return refuse(`${folder} is no folder.`);
    return { folder, port };
  } catch (error) {
    return refuse(`${messageOf(error)}\n${USAGE}`);
  }
}

function refuse(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(2);
}

/** The port if nobody listens there, else any free one. */
function freePort(wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES') reject(error);
      else resolve(freePort(0));
    });
    probe.listen(wanted, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}

await main();
