import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { ensureCodeServer, node24 } from './install.ts';

export interface CodeServerOptions {
  /** Absolute path of the folder that the address opens. */
  readonly folder: string;
  /** VSIX files to install. */
  readonly extensions: readonly string[];
  /** The user's settings, over the ones that keep VS Code quiet. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Whether folders are trusted; if not, they open in restricted mode and nobody is asked. */
  readonly trusted: boolean;
  /** Where the user's data stay. If it is missing, they are thrown away in the end. */
  readonly dataDir?: string;
  /** 0 is any free port. */
  readonly port?: number;
  /** Added to the environment of the extension host. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface CodeServer {
  /** Opens `folder` in VS Code. */
  readonly url: string;
  readonly dataDir: string;
  /** Resolves when the server is gone, by `stop` or by itself. */
  readonly ended: Promise<void>;
  /** Ends every process that was started, and removes data that nobody asked to keep. */
  stop(): Promise<void>;
}

const STARTUP_MS = 60_000;
const GRACE_MS = 3_000;

/** Starts a real VS Code that serves itself to a browser of this machine. */
export async function startCodeServer(options: CodeServerOptions): Promise<CodeServer> {
  const entry = await ensureCodeServer();
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'wisp-vscode-')));
  const common = [
    entry,
    ...['--config', join(dataDir, 'config.yaml')],
    ...['--user-data-dir', dataDir],
    ...['--extensions-dir', join(dataDir, 'extensions')],
  ];
  await mkdir(join(dataDir, 'User'), { recursive: true });
  await writeFile(join(dataDir, 'config.yaml'), 'auth: none\ncert: false\n');
  await writeSettings(dataDir, options);
  const env = environment(options.env);
  const install = options.extensions.flatMap(vsix => ['--install-extension', vsix]);
  if (install.length > 0) await promisify(execFile)(node24, [...common, '--force', ...install], { env });

  const flags = [
    '--disable-telemetry',
    '--disable-update-check',
    '--ignore-last-opened',
    '--disable-getting-started-override',
    // A closed page takes its extension host along.
    ...['--reconnection-grace-time', '1'],
    ...['--bind-addr', `127.0.0.1:${options.port ?? 0}`],
  ];
  const server = spawn(node24, [...common, ...flags], {
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>(resolve => server.once('exit', () => resolve()));
  const endNow = () => signalGroup(server, 'SIGKILL');
  process.once('exit', endNow);

  const stop = async () => {
    await endGroup(server);
    process.off('exit', endNow);
    if (!options.dataDir) await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const address = await listening(server);
    const url = `${address}/?folder=${encodeURIComponent(options.folder)}`;
    // The first request starts VS Code itself; nobody should have to wait for that in front of an empty page.
    await fetch(url);
    return { url, dataDir, ended, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A folder that is kept belongs to its user, who may have changed the settings in it. */
async function writeSettings(dataDir: string, options: CodeServerOptions): Promise<void> {
  const file = join(dataDir, 'User/settings.json');
  if (options.dataDir && existsSync(file)) return;
  const trust = options.trusted ? TRUSTED : RESTRICTED;
  await writeFile(file, `${JSON.stringify({ ...QUIET, ...trust, ...options.settings }, null, 2)}\n`);
}

const TRUSTED = { 'security.workspace.trust.enabled': false };
const RESTRICTED = {
  'security.workspace.trust.enabled': true,
  'security.workspace.trust.startupPrompt': 'never',
};

/** VS Code without whatever talks to the network by itself or covers the editor. */
const QUIET = {
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'workbench.enableExperiments': false,
  'workbench.settings.enableNaturalLanguageSearch': false,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'typescript.disableAutomaticTypeAcquisition': true,
  'json.schemaDownload.enable': false,
  'npm.fetchOnlinePackageInfo': false,
  'git.autofetch': false,
  'git.openRepositoryInParentFolders': 'never',
};

function environment(extra: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  // With no address there is no extension gallery to ask.
  const env: NodeJS.ProcessEnv = { ...process.env, EXTENSIONS_GALLERY: '{}', ...extra };
  // Set where these commands run in a terminal of VS Code: the server would talk to that one.
  for (const name of Object.keys(env)) if (name.startsWith('VSCODE_')) delete env[name];
  return env;
}

/** Resolves to the address that the server says it listens at. */
async function listening(server: ChildProcess): Promise<string> {
  let output = '';
  const read = (chunk: Buffer) => {
    output += chunk;
  };
  const streams = [server.stdout!, server.stderr!];
  for (const stream of streams) stream.on('data', read);
  for (let waited = 0; waited < STARTUP_MS && server.exitCode === null; waited += 50) {
    const address = /listening on (http:\/\/[^\s/]+)/.exec(output)?.[1];
    if (address) {
      // Whatever comes later is thrown away, but it must be read for the pipe not to fill.
      for (const stream of streams) stream.off('data', read).resume();
      return address;
    }
    await pause(50);
  }
  throw new Error(`VS Code's server did not start.\n${output}`);
}

async function endGroup(server: ChildProcess): Promise<void> {
  signalGroup(server, 'SIGTERM');
  for (let waited = 0; waited < GRACE_MS && groupLives(server); waited += 50) await pause(50);
  signalGroup(server, 'SIGKILL');
}

function groupLives(server: ChildProcess): boolean {
  return signalGroup(server, 0);
}

/** The server leads a process group of its own: extension hosts and language servers are all in it. */
function signalGroup(server: ChildProcess, signal: NodeJS.Signals | 0): boolean {
  if (server.pid === undefined) return false;
  try {
    return process.kill(-server.pid, signal);
  } catch {
    return false;
  }
}
