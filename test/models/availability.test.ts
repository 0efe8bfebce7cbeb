import { expect, test } from 'vitest';
import type { Clock } from '../../src/base/clock.ts';
import { Availability } from '../../src/models/availability.ts';
import { ModelFailure } from '../../src/models/model.ts';

function world() {
  const told: string[] = [];
  const time = { ms: 0 };
  const clock: Clock = { now: () => time.ms, elapsed: () => time.ms, after: () => () => {} };
  return { told, time, model: new Availability(clock, message => told.push(message)) };
}

const down = new ModelFailure('unreachable', 'No server answers.');
const slow = new ModelFailure('timeout', 'The server is slow.');

test('one outage is told once, however often it is met', () => {
  const { told, time, model } = world();
  for (let i = 0; i < 20; i++) {
    model.answered(down);
    time.ms += 600_000;
  }
  expect(told).toEqual(['No server answers.']);
  model.answered();
  model.answered(down);
  expect(told).toHaveLength(2);
});

test('in an outage the server is left alone, longer each time', () => {
  const { time, model } = world();
  const pauses: number[] = [];
  for (let i = 0; i < 9; i++) {
    model.answered(down);
    const since = time.ms;
    while (!model.worthAsking) time.ms += 1_000;
    pauses.push((time.ms - since) / 1_000);
  }
  expect(pauses).toEqual([5, 10, 20, 40, 80, 160, 300, 300, 300]);
});

test('one slow answer is no outage, three in a row are', () => {
  const { told, model } = world();
  model.answered(slow);
  model.answered(slow);
  model.answered();
  model.answered(slow);
  model.answered(slow);
  expect(told).toEqual([]);
  expect(model.worthAsking).toBe(true);
  model.answered(slow);
  expect(model.outage).toBe('The server is slow.');
});
