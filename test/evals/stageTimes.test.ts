import { expect, test } from 'vitest';
import { stageTimes } from '../../src/evals/stageTimes.ts';

/** `guards 1 model 30`: the stages of one answer with their milliseconds. */
function answer(drawn: string) {
  const words = drawn.split(' ').filter(word => word !== '');
  return {
    stages: words.flatMap((stage, i) => (i % 2 === 0 ? [{ stage, ms: Number(words[i + 1]) }] : [])),
  };
}

test('a stage has the quantiles of the answers that passed through it', () => {
  const answers = Array.from({ length: 20 }, (_, i) => answer(`draft ${i + 1}`));
  expect(stageTimes([...answers, answer('guards 7'), answer('')])).toEqual({
    draft: { n: 20, p50Ms: 10, p95Ms: 19, longestMs: 20 },
    guards: { n: 1, p50Ms: 7, p95Ms: 7, longestMs: 7 },
  });
});

test('what an answer spent in a stage on two occasions is one time', () => {
  expect(stageTimes([answer('guards 1 model 30 guards 2')])).toEqual({
    guards: { n: 1, p50Ms: 3, p95Ms: 3, longestMs: 3 },
    model: { n: 1, p50Ms: 30, p95Ms: 30, longestMs: 30 },
  });
});

test('of no answers there are no stages', () => {
  expect(stageTimes([])).toEqual({});
});
