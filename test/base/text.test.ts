import { expect, test } from 'vitest';
import { commonPrefixLength, commonSuffixLength } from '../../src/base/text.ts';
import { newSeed, randomFrom } from '../support/random.ts';

test('common beginnings and ends are as long as counting says, across blocks too', () => {
  const seed = newSeed();
  const random = randomFrom(seed);
  const some = (most: number) => 'ab\n'.repeat(Math.floor(random() * most)).slice(Math.floor(random() * 3));
  for (let round = 0; round < 200; round++) {
    const [start, end] = [some(1_500), some(1_500)];
    const [a, b] = [start + some(3) + end, start + 'x'.repeat(Math.floor(random() * 2)) + some(3) + end];
    let prefix = 0;
    while (prefix < Math.min(a.length, b.length) && a[prefix] === b[prefix]) prefix++;
    let suffix = 0;
    while (suffix < Math.min(a.length, b.length) - prefix && a.at(-1 - suffix) === b.at(-1 - suffix))
      suffix++;
    expect(commonPrefixLength(a, b), `seed ${seed}, round ${round}`).toBe(prefix);
    expect(commonSuffixLength(a, b, prefix), `seed ${seed}, round ${round}`).toBe(suffix);
  }
});
