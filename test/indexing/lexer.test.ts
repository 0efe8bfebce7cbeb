import { expect, test } from 'vitest';
import { idOf, isNewline, lex, linesOf, spaceBefore } from '../../src/indexing/lexer.ts';
import { newSeed, randomFrom } from '../support/random.ts';

/** Tokens as text: `_` for a space before, `⏎>2` for a line end that leads two lines down and deeper. */
function drawn(text: string): string {
  const { tokens, strings } = lex(text);
  return [...tokens]
    .map(token => {
      const word = strings[idOf(token)]!;
      if (isNewline(token)) return word.replace('\n', '⏎') + (linesOf(token) === 1 ? '' : linesOf(token));
      return (spaceBefore(token) ? '_' : '') + word;
    })
    .join(' ');
}

test.each([
  ['const a = b?.c;', 'const _a _= _b ?. c ;'],
  ['if x:\n    go()\n\n  back', 'if _x : ⏎> go ( ) ⏎<2 back'],
  ['\n\nfirst', '⏎2 first'],
  ['a\r\nb\r\n', 'a ⏎ b ⏎'],
  ['größe_2 += 1.5e3', 'größe_2 _+= _1.5e3'],
  ['', ''],
  ['   \n\n  ', ''],
])('%j', (text, expected) => {
  expect(drawn(text)).toBe(expected);
});

test('line numbers add up, whatever the text', () => {
  const seed = newSeed();
  const random = randomFrom(seed);
  const pieces = ['word', ' ', '\n', '\n\n\n', '\t', '\r\n', '(', '=>', '😀', '\u2028', 'é'];
  for (let round = 0; round < 200; round++) {
    const text = Array.from({ length: 60 }, () => pieces[Math.floor(random() * pieces.length)]).join('');
    const { tokens, strings } = lex(text);
    let line = 1;
    const lines = text.split('\n');
    for (const token of tokens) {
      line += linesOf(token);
      if (!isNewline(token)) expect(lines[line - 1], `seed ${seed}`).toContain(strings[idOf(token)]);
    }
  }
});
