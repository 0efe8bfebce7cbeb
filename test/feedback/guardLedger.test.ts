import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { silentLog } from '../../src/base/log.ts';
import { GUARDS_FILE, GuardLedger, guardCountsIn } from '../../src/feedback/guardLedger.ts';
import { purge } from '../../src/feedback/journal.ts';
import { fakeClock } from '../support/fakeClock.ts';
import { newStore } from '../support/feedbackStory.ts';

const place = (line: number, at = line) => ({ at, path: 'src/a.ts', line });
const note = (guard: string, what: string) => ({ where: `guard:${guard}`, what });
const ledgerIn = (store?: string) => new GuardLedger(store, fakeClock(), silentLog);

test('every judgement is counted, and the newest places are examples', () => {
  const ledger = ledgerIn();
  for (let line = 1; line <= 5; line++)
    ledger.count([note('tooLittle', `refused: reason ${line}`)], place(line));
  ledger.count(
    [note('tooLittle', 'undecided: no time'), { where: 'cache', what: 'refused: not a guard' }],
    place(9),
  );
  expect(ledger.session).toEqual({
    tooLittle: {
      refused: 5,
      repaired: 0,
      doubted: 0,
      undecided: 1,
      examples: [5, 4, 3].map(line => ({ ...place(line), judgement: 'refused', reason: `reason ${line}` })),
    },
  });
});

test('a place that is judged with every key is one example', () => {
  const ledger = ledgerIn();
  for (let at = 1; at <= 5; at++) ledger.count([note('a', 'repaired: cut it')], place(7, at));
  expect(ledger.session.a).toMatchObject({ repaired: 5, examples: [{ at: 5, line: 7 }] });
});

test('two windows add up on the disk, and each tells its own session', async () => {
  const store = newStore();
  const [one, two] = [ledgerIn(store), ledgerIn(store)];
  one.count([note('a', 'refused: x')], place(1));
  await one.flush();
  two.count([note('a', 'refused: y'), note('b', 'doubted: z')], place(2));
  await two.flush();
  one.count([note('a', 'refused: w')], place(3));
  await one.flush();
  const counts = await guardCountsIn(store);
  expect(counts).toMatchObject({ a: { refused: 3 }, b: { doubted: 1 } });
  expect(counts.a?.examples.map(({ line }) => line)).toEqual([3, 2, 1]);
  expect(one.session).toMatchObject({ a: { refused: 2 } });
  expect(one.session.b).toBeUndefined();
});

test('is written after a while, unless the user wants no record', async () => {
  const store = newStore();
  const clock = fakeClock();
  const ledger = new GuardLedger(store, clock, silentLog);
  ledger.keep(false);
  ledger.count([note('a', 'refused: x')], place(1));
  await ledger.flush();
  expect(await guardCountsIn(store)).toEqual({});
  expect(ledger.session).toMatchObject({ a: { refused: 1 } });
});

test('holds no secret', async () => {
  const store = newStore();
  const ledger = ledgerIn(store);
  const secret = ['q7Rk', '2mX9', 'pL4w'].join('');
  ledger.count([note('a', `repaired: dropped 'password = "${secret}"'`)], place(1));
  await ledger.flush();
  const written = readFileSync(join(store, GUARDS_FILE), 'utf8');
  expect(written).toContain('«secret»');
  expect(written).not.toContain(secret);
});

test('a file that is damaged counts as none, and purging the journal takes it along', async () => {
  const store = newStore();
  mkdirSync(store, { recursive: true });
  writeFileSync(join(store, GUARDS_FILE), '{"a":{"refused":-1}}');
  expect(await guardCountsIn(store)).toEqual({});
  const ledger = ledgerIn(store);
  ledger.count([note('a', 'refused: x')], place(1));
  await ledger.flush();
  expect(await guardCountsIn(store)).toMatchObject({ a: { refused: 1 } });
  expect(await purge(store)).toMatchObject({ files: 1 });
  expect(await guardCountsIn(store)).toEqual({});
});
