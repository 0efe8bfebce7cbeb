import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { silentLog } from '../../src/base/log.ts';
import { type ExportFormat, exportFeedback } from '../../src/feedback/export.ts';
import { Journal } from '../../src/feedback/journal.ts';
import { stats } from '../../src/feedback/stats.ts';
import { newStore, Story } from '../support/feedbackStory.ts';

const BEFORE = 'const a = ';
const AFTER = ';';

/** One document after the other, all into one journal. */
async function tell(store: string, id: string, text: string, deeds: (story: Story) => void): Promise<void> {
  const story = new Story(`${BEFORE}█${AFTER}`, { store, uri: `file:///${id}.ts` });
  story.offer(text, { id });
  story.wait(1_000);
  deeds(story);
  story.wait(2_500);
  await story.recorder.shutdown();
}

let store: string;
beforeAll(async () => {
  store = newStore();
  await tell(store, 'kept', 'keep(one)', story => {
    story.tab();
    story.wait(700_000);
  });
  await tell(store, 'keptAgain', 'keep(one)', story => {
    story.tab();
    story.wait(20_000);
  });
  await tell(store, 'changed', 'change(one)', story => {
    story.tab();
    story.change('one', 'two');
    story.wait(130_000);
  });
  await tell(store, 'deleted', 'delete(one)', story => {
    story.tab();
    story.change('delete(one)', '');
    story.wait(20_000);
  });
  await tell(store, 'closedEarly', 'close(one)', story => {
    story.tab();
    story.wait(1_000);
  });
  await tell(store, 'rewritten', 'write(one)', story => {
    story.tab();
    story.change('write(one)', 'quite different');
    story.close();
  });
  await tell(store, 'escaped', 'escape(one)', story => story.escape());
  await tell(store, 'unwantedOnce', 'keep(one)', story => story.escape());
  await tell(store, 'typedOver', 'type(one)', story => story.type('x'));
  await tell(store, 'partly', 'part(one)', story => {
    story.insert('part');
    story.type('x');
  });
  await tell(store, 'left', 'leave(one)', story => story.moveTo(0));
});

async function exported(format: ExportFormat, from = store) {
  const out = join(dirname(from), `${format}.jsonl`);
  const report = await exportFeedback(from, format, out);
  const lines = readFileSync(out, 'utf8').split('\n');
  expect(lines.pop()).toBe('');
  return { report, records: lines.map(line => JSON.parse(line)) };
}

const around = { prefix: BEFORE, suffix: AFTER };

