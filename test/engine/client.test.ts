import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { defaultSettings } from '../../src/domain/settings.ts';
import type { OpenDocument } from '../../src/engine/api.ts';
import { EngineClient, type EngineClientOptions, type EngineState } from '../../src/engine/client.ts';

const start = { line: 0, character: 0 };
const question = (id: string) => ({
  id,
  uri: 'a',
  version: 1,
  position: start,
  trigger: 'automatic' as const,
});
const document = (uri: string, text: string): OpenDocument => ({
  uri,
  languageId: 'typescript',
  version: 1,
  text,
  dirty: false,
});
const insertion = (text: string) => ({
  uri: 'a',
  version: 2,
  changes: [{ range: { start, end: start }, text }],
});

const clients: EngineClient[] = [];
afterEach(async () => {
  await Promise.all(clients.splice(0).map(client => client.stop()));
});

/** A client of a scripted worker, with what became of it. */
function clientOf(script: string, options: Partial<EngineClientOptions> = {}) {
  const states: EngineState[] = [];
  const lines: string[] = [];
  const keep = (message: string, error?: unknown) => {
    lines.push(error instanceof Error ? `${message} ${error.message}` : message);
  };
  const open: OpenDocument[] = [];
  const client = new EngineClient({
    script: join(import.meta.dirname, 'workers', script),
    places: { assets: '', storage: '', models: '', feedback: '' },
    events: { status() {}, improved() {}, outage() {}, log: line => lines.push(line.message) },
    snapshot: uri => open.filter(one => !uri || one.uri === uri),
    onState: state => states.push(state),
    log: { info: keep, warn: keep, error: keep },
    clock: systemClock,
    ...options,
    timing: { beat: 500, backOff: 5, farewell: 1_000, ...options.timing },
  });
  clients.push(client);
  return { client, states, lines, open };
}

async function until(holds: () => boolean): Promise<void> {
  const deadline = performance.now() + 100_000;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error('It did not come to pass within 100 s.');
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}

/** What the present worker was told, in order. */
async function toldTo(client: EngineClient) {
  const { trace } = await client.remote.complete(question('what were you told?'));
  return trace.notes.map(note => [note.where, JSON.parse(note.what)] as const);
}

