import { spawn } from 'node:child_process';
import { appendFileSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { silentLog } from '../../src/base/log.ts';
import type { FeedbackEvent } from '../../src/domain/feedback.ts';
import { Journal, JournalReading, purge } from '../../src/feedback/journal.ts';
import { newStore } from '../support/feedbackStory.ts';
import { privateKey } from '../support/plantedSecrets.ts';

const KEY = 'ghp_a8Kd03mXq72LpZt5Vw9Rb1Yc6Nf4Hs2Je7U';

const ignored = (id: string): FeedbackEvent => ({ kind: 'ignored', id, at: 1 });

function shown(parts: Partial<Extract<FeedbackEvent, { kind: 'shown' }>> = {}): FeedbackEvent {
  return {
    ...{ kind: 'shown', id: 'a', at: 1, workspace: 'w', path: 'a.ts', languageId: 'typescript' },
    ...{ source: 'workspace', confidence: 0.5, text: 'f()', prefix: 'a = ', suffix: ';', ms: 2 },
    provenance: [{ path: 'b.ts', startLine: 1, endLine: 2, retriever: 'bm25', score: 1.5 }],
    ...parts,
  } as FeedbackEvent;
}

async function read(store: string) {
  const reading = new JournalReading(store);
  const events: FeedbackEvent[] = [];
  for await (const event of reading) events.push(event);
  return { events, broken: reading.broken, unknown: reading.unknown };
}

async function write(store: string, ...events: readonly FeedbackEvent[]): Promise<void> {
  const journal = new Journal(store, silentLog);
  for (const event of events) journal.append(event);
  await journal.close();
}

test('every kind of event comes back as it was written', async () => {
  const store = newStore();
  const events: FeedbackEvent[] = [
    shown(),
    shown({ id: 'b', text: 'two\u2028\nlines 🙂', prefix: '', suffix: '' }),
    { kind: 'accepted', id: 'a', at: 2 },
    { kind: 'partlyAccepted', id: 'b', at: 3, characters: 4 },
    { kind: 'dismissed', id: 'b', at: 4, how: 'typed' },
    { kind: 'dismissed', id: 'b', at: 4, how: 'escape' },
    ignored('c'),
    { kind: 'edited', id: 'a', at: 5, distance: 0.25, text: 'g()' },
    { kind: 'survival', id: 'a', at: 6, seconds: 15, distance: 0.25, survived: true },
  ];
  await write(store, ...events);
  expect(await read(store)).toEqual({ events, broken: 0, unknown: 0 });
});

test('every line names its schema, and only the user may read the file', async () => {
  const store = newStore();
  await write(store, ignored('a'), ignored('b'));
  const file = join(store, 'journal.jsonl');
  const lines = readFileSync(file, 'utf8').split('\n');
  expect(lines).toHaveLength(3);
  expect(JSON.parse(lines[0]!)).toEqual({ schema: 1, kind: 'ignored', id: 'a', at: 1 });
  if (process.platform !== 'win32') {
    expect(statSync(store).mode & 0o777).toBe(0o700);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  }
});

test('a journal that does not exist is empty', async () => {
  const store = newStore();
  expect(await read(store)).toEqual({ events: [], broken: 0, unknown: 0 });
  expect(await purge(store)).toEqual({ files: 0, bytes: 0 });
  await new Journal(store, silentLog).close();
});

test('a line that a crash has torn costs only itself', async () => {
  const store = newStore();
  await write(store, ignored('a'));
  appendFileSync(join(store, 'journal.jsonl'), '{"schema":1,"kind":"igno');
  await write(store, ignored('b'), ignored('c'));
  const { events, broken } = await read(store);
  expect(events.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  expect(broken).toBe(1);
});

test('lines that are no events are counted, and what a newer Wisp wrote apart from them', async () => {
  const store = newStore();
  mkdirSync(store, { recursive: true });
  const lines = [
    'no JSON',
    '[]',
    'null',
    '{"schema":1}',
    '{"schema":1,"kind":"accepted","id":7,"at":1}',
    '{"schema":1,"kind":"dismissed","id":"a","at":1,"how":"shouted"}',
    '{"schema":1,"kind":"thumbsUp","id":"a","at":1}',
    '{"schema":2,"kind":"accepted","id":"a","at":1}',
    '',
    '{"schema":1,"kind":"accepted","id":"a","at":1,"mood":"good"}',
  ];
  writeFileSync(join(store, 'journal.jsonl'), lines.join('\n'));
  expect(await read(store)).toEqual({
    events: [{ kind: 'accepted', id: 'a', at: 1 }],
    broken: 6,
    unknown: 2,
  });
});

test('full files are set aside and read in the order in which they were written', async () => {
  const store = newStore();
  const journal = new Journal(store, silentLog, 300);
  const ids = Array.from({ length: 100 }, (_, i) => `id${i}`);
  for (const id of ids) journal.append(ignored(id));
  await journal.close();
  expect(readdirSync(store).length).toBeGreaterThan(10);
  expect((await read(store)).events.map(({ id }) => id)).toEqual(ids);
});

test('several windows write one file without harm', async () => {
  const store = newStore();
  const script = `
    import { Journal } from '${new URL('../../src/feedback/journal.ts', import.meta.url)}';
    const journal = new Journal(process.argv[1], { info() {}, warn: console.error, error: console.error });
    for (let i = 0; i < 100; i++) {
      journal.append({ kind: 'edited', id: process.argv[2] + i, at: 1, distance: 1, text: 'x'.repeat(3000) });
    }
    await journal.close();
  `;
  const windows = ['a', 'b', 'c'].map(
    id =>
      new Promise<number | null>(resolve =>
        spawn(process.execPath, ['--no-warnings', '--input-type=module', '-e', script, store, id], {
          stdio: ['ignore', 'inherit', 'inherit'],
        }).on('close', resolve),
      ),
  );
  expect(await Promise.all(windows)).toEqual([0, 0, 0]);
  const { events, broken } = await read(store);
  expect(broken).toBe(0);
  for (const id of ['a', 'b', 'c']) {
    const own = events.filter(event => event.id.startsWith(id)).map(event => event.id);
    expect(own).toEqual(Array.from({ length: 100 }, (_, i) => `${id}${i}`));
  }
}, 30_000);

test('no secret is written, wherever it stands', async () => {
  const store = newStore();
  await write(
    store,
    shown({ prefix: `k = '${KEY}';\nf(`, text: `'${KEY}'`, suffix: `);\nk = '${KEY}';\n` }),
    shown({ prefix: `k = '${KEY.slice(0, 12)}`, text: KEY.slice(12, 30), suffix: `${KEY.slice(30)}';\n` }),
    { kind: 'edited', id: 'a', at: 1, distance: 0.1, text: `g('${KEY}')` },
  );
  const written = readFileSync(join(store, 'journal.jsonl'), 'utf8');
  for (let i = 0; i + 10 <= KEY.length; i++) expect(written).not.toContain(KEY.slice(i, i + 10));
});

test('the document around a suggestion is cut at line borders', async () => {
  const store = newStore();
  const lines = 'let a = 1;\n'.repeat(2_000);
  await write(store, shown({ prefix: lines, suffix: lines }));
  const [event] = (await read(store)).events as [Extract<FeedbackEvent, { kind: 'shown' }>];
  expect(event.prefix.length).toBeLessThanOrEqual(4_000);
  expect(event.prefix.length).toBeGreaterThan(3_900);
  expect(event.prefix).toMatch(/^(?:let a = 1;\n)+$/);
  expect(event.suffix.length).toBeLessThanOrEqual(2_000);
  expect(event.suffix).toMatch(/^(?:let a = 1;\n)+$/);
});

test('a folder that cannot be written costs the events and one warning', async () => {
  const store = newStore();
  mkdirSync(join(store, '..'), { recursive: true });
  writeFileSync(store, 'This is a file.');
  const warnings: string[] = [];
  const journal = new Journal(store, { ...silentLog, warn: message => warnings.push(message) });
  for (let i = 0; i < 5; i++) journal.append(ignored('a'));
  await journal.close();
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toContain('Feedback is lost');
});

test('purging deletes the journal and nothing else', async () => {
  const store = newStore();
  const journal = new Journal(store, silentLog, 100);
  for (const id of ['a', 'b', 'c', 'd']) journal.append(ignored(id));
  await journal.close();
  writeFileSync(join(store, 'notes.txt'), 'mine');
  const { files, bytes } = await purge(store);
  expect(files).toBeGreaterThan(1);
  expect(bytes).toBeGreaterThan(100);
  expect(readdirSync(store)).toEqual(['notes.txt']);
});

test('a private key that is cut where the journal cuts is masked', async () => {
  const store = newStore();
  const long = 'call();\n'.repeat(400);
  const key = privateKey(40);
  await write(store, shown({ prefix: `${key}\n${long}`, suffix: `${long.slice(0, 1_600)}${key}` }));
  expect(readFileSync(join(store, 'journal.jsonl'), 'utf8')).not.toMatch(/[A-Za-z0-9+/]{64}/);
});
