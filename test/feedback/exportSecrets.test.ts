import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type ExportFormat, exportFeedback } from '../../src/feedback/export.ts';
import { newStore } from '../support/feedbackStory.ts';

const PASSWORD = ['q7Rk', '2mX9', 'pL4w'].join('');

/** A journal as an older Wisp may have left it, which did not know this for a secret. */
function oldJournal(): string {
  const store = newStore();
  mkdirSync(store, { recursive: true });
  const shown = { schema: 1, kind: 'shown', at: 1, workspace: 'w', path: 'a.ts', languageId: 'typescript' };
  const rest = { source: 'workspace', confidence: 0.5, provenance: [], ms: 2, suffix: ';\n' };
  const lines = [
    { ...shown, ...rest, id: 'around', prefix: `password = "${PASSWORD}";\nuse(`, text: 'one)' },
    { ...shown, ...rest, id: 'within', prefix: 'const password = ', text: `"${PASSWORD}"` },
    { ...shown, ...rest, id: 'made', prefix: 'f(', text: 'two)' },
    { schema: 1, kind: 'edited', id: 'made', at: 3, distance: 0.4, text: `two, password="${PASSWORD}")` },
    ...['around', 'within', 'made'].map(id => ({ schema: 1, kind: 'accepted', id, at: 2 })),
  ];
  appendFileSync(join(store, 'journal.jsonl'), lines.map(line => `${JSON.stringify(line)}\n`).join(''));
  return store;
}

test.each<[ExportFormat, number, number]>([
  ['fim', 1, 2],
  ['sft', 1, 2],
  ['dpo', 0, 1],
  ['kto', 0, 0],
])('%s holds no secret, and no example that would teach to write one', async (format, records, secret) => {
  const store = oldJournal();
  const out = join(store, `${format}.jsonl`);
  expect(await exportFeedback(store, format, out)).toMatchObject({ records, secret });
  const written = readFileSync(out, 'utf8');
  expect(written).not.toContain(PASSWORD);
  if (records > 0) expect(written).toContain('password = \\"«secret»\\"');
});
