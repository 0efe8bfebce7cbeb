import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { silentLog } from '../../src/base/log.ts';
import type { FeedbackEvent } from '../../src/domain/feedback.ts';
import { GuardLedger } from '../../src/feedback/guardLedger.ts';
import { Journal } from '../../src/feedback/journal.ts';
import type { Command, Host } from '../../src/terminal/command.ts';
import { exportCommand, purgeCommand, statsCommand } from '../../src/terminal/feedbackCommands.ts';
import { makeTree } from '../support/tree.ts';

const host: Host = {
  assets: '',
  version: '',
  env: {},
  signal: new AbortController().signal,
  clock: systemClock,
  say() {},
  progress() {},
};

function run(command: Command, store: string, options: Record<string, string> = {}) {
  return command.run({ operands: [store], options }, host);
}

function shown(id: string, languageId: string, ms: number): FeedbackEvent {
  const text = { path: `src/${id}`, languageId, text: `${id}.name`, prefix: `${id} = `, suffix: ';\n' };
  return {
    kind: 'shown',
    id,
    at: 1,
    workspace: 'shop',
    source: 'workspace',
    confidence: 0.8,
    provenance: [],
    ms,
    ...text,
  };
}

const events: readonly FeedbackEvent[] = [
  shown('apple', 'typescript', 4),
  { kind: 'accepted', id: 'apple', at: 2 },
  { kind: 'survival', id: 'apple', at: 3, seconds: 15, distance: 0, survived: true },
  shown('pear', 'typescript', 8),
  { kind: 'dismissed', id: 'pear', at: 4, how: 'escape' },
  shown('plum', 'go', 12),
  { kind: 'ignored', id: 'plum', at: 5 },
];

/** A store with the journal of these events, and a file that is none of Wisp's. */
async function full(): Promise<string> {
  const store = await makeTree({ 'mine.txt': 'kept' });
  const journal = new Journal(store, silentLog);
  for (const event of events) journal.append(event);
  await journal.close();
  return store;
}

test('stats tells how suggestions ended, by language and source', async () => {
  const { json, text } = await run(statsCommand, await full());
  expect(json).toMatchObject({ shown: 3, accepted: 1, dismissed: 1, ignored: 1, acceptanceRate: 1 / 3 });
  expect(text).toBe(
    [
      '              shown  accepted  of shown  in part  dismissed  ignored  open',
      'all               3         1    33.3 %        0          1        1     0',
      'go                1         0     0.0 %        0          0        1     0',
      'typescript        2         1    50.0 %        0          1        0     0',
      'by workspace      3         1    33.3 %        0          1        1     0',
      '',
      '15 s after acceptance 1 of 1 suggestion still stood.',
      'Ask to answer: half within 8.0 ms, 95 % within 12 ms.',
    ].join('\n'),
  );
});

test('stats of a folder without a journal is nothing shown, and broken lines are told', async () => {
  expect((await run(statsCommand, await makeTree({}))).text).toBe('Nothing was shown yet.');
  expect((await run(statsCommand, await makeTree({ 'journal.jsonl': '{"torn\n' }))).text).toBe(
    'Nothing was shown yet.\n1 line of the journal could not be read.',
  );
});

test('export writes examples to a file and says how many', async () => {
  const store = await full();
  const out = join(store, 'examples.jsonl');
  const { json, text } = await run(exportCommand, store, { format: 'fim', out });
  expect(json).toMatchObject({ records: 1 });
  expect(text).toBe(`1 example written to ${out}.`);
  const [line] = (await readFile(out, 'utf8')).split('\n');
  expect(JSON.parse(line!)).toMatchObject({ prefix: 'apple = ', middle: 'apple.name', suffix: ';\n' });
});

describe('export says in one sentence what it needs', () => {
  test.each([
    [{ out: 'x.jsonl' }, "'wisp export' needs --format, one of fim, sft, dpo, kto."],
    [{ format: 'csv', out: 'x.jsonl' }, "There is no format 'csv'; there are fim, sft, dpo, kto."],
    [{ format: 'fim' }, "'wisp export' needs --out FILE."],
    [{ format: 'fim', out: 'no/such/x.jsonl' }, 'There is no folder no/such.'],
  ])('%j', async (options, sentence) => {
    await expect(run(exportCommand, await full(), options)).rejects.toThrow(sentence);
  });

  test('a store that is not there', async () => {
    await expect(run(exportCommand, 'no/store', { format: 'fim', out: 'x' })).rejects.toThrow(
      'There is no folder no/store.',
    );
  });
});

test('purge deletes the journal and nothing else', async () => {
  const store = await full();
  expect((await run(purgeCommand, store)).text).toMatch(/^1 file deleted \(\d/);
  expect(await readFile(join(store, 'mine.txt'), 'utf8')).toBe('kept');
  expect((await run(purgeCommand, store)).text).toBe('There is no journal.');
});

test('what the guards did is told, shown or not, with where they did so last', async () => {
  const store = join(await makeTree({ 'workspace.ts': '' }), 'feedback');
  const ledger = new GuardLedger(store, systemClock, silentLog);
  ledger.count(
    [
      { where: 'guard:tooLittle', what: 'refused: there is nothing in it' },
      { where: 'guard:addsSyntaxError', what: 'undecided: there was no time' },
    ],
    { at: 1, path: 'src/a.ts', line: 7 },
  );
  await ledger.flush();
  const { text, json } = await run(statsCommand, store);
  expect(text.split('\n').map(line => line.trim().replace(/ +/g, ' '))).toEqual([
    'Nothing was shown yet.',
    '',
    'guard refused repaired doubted undecided',
    'addsSyntaxError 0 0 0 1',
    'tooLittle 1 0 0 0',
    '',
    'The last of each:',
    'tooLittle, src/a.ts:7: refused, there is nothing in it',
  ]);
  expect(json).toMatchObject({ guards: { tooLittle: { refused: 1 } } });
});
