import type { IndexReport } from '../engine/api.ts';
import type { Command } from './command.ts';
import { ENGINE_OPTIONS, withEngine } from './engine.ts';
import { counted, size } from './layout.ts';
import { folderAt } from './place.ts';

const { settings, store } = ENGINE_OPTIONS;

export const indexCommand: Command = {
  name: 'index',
  operands: ['DIR'],
  summary: 'Read a folder into the index and say what is in it.',
  options: { settings: settings!, store: store! },
  async run(input, host) {
    const directory = await folderAt(input.operands[0]!);
    const report = await withEngine(directory, input, host, async opened => opened.report);
    return { json: report, text: told(report) };
  },
};

function told({ files, chunks, bytes, skipped, seconds, fromCache }: IndexReport): string {
  const reasons = Object.entries(skipped).sort(([, a], [, b]) => b - a);
  return [
    `${counted(files, 'file')} (${size(bytes)}) in ${counted(chunks, 'chunk')}, in ${seconds.toFixed(2)} s; ${fromCache} known from the last time.`,
    ...(reasons.length > 0 ? ['Left out:'] : []),
    ...reasons.map(([reason, count]) => `  ${String(count).padStart(6)}  ${reason}`),
  ].join('\n');
}
