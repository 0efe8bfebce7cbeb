import { expect, test } from 'vitest';
import { Progress } from '../../src/terminal/progress.ts';

function screenOf(isTTY: boolean) {
  let written = '';
  let now = 0;
  const progress = new Progress({ isTTY, write: text => (written += text) }, { elapsed: () => now });
  return {
    progress,
    wait: (ms: number) => (now += ms),
    taken: () => {
      const all = written;
      written = '';
      return all;
    },
  };
}

test('on a screen one line is rewritten, and is gone at the end', () => {
  const { progress, wait, taken } = screenOf(true);
  wait(200);
  progress.show('Indexing', 1, 10);
  progress.show('Indexing', 2, 10);
  wait(200);
  progress.show('Indexing', 3, 10);
  expect(taken()).toBe('\r\u001b[KIndexing: 1 of 10\r\u001b[KIndexing: 3 of 10');
  progress.above('wisp: a sentence\n');
  progress.end();
  expect(taken()).toBe('\r\u001b[Kwisp: a sentence\n');
});

test('in a log a line comes now and then, and short work leaves none', () => {
  const { progress, wait, taken } = screenOf(false);
  wait(2_000);
  progress.show('Asking', 1, 10);
  wait(4_000);
  progress.show('Asking', 2, 10);
  progress.end();
  expect(taken()).toBe('Asking: 2 of 10\n');
});
