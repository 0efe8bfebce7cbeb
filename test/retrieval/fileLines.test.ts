import { expect, test } from 'vitest';
import { CodeIndex } from '../../src/indexing/codeIndex.ts';
import { idOf, isNewline } from '../../src/indexing/lexer.ts';
import { fileLines } from '../../src/retrieval/fileLines.ts';
import { lineRecord } from '../support/lineRecord.ts';
import { newSeed, randomFrom } from '../support/random.ts';

test('every line has its tokens, in whatever order lines are asked for', () => {
  const seed = newSeed();
  const random = randomFrom(seed);
  for (let round = 0; round < 30; round++) {
    const texts = Array.from({ length: 1 + Math.floor(random() * 120) }, (_, i) =>
      random() < 0.3 ? '' : `${' '.repeat(Math.floor(random() * 4))}word${i} other${i % 7}`,
    );
    const index = new CodeIndex();
    index.add(lineRecord('other.ts', 'some other file\n'));
    index.add(lineRecord('a.ts', texts.join('\n')));
    const { tokens, startOf } = fileLines('a.ts', 'js', index)!;
    for (let asked = 0; asked < 200; asked++) {
      const line = 1 + Math.floor(random() * texts.length);
      const [start, end] = [startOf(line), startOf(line + 1)];
      const words = [...tokens.subarray(start, end)]
        .filter(token => !isNewline(token))
        .map(token => index.vocabulary.text(idOf(token)));
      expect(words.join(' '), `seed ${seed}, line ${line}`).toBe(texts[line - 1]!.trim());
    }
  }
});