describe('an engine on a worker thread', () => {
  test('answers, and is told what was said before it was started', async () => {
    const { client, states, open } = clientOf('scripted.ts');
    open.push(document('a', 'one'));
    await client.remote.configure({ settings: defaultSettings });
    await client.remote.openWorkspace({ folders: [], trusted: true, filesExclude: ['first'] });
    client.start();
    expect((await toldTo(client)).map(([method]) => method)).toEqual(['configure', 'openWorkspace', 'open']);
    await until(() => states.includes('running'));
    expect(states).toEqual(['starting', 'running']);
  });

  test('that dies under a question answers it with a failure, comes back and is told everything in order', async () => {
    const { client, states, open } = clientOf('scripted.ts');
    client.start();
    await client.remote.configure({ settings: defaultSettings, apiKey: 'k' });
    await client.remote.openWorkspace({ folders: [], trusted: false, filesExclude: [] });
    await client.remote.openWorkspace({ folders: [], trusted: true, filesExclude: ['last'] });
    await client.remote.snooze({ until: 7 });
    await client.remote.open(document('a', 'old text'));
    open.push(document('a', 'text of this moment'), document('b', ''));

    const { outcome, trace } = await client.remote.complete(question('die'));
    expect(outcome).toMatchObject({ kind: 'failed', failure: 'internal' });
    expect(trace.requestId).toBe('die');
    await until(() => states.filter(state => state === 'running').length === 2);
    expect(states).toEqual(['starting', 'running', 'restarting', 'starting', 'running']);
    expect(await toldTo(client)).toEqual([
      ['configure', { settings: defaultSettings, apiKey: 'k' }],
      ['snooze', { until: 7 }],
      ['openWorkspace', { folders: [], trusted: true, filesExclude: ['last'] }],
      ['open', open[0]],
      ['open', open[1]],
    ]);
  });

  test('that hangs is replaced, also when only edits wait for it', async () => {
    const { client, states } = clientOf('scripted.ts', { timing: { beat: 100 } });
    client.start();
    await until(() => states.includes('running'));
    const hung = client.remote.complete(question('hang'), AbortSignal.timeout(50));
    const edit = client.remote.change(insertion('x'));
    expect((await hung).outcome).toEqual({ kind: 'cancelled' });
    await expect(edit).resolves.toBeUndefined();
    await until(() => states.at(-1) === 'running' && states.includes('restarting'));
    expect((await client.remote.complete(question('again'))).outcome.kind).toBe('empty');
  });

  test('that outgrows its memory takes nobody with it', async () => {
    const { client, states } = clientOf('scripted.ts', { limits: { maxOldGenerationSizeMb: 32 } });
    client.start();
    expect((await client.remote.complete(question('outgrow'))).outcome.kind).toBe('failed');
    await until(() => states.at(-1) === 'running');
  });

  test('that works long but beats is left in peace', async () => {
    const { client, states } = clientOf('scripted.ts', { timing: { beat: 50 } });
    client.start();
    await until(() => states.includes('running'));
    const long = client.remote.complete(question('wait'), AbortSignal.timeout(1_000));
    expect((await long).outcome).toEqual({ kind: 'cancelled' });
    expect(states).toEqual(['starting', 'running']);
  });

  test('that dies at once is tried six times, then stays down until the user restarts it', async () => {
    const { client, states, lines } = clientOf('diesAtOnce.ts');
    client.start();
    await until(() => states.includes('down'));
    expect(states.filter(state => state === 'starting')).toHaveLength(6);
    expect(lines.at(-1)).toContain('stays down');
    expect((await client.remote.complete(question('1'))).outcome.kind).toBe('failed');
    await expect(client.remote.snooze({ until: 1 })).resolves.toBeUndefined();
    await expect(client.remote.reindex({})).rejects.toThrow('not running');

    states.length = 0;
    client.restart();
    await until(() => states.includes('down'));
    expect(states.filter(state => state === 'starting')).toHaveLength(6);
  });

  test('that died long ago is not held against the next death', async () => {
    let now = 0;
    const { client, states } = clientOf('scripted.ts', { clock: { ...systemClock, now: () => now } });
    client.start();
    for (let death = 1; death <= 7; death++) {
      // What a worker said just before its death may be lost, that it was running for one.
      await until(() => states.at(-1) === 'running' || states.at(-1) === 'down');
      await client.remote.complete(question('die'));
      now += 60_000 + 1;
    }
    expect(states).not.toContain('down');
  });

  test('gets the whole text again when an edit does not fit its copy', async () => {
    const { client, lines, open } = clientOf('scripted.ts');
    client.start();
    open.push(document('a', 'whole text'), document('b', 'another'));
    await client.remote.change(insertion('misfit'));
    expect((await toldTo(client)).slice(-2)).toEqual([
      ['change', insertion('misfit')],
      ['open', open[0]],
    ]);
    expect(lines).toContain("The engine could not take 'change'. This edit does not fit.");
  });

  test('that throws on a question is no exception to the one who asked', async () => {
    const { client } = clientOf('scripted.ts');
    client.start();
    const { outcome } = await client.remote.complete(question('throw'));
    expect(outcome).toEqual({ kind: 'failed', failure: 'internal', message: 'The scripted engine throws.' });
  });

  test('is asked to write what is pending before it ends, and is not brought back', async () => {
    const { client, states, lines } = clientOf('scripted.ts');
    client.start();
    await until(() => states.includes('running'));
    await client.stop();
    expect(lines).toEqual(['shut down']);
    client.start();
    expect(states).toEqual(['starting', 'running']);
  });

  test('ends in bounded time even when it hangs at the farewell', async () => {
    const { client, states } = clientOf('scripted.ts', { timing: { farewell: 50, beat: 60_000 } });
    client.start();
    await until(() => states.includes('running'));
    const hung = client.remote.complete(question('hang'));
    await client.stop();
    expect((await hung).outcome.kind).toBe('failed');
  });
});
