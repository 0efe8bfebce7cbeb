import { expect, test } from 'vitest';
import { TextLines } from '../../src/retrieval/textLines.ts';
import { newSeed, randomFrom } from '../support/random.ts';

test('gives the lines that splitting the text gives, in whatever order they are asked for', () => {
  const seed = newSeed();
  const random = randomFrom(seed);
  const pick = (most: number) => Math.floor(random() * most);
  for (let round = 0; round < 200; round++) {
    const text = Array.from(
      { length: pick(40) },
      () => ['a', 'bc', '\n', '\r\n', '\n\n', ' '][pick(6)]!,
    ).join('');
    const split = text.split(/\r?\n/);
    const lines = new TextLines(text);
    for (let asked = 0; asked < 10; asked++) {
      const start = pick(split.length + 3);
      const end = start + pick(6);
      expect(lines.slice(start, end), `seed ${seed}, ${JSON.stringify(text)}`).toEqual(
        split.slice(start, end),
      );
    }
  }
});
