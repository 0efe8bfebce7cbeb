import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { ChangeBatch } from '../../src/editor/changeBatch.ts';
import type { FileChange } from '../../src/engine/api.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function batchOf(...folders: string[]) {
  const sent: (readonly FileChange[])[] = [];
  const batch = new ChangeBatch({
    clock: systemClock,
    folderOf: file => folders.find(folder => file === folder || file.startsWith(`${folder}/`)),
    send: changes => sent.push(changes),
  });
  return { batch, sent };
}

describe('file events', () => {
  test('are sent together, the last one of a file counts', () => {
    const { batch, sent } = batchOf('/w');
    batch.add('/w/a.ts', 'written');
    batch.add('/w/b.ts', 'written');
    batch.add('/w/a.ts', 'deleted');
    expect(sent).toEqual([]);
    vi.advanceTimersByTime(50);
    expect(sent).toEqual([
      [
        { file: '/w/a.ts', kind: 'deleted' },
        { file: '/w/b.ts', kind: 'written' },
      ],
    ]);
    vi.advanceTimersByTime(10_000);
    expect(sent).toHaveLength(1);
  });

  test('do not wait for quiet: a file that is written all the time does not hold up the others', () => {
    const { batch, sent } = batchOf('/w');
    for (let ms = 0; ms < 1_000; ms += 10) {
      batch.add('/w/log', 'written');
      vi.advanceTimersByTime(10);
    }
    expect(sent.length).toBeGreaterThan(10);
  });

  test('of a checkout of ten thousand files become one word about each folder, once it is over', () => {
    const { batch, sent } = batchOf('/w', '/other');
    batch.add('/other/a.ts', 'written');
    for (let file = 0; file < 10_000; file++) {
      batch.add(`/w/${file}.ts`, file % 2 ? 'written' : 'deleted');
      if (file % 500 === 0) vi.advanceTimersByTime(40);
    }
    vi.advanceTimersByTime(500);
    const changes = sent.flat();
    expect(changes.length).toBeLessThanOrEqual(2 * 500);
    expect(changes).toContainEqual({ file: '/w', kind: 'written' });
    expect(changes.filter(({ file }) => file === '/w')).toHaveLength(1);
  });

  test('outside the workspace are not told', () => {
    const { batch, sent } = batchOf('/w');
    batch.add('/elsewhere/a.ts', 'written');
    vi.advanceTimersByTime(10_000);
    expect(sent).toEqual([]);
  });

  test('are dropped when the extension ends', () => {
    const { batch, sent } = batchOf('/w');
    batch.add('/w/a.ts', 'written');
    batch.dispose();
    vi.advanceTimersByTime(10_000);
    expect(sent).toEqual([]);
  });
});
