import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { defaultSettings } from '../../src/domain/settings.ts';
import type { EvaluationJob } from '../../src/evals/api.ts';
import { type EvaluationClientOptions, startEvaluation } from '../../src/evals/client.ts';
import { makeTree } from '../support/tree.ts';

const dist = resolve(import.meta.dirname, '../../dist');

/** Enough code that asking at all of it takes seconds. */
const tree = Object.fromEntries(
  ['Apple', 'Pear', 'Plum'].map(thing => [
    `src/${thing.toLowerCase()}.ts`,
    Array.from(
      { length: 80 },
      (_, i) => `export const at${i} = database.find${thing}(${i}, clock.now());\n`,
    ).join(''),
  ]),
);

async function start(more: Partial<EvaluationJob & EvaluationClientOptions> = {}) {
  const { script = join(dist, 'evals.cjs'), clock = systemClock, ...job } = more;
  const progress: { stage: string; done: number; total: number }[] = [];
  const running = startEvaluation(
    {
      name: 'orchard',
      directory: await makeTree(tree),
      filesExclude: [],
      settings: defaultSettings,
      holes: 10,
      seed: 1,
      version: '0.0.0',
      ...job,
    },
    {
      script,
      places: { assets: dist },
      events: { progress: at => progress.push(at), log() {} },
      clock,
    },
  );
  onTestFinished(() => running.kill());
  return { running, progress };
}

async function until(holds: () => boolean): Promise<void> {
  const deadline = performance.now() + 100_000;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error('It did not come to pass within 100 s.');
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}

test('a folder is evaluated on a thread of its own, which tells how far it is', async () => {
  const { running, progress } = await start();
  const { html, sentence, asked, partial } = await running.report;
  expect({ asked, partial }).toEqual({ asked: 10, partial: false });
  expect(sentence).toMatch(/^Something offered at \d+ % of \d+ places?\b.*\.$/);
  expect(html).toMatch(/^<!DOCTYPE html>/);
  expect(progress.at(-1)).toEqual({ stage: 'Asking', done: 10, total: 10 });
});

test('stopped early, the report tells of what was asked', async () => {
  const { running, progress } = await start({ holes: 240 });
  await until(() => progress.some(({ stage, done }) => stage === 'Asking' && done >= 3));
  running.stop();
  const { asked, partial, html } = await running.report;
  expect(partial).toBe(true);
  expect(asked).toBeGreaterThanOrEqual(3);
  expect(asked).toBeLessThan(240);
  expect(html).toContain(`This is a partial report: it was stopped after ${asked} of 240 places.`);
});

test('while the user types, it waits', async () => {
  const { running, progress } = await start();
  const typing = setInterval(() => running.typed(), 20);
  await new Promise(resolve => setTimeout(resolve, 1_000));
  const whileTyping = progress.filter(({ stage }) => stage === 'Asking');
  clearInterval(typing);
  expect((await running.report).asked).toBe(10);
  expect(whileTyping).toEqual([]);
});

test('what cannot be evaluated is one sentence', async () => {
  const { running } = await start({ directory: await makeTree({ 'README.md': 'Prose.\n' }) });
  await expect(running.report).rejects.toThrow(
    /^There is no code in this folder that a suggestion could be measured on\.$/,
  );
});

test('killed, it ends at once and without a report', async () => {
  const { running, progress } = await start({ holes: 240 });
  await until(() => progress.length > 0);
  running.kill();
  await expect(running.report).rejects.toThrow('The evaluation was ended.');
});

test('a thread that does not listen is ended when the time to stop is over', async () => {
  const deaf = join(await makeTree({ 'deaf.cjs': 'setInterval(() => {}, 1_000);\n' }), 'deaf.cjs');
  let giveUp = () => {};
  const clock = {
    after(_: number, work: () => void) {
      giveUp = work;
      return () => {};
    },
  };
  const { running } = await start({ script: deaf, clock });
  running.stop();
  giveUp();
  await expect(running.report).rejects.toThrow('The evaluation was ended.');
});

test('a thread that breaks is told in a sentence', async () => {
  const broken = join(await makeTree({ 'broken.cjs': 'throw new Error("no such module");\n' }), 'broken.cjs');
  const { running } = await start({ script: broken });
  await expect(running.report).rejects.toThrow('The evaluation failed: no such module');
});
