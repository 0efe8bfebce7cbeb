import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { type Host, UsageError } from '../../src/terminal/command.ts';
import { evalCommand } from '../../src/terminal/evalCommand.ts';
import { readBudgets } from '../../src/terminal/evalRecall.ts';
import { makeRepository } from '../support/repository.ts';

const host: Host = {
  assets: join(resolve(import.meta.dirname, '../..'), 'dist'),
  version: 'test',
  env: {},
  signal: new AbortController().signal,
  clock: systemClock,
  say: () => {},
  progress: () => {},
};

const INVOICE = `export function totalOf(invoice: Invoice): number {
  return invoice.positions.reduce((sum, position) => sum + position.amount, 0);
}
`;
const USING = `import { Invoice } from './invoice';

export function printInvoice(invoice: Invoice) {
`;

test('eval --git --recall tells how many of the names written next are retrieved, source by source', async () => {
  const { directory } = await makeRepository(
    { 'invoice.ts': INVOICE, 'print.ts': `${USING}}\n` },
    { 'print.ts': `${USING}  const total = totalOf(invoice, missingName);\n}\n` },
  );
  const input = { operands: [directory], options: { git: true, recall: '1000' } } as const;
  const { json, text } = await evalCommand.run(input, host);
  const { summary, holes } = json as {
    summary: { n: number; rows: { configuration: string; recall: number }[] };
    holes: { wanted: number }[];
  };
  expect(summary.n).toBe(1);
  // `totalOf` is there, `missingName` is nowhere, `total` is the author's own.
  expect([2, 3]).toContain(holes[0]!.wanted);
  const recall = new Map(summary.rows.map(row => [row.configuration, row.recall]));
  expect(recall.get('all fused')).toBe(1 / holes[0]!.wanted);
  expect(recall.get('only lexical')).toBe(1 / holes[0]!.wanted);
  expect(text).toContain('only lexical');
});

test('budgets are numbers of tokens, in any order', () => {
  expect(readBudgets('2048,512')).toEqual([512, 2048]);
  expect(() => readBudgets('many')).toThrow(UsageError);
});
