import { expect, test } from 'vitest';
import { seeded } from '../../../src/evals/random.ts';
import { Network, unpack } from '../../../src/models/workspace/network.ts';
import { fit, lossOf } from '../../train/fit.ts';
import { learnedFile } from '../../train/learnedFile.ts';
import { newRecords, type Records, recordOf } from '../../train/records.ts';

/** Choices of which the one with the larger first input is right, unless the place says that none is. */
function toyRecords(count: number): Records {
  const random = seeded(3);
  const records = newRecords();
  for (let i = 0; i < count; i++) {
    const inputs = Float32Array.from({ length: 4 * 3 }, () => random.float());
    const place = Float32Array.of(1, random.below(4) === 0 ? 1 : 0);
    const rows = [0, 1, 2, 3];
    const best = rows.reduce((a, b) => (inputs[b * 3]! > inputs[a * 3]! ? b : a));
    recordOf(records, { count: 4, width: 3, inputs, place, right: place[1] === 1 ? -1 : best });
  }
  return records;
}

const sizes = { candidateInputs: 3, placeInputs: 2, hidden: 8 };

test('learns which candidate is right, and when none is', () => {
  const records = toyRecords(3_000);
  const options = { ...sizes, epochs: 12, batch: 16, rate: 0.02, decay: 0, random: seeded(1) };
  const weights = fit(records, options);
  expect(lossOf(weights, records).loss).toBeLessThan(0.25);

  const network = new Network(weights);
  const rows = Float32Array.of(0.1, 0.5, 0.5, 0.9, 0.5, 0.5);
  const [small, large, none] = network.probabilities(rows, 2, Float32Array.of(1, 0));
  expect(large).toBeGreaterThan(0.8);
  expect(small! + large! + none!).toBeCloseTo(1);
  expect(network.probabilities(rows, 2, Float32Array.of(1, 1))[2]).toBeGreaterThan(0.9);
});

test('says the same after it was packed into a module and unpacked', () => {
  const options = { ...sizes, epochs: 1, batch: 16, rate: 0.02, decay: 0, random: seeded(1) };
  const weights = fit(toyRecords(200), options);
  const origin = {
    date: '2026-01-01',
    seed: 1,
    repositories: ['a up to 0123', 'b up to 4567'],
    tokens: 200,
    lines: 0,
    prefixes: 0,
  };
  const learned = { tokens: weights, lines: weights, prefixes: weights };
  const packed = /'([\w+/=]{20,})'/.exec(learnedFile(learned, origin))![1]!;
  const rows = Float32Array.from({ length: 9 }, (_, i) => i / 9);
  const place = Float32Array.of(1, 0);
  const before = new Network(weights).probabilities(rows, 3, place);
  const after = new Network(unpack(packed)).probabilities(rows, 3, place);
  for (const [i, probability] of after.entries()) expect(probability).toBeCloseTo(before[i]!, 3);
});

test('the same records and seed give the same weights', () => {
  const once = () =>
    fit(toyRecords(200), { ...sizes, epochs: 2, batch: 16, rate: 0.02, decay: 0, random: seeded(5) });
  expect(once()).toEqual(once());
});
