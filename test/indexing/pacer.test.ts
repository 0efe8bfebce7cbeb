import { describe, expect, test } from 'vitest';
import { isAbort } from '../../src/base/abort.ts';
import { Pacer, type Power, powerOfLinux } from '../../src/indexing/pacer.ts';
import { fakeClock } from '../support/fakeClock.ts';
import { makeTree } from '../support/tree.ts';

const never = new AbortController().signal;

function paced(onBattery: 'full' | 'slow' | 'pause', power: Power = 'mains') {
  const clock = fakeClock();
  const machine = { power };
  const pacer = new Pacer(clock, { readPower: async () => machine.power });
  pacer.pace = { cpuPercent: 80, onBattery };
  return { clock, machine, pacer };
}

/** Lets everything go on that waits for nothing but a promise. */
const idle = () => new Promise(resolve => setImmediate(resolve));

test('nobody types: the next piece may begin at once, at the usual share of a core', async () => {
  const { pacer } = paced('slow');
  expect(await pacer.turn(never)).toBe(80);
});

test('while somebody types it waits for a pause, and no longer than some seconds', async () => {
  const { pacer, clock } = paced('slow');
  let turns = 0;
  const ask = () => void pacer.turn(never).then(() => turns++);
  pacer.typed();
  ask();
  await idle();
  expect(turns).toBe(0);
  clock.pass(1_000);
  await idle();
  expect(turns).toBe(1);

  ask();
  pacer.typed();
  ask();
  for (let key = 0; key < 50 && turns < 3; key++) {
    clock.pass(200);
    pacer.typed();
    await idle();
  }
  expect(turns).toBe(3);
});

describe('on battery', () => {
  test('slow takes a tenth of a core, full as much as ever', async () => {
    expect(await paced('slow', 'battery').pacer.turn(never)).toBe(10);
    expect(await paced('full', 'battery').pacer.turn(never)).toBe(80);
  });

  test('pause waits until there is mains', async () => {
    const { pacer, clock, machine } = paced('pause', 'battery');
    let share: number | undefined;
    void pacer.turn(never).then(percent => {
      share = percent;
    });
    for (let minute = 0; minute < 5; minute++) {
      await idle();
      clock.pass(60_000);
    }
    expect(share).toBeUndefined();
    machine.power = 'mains';
    clock.pass(60_000);
    await idle();
    clock.pass(60_000);
    await idle();
    expect(share).toBe(80);
  });
});

test('who gives up waiting gets an abort error', async () => {
  const { pacer } = paced('pause', 'battery');
  const controller = new AbortController();
  const turn = pacer.turn(controller.signal).catch(error => error);
  await idle();
  controller.abort();
  expect(isAbort(await turn)).toBe(true);
});

const battery = { 'BAT0/type': 'Battery\n', 'BAT0/status': 'Discharging\n' };
test.each<[string, Record<string, string>, Power]>([
  ['a laptop unplugged', { ...battery, 'AC/type': 'Mains\n', 'AC/online': '0\n' }, 'battery'],
  ['a laptop plugged in', { ...battery, 'AC/type': 'Mains\n', 'AC/online': '1\n' }, 'mains'],
  ['a laptop that is full', { 'BAT0/type': 'Battery', 'BAT0/status': 'Full' }, 'unknown'],
  ['a mouse', { ...battery, 'BAT0/scope': 'Device\n' }, 'unknown'],
  ['no supply at all', {}, 'unknown'],
])('the power of %s', async (_, files, power) => {
  expect(await powerOfLinux(await makeTree(files))).toBe(power);
});

test('a machine that does not say has unknown power', async () => {
  expect(await powerOfLinux('/there/is/no/such/folder')).toBe('unknown');
});
