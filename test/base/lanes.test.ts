import { setImmediate } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { inLanes } from '../../src/base/lanes.ts';
import { newSeed, randomFrom } from '../support/random.ts';

const items = Array.from({ length: 23 }, (_, i) => i);

test('batches are made at once and taken in order, whichever is ready first', async () => {
  const seed = newSeed();
  const random = randomFrom(seed);
  const wait = async () => {
    for (let turns = random() * 20; turns > 0; turns--) await setImmediate();
  };
  const taken: number[] = [];
  let making = 0;
  let taking = 0;
  let mostMaking = 0;
  await inLanes(
    items,
    { size: 3, abreast: 4 },
    async batch => {
      mostMaking = Math.max(mostMaking, ++making);
      await wait();
      making--;
      return batch;
    },
    async batch => {
      expect(++taking, `seed ${seed}`).toBe(1);
      await wait();
      taken.push(...batch);
      taking--;
    },
  );
  expect(taken, `seed ${seed}`).toEqual(items);
  expect(mostMaking, `seed ${seed}`).toBe(4);
});

test('a failure ends it, and nothing behind it is taken', async () => {
  const taken: number[] = [];
  const work = inLanes(
    items,
    { size: 2, abreast: 3 },
    async batch => {
      if (batch.includes(6)) throw new Error('Six cannot be made.');
      return batch;
    },
    async batch => void taken.push(...batch),
  );
  await expect(work).rejects.toThrow('Six cannot be made.');
  await setImmediate();
  expect(taken).toEqual([0, 1, 2, 3, 4, 5]);
});

test('nothing to do is done at once', async () => {
  await inLanes(
    [],
    { size: 2, abreast: 3 },
    async () => expect.unreachable(),
    async () => {},
  );
});
