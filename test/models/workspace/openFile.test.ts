import { expect, test } from 'vitest';
import { idOf, lex } from '../../../src/indexing/lexer.ts';
import { BOUNDARY } from '../../../src/indexing/tokenStore.ts';
import { FILE_CONTEXTS, type LinkedTokens } from '../../../src/models/workspace/linkedTokens.ts';
import { OpenFile, type OpenFileView } from '../../../src/models/workspace/openFile.ts';
import { at } from '../../support/cursor.ts';
import { plainVocabulary } from '../../support/plainVocabulary.ts';
import { newSeed, randomFrom } from '../../support/random.ts';

type Words = ReturnType<typeof plainVocabulary>;

function drawnTokens(tokens: ArrayLike<number>, words: Words): string[] {
  return Array.from(tokens, token => words.text(idOf(token)).replace('\n', '⏎'));
}

function drawn(code: string): string {
  const words = plainVocabulary();
  const file = new OpenFile(words);
  const { document, position } = at(code);
  file.update(document.text);
  const { above, below, partial } = file.view(position);
  return [...drawnTokens(above.tokens, words), `█${partial}`, ...drawnTokens(below.tokens, words)].join(' ');
}

test('the word at the cursor is kept apart from the tokens before it', () => {
  expect(drawn('const user = getUs█\nreturn user;')).toBe('const user = █getUs return user ;');
});

test('an empty line knows how deep it stands', () => {
  expect(drawn('if (a) {\n  █\n}')).toBe('if ( a ) { ⏎> █ }');
});

/** All that a view says: tokens, lines, and what is found after every context. */
function told(view: OpenFileView, words: Words): unknown {
  const found = (linked: LinkedTokens) =>
    FILE_CONTEXTS.map((_, c) =>
      Array.from({ length: linked.length }, (_, place) => {
        const places: number[] = [];
        linked.walk(c, linked.tokens, place, 40, other => places.push(other));
        return places;
      }),
    );
  const { above, below, lineStart, partial, spaced } = view;
  const lines = Array.from({ length: above.length }, (_, place) => view.lineOf(place, false));
  const linesBelow = Array.from({ length: below.length }, (_, place) => view.lineOf(place, true));
  return {
    ...{ lineStart, partial, spaced, lines, linesBelow },
    above: drawnTokens(above.tokens, words),
    below: drawnTokens(below.tokens, words),
    found: [found(above), found(below)],
  };
}

test('after any edits and moves it says what a file says that is opened anew', () => {
  const seed = newSeed();
  const random = randomFrom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const words = plainVocabulary();
  const file = new OpenFile(words);
  const pieces = [
    'foo(',
    ')',
    '\n',
    '\n  ',
    '\n\n',
    ' = ',
    'bar.baz',
    '"s"',
    '\r\n\t',
    ';',
    '日本',
    '😀',
    'a\nb\nc',
  ];
  let text = '';
  for (let round = 0; round < 150; round++) {
    const start = below(text.length + 1);
    const end = random() < 0.3 ? Math.min(text.length, start + below(12)) : start;
    text = text.slice(0, start) + pieces[below(pieces.length)] + text.slice(end);
    file.update(text);
    const lines = text.split('\n');
    const line = below(lines.length);
    const position = { line, character: below(lines[line]!.length + 1) };
    const fresh = new OpenFile(words);
    fresh.update(text);
    const expected = told(fresh.view(position), words);
    expect(told(file.view(position), words), `seed ${seed}, round ${round}`).toEqual(expected);
  }
});

test('has the tokens of the whole text lexed at once, line ends aside', () => {
  const words = plainVocabulary();
  const file = new OpenFile(words);
  const text = '// a\n\n  if (x) {\n\tcall("s", 1)\n}\nlast.one';
  file.update(text);
  const { above } = file.view({ line: 5, character: 5 });
  const whole = lex(text.slice(0, -3));
  const noEnds = (list: string[]) => list.filter(word => !word.startsWith('⏎'));
  expect(noEnds(drawnTokens(above.tokens, words))).toEqual(
    noEnds(Array.from(whole.tokens, token => whole.strings[idOf(token)]!.replace('\n', '⏎'))),
  );
});

test('tells the lines that a former text had, behind the line that stood before them', () => {
  const words = plainVocabulary();
  const file = new OpenFile(words);
  file.update('one(a)\nnew(b)\nthree(c)');
  const former = 'one(a)\ntwo(b)\n\nmore(b)\nthree(c)\nlast';
  const missing = () =>
    Array.from(file.missingOf(former)!.tokens.tokens, token =>
      token === BOUNDARY ? '█' : words.text(idOf(token)).replace('\n', '⏎'),
    ).join(' ');
  expect(missing()).toBe('█ one ( a ) ⏎ two ( b ) ⏎ more ( b ) ⏎ █ three ( c ) ⏎ last ⏎');
  file.update('one(a)\ntwo(b)\nnew(b)\nthree(c)');
  expect(missing()).toBe('█ two ( b ) ⏎ more ( b ) ⏎ █ three ( c ) ⏎ last ⏎');
  file.update('one(a)\ntwo(b)\nmore(b)\nthree(c)\nlast');
  expect(file.missingOf(former)!.keys.size).toBe(0);
  file.update(former);
  expect(file.missingOf(former)).toBeUndefined();
});
