import { expect, test } from 'vitest';
import { withoutTimings } from '../../src/evals/variants/timings.ts';
import type { Input } from '../../src/terminal/command.ts';
import { evalCommand } from '../../src/terminal/evalCommand.ts';
import { makeRepository } from '../support/repository.ts';
import { terminalHost } from '../support/terminalHost.ts';

const stock = (thing: string) =>
  [
    `export function restock${thing}(warehouse: Warehouse, amount: number): Receipt {`,
    `  const shelf = warehouse.shelfOf('${thing}');`,
    '  if (shelf.capacity < amount) throw new CapacityError(shelf, amount);',
    '  shelf.put(amount);',
    '  return warehouse.receiptFor(shelf, amount);',
    '}',
    '',
  ].join('\n');
const commits = ['Apple', 'Pear', 'Plum', 'Quince'].map(thing => ({ [`src/${thing}.ts`]: stock(thing) }));

async function run(directory: string, options: Input['options']) {
  const { json } = await evalCommand.run(
    { operands: [directory], options: { git: true, ...options } },
    terminalHost(),
  );
  // biome-ignore lint/suspicious/noExplicitAny: the document's form is what is tested
  return json as any;
}

test('baselines see the files that the author had open, and take nothing from the engine', async () => {
  const { directory } = await makeRepository({}, ...commits);
  const alone = await run(directory, {});
  const { systems } = await run(directory, { baseline: ['words', 'copilot', 'next-line'] });
  const [wisp, words, copilot, nextLine] = systems;
  expect(withoutTimings(wisp.holes)).toEqual(withoutTimings(alone.holes));
  expect(words.baseline).toBe(true);
  // Nothing is open at the first commit, and the file of the commit before at the others.
  const first = commitOf(copilot.holes[0]);
  const offeredAtFirst = copilot.holes.filter((hole: Hole) => commitOf(hole) === first && hole.offered);
  expect(offeredAtFirst).toEqual([]);
  expect(copilot.summary.exactMatch).toBeGreaterThan(0);
  expect(nextLine.summary.exactMatch).toBeGreaterThan(0);
  const session = await run(directory, { baseline: ['copilot'], 'no-session': true });
  expect(session.systems[1].summary.offered).toBe(0);
});

interface Hole {
  readonly id: string;
  readonly offered: boolean;
}

const commitOf = ({ id }: Hole) => id.split(':')[0];

test('baselines type the same lines', async () => {
  const { directory } = await makeRepository({}, ...commits.slice(0, 2));
  const { systems, comparisons } = await run(directory, { typing: true, baseline: ['words', 'next-line'] });
  const [wisp, words, nextLine] = systems;
  const ids = (of: { lines: readonly Hole[] }) => of.lines.map(({ id }) => id);
  expect(ids(words)).toEqual(ids(wisp));
  // A list of words gives one word at a time.
  expect(words.summary.completed).toBeGreaterThan(0);
  expect(words.summary.multiTokenCompleted).toBe(0);
  expect(nextLine.summary.multiTokenCompleted).toBeGreaterThan(0);
  expect(comparisons.map(({ b }: { b: string }) => b)).toEqual(['words', 'next-line']);
});

test('--recall measures the retrievers among them beside the own', async () => {
  const { directory } = await makeRepository({}, ...commits);
  const { summary } = await run(directory, { recall: '500', baseline: ['copilot', 'bm25'] });
  const recall = new Map(
    summary.rows.map((row: { configuration: string; recall: number }) => [row.configuration, row.recall]),
  );
  expect([...recall.keys()]).toEqual(expect.arrayContaining(['all fused', 'copilot', 'bm25']));
  expect(recall.get('bm25')).toBeGreaterThan(0);
  await expect(run(directory, { recall: '500', baseline: ['words'] })).rejects.toThrow(
    "The baseline 'words' retrieves nothing; --recall goes with copilot, cody, bm25.",
  );
});

test('--at replays the commits up to one, so that later ones change nothing', async () => {
  const repository = await makeRepository({}, ...commits.slice(0, 3));
  const at = repository.git('rev-parse', 'HEAD');
  const before = await run(repository.directory, {});
  await repository.commit(commits[3]!);
  const after = await run(repository.directory, { at: at.slice(0, 10) });
  expect(withoutTimings(after)).toEqual(withoutTimings(before));
  expect(after.run.source.head).toBe(at);
  await expect(run(repository.directory, { at: '--all' })).rejects.toThrow('There is no commit --all in ');
});
