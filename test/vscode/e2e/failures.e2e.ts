import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Session, testInVSCode } from './session.ts';

/** Where a process of Node can be looked into, once it was sent SIGUSR1. */
const INSPECTOR = 'http://127.0.0.1:9229/json';
/** Longer than an index waits until it is stored. */
const STORED_MS = 40_000;

testInVSCode(
  'the engine is killed twice: it starts again with what is open, unsaved text included, and nobody is disturbed',
  async session => {
    const { page } = session;
    await page.openFile('web/customers.ts');
    await page.press('Control+End');
    await page.type('\nconst neverSavedAnywhere = 21;\n');
    for (const name of ['first', 'second']) {
      await endEngine(session);
      await typesAndSeesGhostText(session, `killed ${name}`);
    }
    await session.newLineBelow('web/customers.ts', 'const removed =');
    await page.type('const known = neverSav');
    assert.match(await page.waitForGhostText(), /^edAnywhere/);
    assert.deepEqual(await page.notifications(), []);
  },
);

testInVSCode(
  'the index is deleted while VS Code runs: typing goes on, and the next save keeps it again',
  async session => {
    const { page, dataDir } = session;
    const [store] = await page.until(
      () => storesIn(dataDir),
      found => found.length === 1,
      STORED_MS,
    );
    await rm(dirname(store!), { recursive: true });
    await typesAndSeesGhostText(session, 'index deleted');
    await page.press('Control+S');
    await page.until(async () => existsSync(store!), Boolean, STORED_MS);
    assert.deepEqual(await page.notifications(), []);
  },
);

async function typesAndSeesGhostText({ page, newLineBelow }: Session, name: string): Promise<void> {
  await newLineBelow('web/customers.ts', 'const removed =');
  await page.type('const row = await ');
  assert.notEqual(await page.waitForGhostText(), '');
  await page.screenshot(name);
  await page.press('Escape');
  for (let undone = 0; undone < 2; undone++) await page.press('Control+Z');
}

/** The files below `folder` in which Wisp keeps indexes. */
async function storesIn(folder: string): Promise<string[]> {
  const all = await readdir(folder, { recursive: true });
  return all.filter(path => path.endsWith('index.bin')).map(path => join(folder, path));
}

/** Ends the engine's thread from outside, as a fault in it would: by the inspector of the process that it runs in. */
async function endEngine({ dataDir }: Session): Promise<void> {
  process.kill(await extensionHostOf(dataDir), 'SIGUSR1');
  const inspector = await connectInspector();
  try {
    const engine = new Promise<string>(resolve => {
      inspector.addEventListener('message', ({ data }) => {
        const { method, params } = JSON.parse(data);
        if (method !== 'NodeWorker.attachedToWorker') return;
        if (params.workerInfo.title.includes('wisp engine')) resolve(params.sessionId);
      });
    });
    const send = (id: number, method: string, params: object) =>
      inspector.send(JSON.stringify({ id, method, params }));
    send(1, 'NodeWorker.enable', { waitForDebuggerOnStart: false });
    const sessionId = await engine;
    const ended = new Promise<void>(resolve => {
      inspector.addEventListener('message', ({ data }) => {
        const { method, params } = JSON.parse(data);
        if (method === 'NodeWorker.detachedFromWorker' && params.sessionId === sessionId) resolve();
      });
    });
    const message = JSON.stringify({
      id: 1,
      method: 'Runtime.evaluate',
      params: { expression: 'process.exit(1)' },
    });
    send(2, 'NodeWorker.sendMessageToWorker', { sessionId, message });
    await ended;
  } finally {
    inspector.close();
  }
}

async function connectInspector(): Promise<WebSocket> {
  for (let tries = 0; ; tries++) {
    try {
      const [target] = (await (await fetch(INSPECTOR)).json()) as [{ webSocketDebuggerUrl: string }];
      const socket = new WebSocket(target.webSocketDebuggerUrl);
      await new Promise((resolve, reject) => {
        socket.addEventListener('open', resolve);
        socket.addEventListener('error', reject);
      });
      return socket;
    } catch (error) {
      if (tries === 50) throw error;
      await pause(100);
    }
  }
}

/** The number of the process in which the extensions of the VS Code with these data run. */
async function extensionHostOf(dataDir: string): Promise<number> {
  const read = (pid: string, what: string) => readFile(`/proc/${pid}/${what}`, 'latin1').catch(() => '');
  for (const pid of await readdir('/proc')) {
    if (!(await read(pid, 'cmdline')).includes('--type=extensionHost')) continue;
    // Among all that VS Code's server tells it are places in its data.
    if ((await read(pid, 'environ')).includes(dataDir)) return Number(pid);
  }
  throw new Error('There is no process of extensions.');
}
