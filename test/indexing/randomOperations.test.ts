import { join } from 'node:path';
import { expect, test } from 'vitest';
import { portraitOf, someWords } from '../support/portrait.ts';
import { newSeed, randomFrom } from '../support/random.ts';
import { RandomWorker } from '../support/randomWorker.ts';

/**
 * WISP_REPOSITORY names a work tree to work on a copy of, with its history; WISP_OPERATIONS how many, WISP_SEED the seed
 * of a run to be repeated.
 */
const { WISP_REPOSITORY, WISP_OPERATIONS = '1000', WISP_SEED } = process.env;
const PACKAGES = [
  'openai/src/helpers',
  'openai/src/resources/chat',
  'tree-sitter-c/bindings',
  'tree-sitter-json/bindings',
  'picomatch/lib',
];
const LOOKS = 5;

test(`${WISP_OPERATIONS} random operations leave the index that a fresh build gives`, {
  timeout: 3_600_000,
}, async () => {
  const seed = Number(WISP_SEED ?? newSeed());
  const modules = join(import.meta.dirname, '../../node_modules');
  const from = WISP_REPOSITORY ? [WISP_REPOSITORY] : PACKAGES.map(name => join(modules, name));
  const worker = await RandomWorker.begin(from, randomFrom(seed));
  const operations = Number(WISP_OPERATIONS);
  for (let done = 1; done <= operations; done++) {
    await worker.operate();
    if (done % Math.ceil(operations / LOOKS) !== 0 && done !== operations) continue;
    const fresh = await worker.fresh();
    const words = someWords(fresh.index);
    const where = `seed ${seed}, after ${done} operations`;
    expect(portraitOf(worker.keeper.index, words), where).toEqual(portraitOf(fresh.index, words));
    expect(worker.keeper.report.skipped, where).toEqual(fresh.report.skipped);
  }
  const { files, chunks } = worker.keeper.report;
  console.log(`seed ${seed}: ${files} files, ${chunks} chunks, ${JSON.stringify(worker.tally)}`);
});