describe('export', () => {
  test('as fim: what was accepted and is not gone, each once, in the words that stand there', async () => {
    const { report, records } = await exported('fim');
    expect(report).toEqual({ records: 3, duplicates: 1, secret: 0, unreadable: 0 });
    const facts = { path: 'a.ts', language: 'typescript', source: 'workspace' };
    const acceptedAt = Date.UTC(2026, 0, 1) + 1_000;
    expect(records).toEqual([
      {
        ...{ ...around, ...facts, middle: 'keep(one)', middleIs: 'accepted', id: 'kept', acceptedAt },
        survivedSeconds: 600,
      },
      {
        ...{ ...around, ...facts, middle: 'change(two)', middleIs: 'edited', id: 'changed', acceptedAt },
        survivedSeconds: 120,
      },
      { ...around, ...facts, middle: 'close(one)', middleIs: 'accepted', id: 'closedEarly', acceptedAt },
    ]);
  });

  test('as sft: the same as prompt and completion', async () => {
    const { records } = await exported('sft');
    expect(records).toEqual(
      ['keep(one)', 'change(two)', 'close(one)'].map(completion => ({
        ...{ prompt: BEFORE, completion, suffix: AFTER },
      })),
    );
  });

  test('as dpo: what the user made of it against what was suggested', async () => {
    const { records } = await exported('dpo');
    expect(records).toEqual([
      { prompt: BEFORE, chosen: 'change(two)', rejected: 'change(one)', suffix: AFTER },
      { prompt: BEFORE, chosen: 'quite different', rejected: 'write(one)', suffix: AFTER },
    ]);
  });

  test('as kto: wanted and unwanted, and wanted once is wanted', async () => {
    const { records } = await exported('kto');
    const labels = records.map(({ completion, label }) => [completion, label]);
    expect(labels).toEqual([
      ['keep(one)', true],
      ['change(one)', true],
      ['delete(one)', false],
      ['write(one)', false],
      ['escape(one)', false],
      ['type(one)', false],
    ]);
  });

  test('of nothing is an empty file', async () => {
    const { report, records } = await exported('fim', newStore());
    expect(report.records).toBe(0);
    expect(records).toEqual([]);
  });

  test('that fails leaves the old file as it was, and nothing beside it', async () => {
    const out = join(dirname(store), 'missing', 'out.jsonl');
    await expect(exportFeedback(store, 'fim', out)).rejects.toThrow(/ENOENT/);
    expect(existsSync(out)).toBe(false);
    expect(readdirSync(dirname(store)).filter(name => name.endsWith('.tmp'))).toEqual([]);
  });

  test('is what the recorder writes, the latest events included', async () => {
    const story = new Story('const a = █;');
    story.offer('open(file)');
    story.tab();
    const out = join(dirname(story.store), 'fim.jsonl');
    expect(await story.recorder.export('fim', out)).toMatchObject({ records: 1 });
    expect(JSON.parse(readFileSync(out, 'utf8'))).toMatchObject({ middle: 'open(file)' });
  });
});

describe('stats', () => {
  test('count each suggestion that was shown once', async () => {
    const { byLanguage, bySource, ms, ...all } = await stats(store);
    expect(all).toEqual({
      ...{ shown: 11, accepted: 6, partlyAccepted: 1, dismissed: 3, ignored: 1, open: 0 },
      acceptanceRate: 6 / 11,
      survived: {
        15: { checked: 4, survived: 3 },
        30: { checked: 2, survived: 2 },
        120: { checked: 2, survived: 2 },
        300: { checked: 1, survived: 1 },
        600: { checked: 1, survived: 1 },
      },
      unreadable: 0,
      guards: {},
    });
    expect(ms).toEqual({ p50: 5, p95: 5 });
    expect(byLanguage).toEqual({ typescript: expect.objectContaining({ shown: 11, accepted: 6 }) });
    expect(bySource).toEqual({ workspace: expect.objectContaining({ shown: 11, accepted: 6 }) });
  });

  test('say by language and source, and give the quantiles of the waiting time', async () => {
    const other = newStore();
    const journal = new Journal(other, silentLog);
    for (let i = 1; i <= 20; i++) {
      journal.append({
        ...{ kind: 'shown', id: `s${i}`, at: 1, workspace: '', path: 'a', confidence: 1, provenance: [] },
        ...{ text: 't', prefix: '', suffix: '', ms: i },
        languageId: i % 4 === 0 ? 'go' : 'rust',
        source: i % 2 === 0 ? 'openai' : 'workspace',
      });
      if (i % 4 === 0) journal.append({ kind: 'accepted', id: `s${i}`, at: 2 });
    }
    await journal.close();
    const { byLanguage, bySource, ms, open } = await stats(other);
    expect(ms).toEqual({ p50: 10, p95: 19 });
    expect(open).toBe(15);
    expect(Object.keys(byLanguage)).toEqual(['go', 'rust']);
    expect([byLanguage.go?.acceptanceRate, byLanguage.rust?.acceptanceRate]).toEqual([1, 0]);
    expect([bySource.openai?.shown, bySource.openai?.accepted]).toEqual([10, 5]);
  });

  test('of nothing have no rate', async () => {
    expect(await stats(newStore())).toMatchObject({ shown: 0, acceptanceRate: null, ms: null });
  });
});
