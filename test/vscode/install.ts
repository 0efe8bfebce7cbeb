import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { standInForSpdlog, standInForWatchdog } from './standIns.ts';

/**
 * Gets a real VS Code and a browser from the npm registry alone, into a folder that git ignores.
 * What is there already is used again; a version that is pinned here is part of the folder's name.
 */
const run = promisify(execFile);

const CODE_SERVER = '4.139.1';
const CHROMIUM = '153.0.0';
const STALE_STAGE_MS = 3_600_000;

export const repository = resolve(import.meta.dirname, '../..');
export const vscodeTestFolder = join(repository, '.vscode-test');
export const sampleWorkspace = join(import.meta.dirname, 'workspace');

/** Node 24, which code-server demands; npm's `node` package brings it. */
export const node24 = join(repository, 'node_modules/node/bin/node');

export interface Browser {
  readonly executablePath: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Returns the script that `node24` runs to start VS Code as a server. */
export async function ensureCodeServer(): Promise<string> {
  const folder = await installed(`code-server-${CODE_SERVER}`, async stage => {
    say(`Installing VS Code as a server (code-server ${CODE_SERVER}), once …`);
    await npmInstall(stage, `code-server@${CODE_SERVER}`);
    const server = join(stage, 'node_modules/code-server/lib/vscode');
    say('Installing what VS Code needs …');
    await npmInstall(server);
    say('Installing what its built-in extensions need …');
    await npmInstall(join(server, 'extensions'));
    await writeFile(join(server, 'node_modules/@vscode/spdlog/index.js'), standInForSpdlog);
    await writeFile(join(server, 'node_modules/@vscode/native-watchdog/index.js'), standInForWatchdog);
  });
  return join(folder, 'node_modules/code-server/out/node/entry.js');
}

/** Returns a Chromium that has been seen to run here: `CHROME_PATH`, the packaged one, or the system's. */
export async function ensureChromium(): Promise<Browser> {
  const candidates = [
    process.env.CHROME_PATH ? systemBrowser(process.env.CHROME_PATH) : undefined,
    process.platform === 'linux' && process.arch === 'x64' ? await packagedChromium() : undefined,
    ...SYSTEM_BROWSERS.filter(existsSync).map(systemBrowser),
  ];
  for (const browser of candidates) {
    if (browser && (await runs(browser))) return browser;
  }
  throw new Error('No Chromium runs here. Install one and give its path as CHROME_PATH.');
}

const SYSTEM_BROWSERS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

const BROWSER_ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

function systemBrowser(executablePath: string): Browser {
  return { executablePath, args: BROWSER_ARGUMENTS, env: process.env };
}

/** The packaged Chromium brings its own network libraries and fonts, for machines that have none. */
async function packagedChromium(): Promise<Browser> {
  const folder = await installed(`chromium-${CHROMIUM}`, async stage => {
    say(`Installing Chromium ${CHROMIUM}, once …`);
    await npmInstall(stage, `@sparticuz/chromium@${CHROMIUM}`);
    say('Unpacking Chromium …');
    // The package unpacks into the folder for temporary files and nowhere else.
    const env = { ...process.env, TMPDIR: stage };
    await run(node24, ['--input-type=module', '--eval', UNPACK], { cwd: stage, env });
    await rm(join(stage, 'node_modules'), { recursive: true });
    await writeFile(join(stage, 'fonts/fonts.conf'), FONTS);
  });
  const libraries = [join(folder, 'al2023/lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(delimiter);
  return {
    executablePath: join(folder, 'chromium'),
    args: BROWSER_ARGUMENTS,
    env: { ...process.env, LD_LIBRARY_PATH: libraries, FONTCONFIG_FILE: join(folder, 'fonts/fonts.conf') },
  };
}

const UNPACK = `
  import { inflate } from '@sparticuz/chromium';
  for (const name of ['chromium.br', 'al2023.tar.br', 'fonts.tar.br', 'swiftshader.tar.br']) {
    await inflate('node_modules/@sparticuz/chromium/bin/' + name);
  }`;

/** The machine's own fonts first, because a code editor wants a fixed width; the packaged font where there are none. */
const FONTS = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>/usr/share/fonts</dir>
  <dir prefix="relative">fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;

async function runs(browser: Browser): Promise<boolean> {
  try {
    await run(browser.executablePath, ['--version', '--no-sandbox'], { env: browser.env, timeout: 20_000 });
    return true;
  } catch {
    return false;
  }
}

/**
 * The folder `name`, filled by `fill` on first use. It gets its name only when it is complete, so an install that was
 * broken off is simply done again, and two at a time do not meet.
 */
async function installed(name: string, fill: (stage: string) => Promise<void>): Promise<string> {
  const folder = join(vscodeTestFolder, name);
  if (existsSync(folder)) return folder;
  await mkdir(vscodeTestFolder, { recursive: true });
  await removeStaleStages();
  const stage = await mkdtemp(join(vscodeTestFolder, 'stage-'));
  try {
    await fill(stage);
    await rename(stage, folder).catch(error => {
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(stage, { recursive: true, force: true });
  }
  return folder;
}

async function removeStaleStages(): Promise<void> {
  for (const name of await readdir(vscodeTestFolder)) {
    const path = join(vscodeTestFolder, name);
    if (!name.startsWith('stage-') || Date.now() - (await stat(path)).mtimeMs < STALE_STAGE_MS) continue;
    await rm(path, { recursive: true, force: true });
  }
}

/** Install scripts stay out: they would compile native modules, which needs more than Node and npm. */
async function npmInstall(cwd: string, ...packages: string[]): Promise<void> {
  const flags = [
    '--ignore-scripts',
    '--omit=dev',
    '--no-audit',
    '--no-fund',
    '--no-save',
    '--loglevel=error',
  ];
  if (packages.length > 0) await writeFile(join(cwd, 'package.json'), '{"private":true}');
  const env = { ...process.env, PATH: dirname(node24) + delimiter + process.env.PATH };
  const shell = process.platform === 'win32';
  await run('npm', ['install', ...flags, ...packages], { cwd, env, shell, maxBuffer: 1 << 26 });
}

function say(message: string): void {
  process.stderr.write(`${message}\n`);
}
