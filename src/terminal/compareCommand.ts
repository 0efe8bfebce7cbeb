import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { messageOf } from '../base/log.ts';
import { compareSaved, readResults, type Saved, type SavedComparison } from '../evals/variants/resultFile.ts';
import type { Command } from './command.ts';
import { toldComparison } from './evalReport.ts';
import { counted } from './layout.ts';

export const compareCommand: Command = {
  name: 'eval compare',
  operands: ['A.json', 'B.json'],
  summary: 'Say which of two saved evaluations did better, with an interval.',
  options: {},
  notes: `The files are what 'wisp eval --json' printed or --out wrote. What is compared are the holes of code that both were
asked at; the intervals are those of 'wisp eval --variant'. Of a file with several variants, name one: A.json#NAME.`,
  async run({ operands }) {
    const [a, b] = await Promise.all([0, 1].map(i => saved(operands[i]!)));
    const comparison = compareSaved(a!, b!);
    return { json: comparison, text: [toldComparison(comparison), ...toldUnpaired(comparison)].join('\n') };
  },
};

async function saved(given: string): Promise<Saved> {
  const at = given.lastIndexOf('#');
  const [file, system] = at < 0 ? [given] : [given.slice(0, at), given.slice(at + 1)];
  let text: string;
  try {
    text = await readFile(file!, 'utf8');
  } catch (error) {
    throw new Error(`The results in ${file} cannot be read: ${messageOf(error)}`);
  }
  try {
    return readResults(text, basename(given), system);
  } catch (error) {
    throw new Error(`${given} cannot be compared: ${messageOf(error)}`);
  }
}

function toldUnpaired({ a, b, onlyInA, onlyInB, changed }: SavedComparison): string[] {
  const left = [
    [onlyInA, `only in ${a}`],
    [onlyInB, `only in ${b}`],
    [changed, 'of the same name but not the same'],
  ] as const;
  const told = left
    .filter(([count]) => count > 0)
    .map(([count, where]) => `${counted(count, 'hole')} ${where}`);
  return told.length === 0 ? [] : [`Left out: ${told.join(', ')}.`];
}
