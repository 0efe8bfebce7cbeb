import { describe, expect, test } from 'vitest';
import { defaultSettings } from '../../src/domain/settings.ts';
import { indexSentence, type Situation, statusText } from '../../src/editor/statusText.ts';

const report = {
  files: 2_342,
  chunks: 20_000,
  bytes: 9_812_345,
  skipped: { secret: 1, 'ignored by git': 1_200, binary: 0, 'too large': 3 },
  seconds: 1.2,
  fromCache: 0,
};
const working: Situation = {
  settings: defaultSettings,
  trusted: true,
  snoozedUntil: 0,
  engine: 'running',
  status: { index: { state: 'ready' }, report, model: 'none', embedding: { state: 'off' } },
  languageId: 'typescript',
  tooLarge: false,
};
const now = 1_000_000;
const shown = (part: Partial<Situation> = {}) => statusText({ ...working, ...part }, now);

describe('the status bar', () => {
  test('says in two sentences what the index holds and what it left out', () => {
    expect(indexSentence(report)).toBe(
      'The index holds 2,342 files (9.8 MB). Left out: 1,200 ignored by git, 3 too large, 1 secret.',
    );
    expect(indexSentence({ ...report, files: 1, bytes: 512, skipped: {} })).toBe(
      'The index holds 1 file (0.5 kB).',
    );
  });

  test('tells where suggestions come from', () => {
    expect(shown().tooltip).toMatch(/^Suggestions come from this workspace alone\. The index holds/);
    expect(shown({ status: { ...working.status, model: 'ready' } }).tooltip).toContain('and the model');
  });

  test('shows how far indexing is', () => {
    const at = (done: number, total: number) =>
      shown({ status: { ...working.status, index: { state: 'indexing', done, total } } }).text;
    expect(at(0, 0)).toContain(' 0 %');
    expect(at(1_199, 1_200)).toContain(' 99 %');
  });

  test('counts a snooze down in minutes and forgets it when it is over', () => {
    expect(shown({ snoozedUntil: now + 4 * 60_000 + 1 }).tooltip).toBe('Wisp is snoozed for 5 more minutes.');
    expect(shown({ snoozedUntil: now + 1 }).tooltip).toBe('Wisp is snoozed for 1 more minute.');
    expect(shown({ snoozedUntil: now }).tooltip).toContain('Suggestions come from');
  });

  test.each<[string, Partial<Situation>]>([
    ['Wisp is off.', { settings: { ...defaultSettings, enable: false } }],
    ['Wisp is off for markdown.', { languageId: 'markdown' }],
    ['This workspace is not trusted', { trusted: false, snoozedUntil: now + 1 }],
    ['over two million characters', { tooLarge: true }],
    ['Wisp is being restarted.', { engine: 'restarting' }],
    ['Wisp is starting.', { engine: 'starting' }],
    [
      'the model does not answer',
      { status: { ...working.status, model: { outage: 'Connection refused.' } } },
    ],
  ])('says: %s', (sentence, part) => {
    expect(shown(part).tooltip.toLowerCase()).toContain(sentence.toLowerCase());
    expect(shown(part).command).toBe('wisp.menu');
  });

  test('offers a restart, and nothing else, when the engine is down', () => {
    expect(shown({ engine: 'down', trusted: false })).toMatchObject({
      alert: 'error',
      command: 'wisp.restart',
    });
  });
});
