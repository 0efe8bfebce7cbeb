import { expect, test } from 'vitest';
import {
  CLOSER,
  idOf,
  isNewline,
  KEYWORD,
  kindOf,
  lex,
  linesOf,
  NAME,
  NUMBER,
  OPENER,
  OTHER,
  QUOTE,
  spaceBefore,
} from '../../src/indexing/lexer.ts';
import { PIECE } from '../../src/indexing/pieces.ts';
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

/** Token texts as one regular expression cuts them, with nothing done by hand. */
function naive(text: string): string[] {
  const pieces = text.match(new RegExp(PIECE.source, 'gu')) ?? [];
  return pieces.filter(piece => !/^[\n \t\r\f\v\u00a0]/.test(piece)).map(piece => piece.slice(0, 64));
}

test('by hand a text is cut as by the expression, and equal words have one number', () => {
  const seed = newSeed();
  const random = randomFrom(seed);
  const signs = [...'=-:?&|!<>+*/.#[]()"\'`', '===', '//', '/**', '<!--', '"""', '...', '\\', '@'];
  const words = [
    'a',
    '_b',
    '$',
    'Cd9',
    '1.5e3',
    '9x$',
    'é',
    'naïve',
    'a名b',
    '٣٤',
    '9é',
    '😀',
    '\ud800',
    'x'.repeat(70),
  ];
  const spaces = ['\n', ' ', '\t', '\r\n', '\u00a0', '\u2003', ' \u00a0 '];
  const kinds = [signs, signs, words, words, spaces];
  const any = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  for (let round = 0; round < 500; round++) {
    // Some have so many words that the table of them grows.
    const isLong = round % 100 === 0;
    const text = Array.from({ length: isLong ? 2_000 : 40 }, (_, i) =>
      isLong ? `${any(signs)}w${i} ` : any(any(kinds)),
    ).join('');
    const { tokens, strings } = lex(text);
    const texts = [...tokens].filter(token => !isNewline(token)).map(token => strings[idOf(token)]);
    expect(texts, `seed ${seed}`).toEqual(naive(text));
    expect(new Set(strings).size, `seed ${seed}`).toBe(strings.length);
  }
});

test.each([
  ['if', KEYWORD],
  ['iffy', NAME],
  ['été', NAME],
  ['$', NAME],
  ['7', NUMBER],
  ['٣', NUMBER],
  ["'''", QUOTE],
  ['#[', OPENER],
  ['}', CLOSER],
  ['=>', OTHER],
  ['😀', OTHER],
])('%s is of its kind', (text, kind) => {
  expect([...lex(text).tokens].map(kindOf)).toEqual([kind]);
});
