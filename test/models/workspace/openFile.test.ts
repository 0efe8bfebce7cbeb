import { expect, test } from 'vitest';
import { idOf, lex } from '../../../src/indexing/lexer.ts';
import { BOUNDARY } from '../../../src/indexing/tokenStore.ts';
import { OpenFile } from '../../../src/models/workspace/openFile.ts';
import { at } from '../../support/cursor.ts';
import { plainVocabulary } from '../../support/plainVocabulary.ts';
import { newSeed, randomFrom } from '../../support/random.ts';

function drawn(file: OpenFile, words: { text(id: number): string }, code: string): string {
  const { document, position } = at(code);
  file.update(document.text);
  const view = file.view(position);
  const shown = [...view.tokens].map((token, i) =>
    i === view.cursor ? `█${view.partial}` : words.text(idOf(token)).replace('\n', '⏎'),
  );
  return shown.join(' ');
}

test('the word at the cursor is kept apart from the tokens before it', () => {
  const words = plainVocabulary();
  expect(drawn(new OpenFile(words), words, 'const user = getUs█\nreturn user;')).toBe(
    'const user = █getUs ⏎ return user ;',
  );
});

test('an empty line knows how deep it stands', () => {
  const words = plainVocabulary();
  expect(drawn(new OpenFile(words), words, 'if (a) {\n  █\n}')).toBe('if ( a ) { ⏎> █ ⏎< }');
});

test('after any edits the tokens are those of the whole text lexed at once', () => {
  const seed = newSeed();
  const random = randomFrom(seed);
  const words = plainVocabulary();
  const file = new OpenFile(words);
  const pieces = ['foo(', ')', '\n', '\n  ', '\n\n', ' = ', 'bar.baz', '"s"', '\r\n\t', ';', '日本', '😀'];
  let text = '';
  for (let round = 0; round < 300; round++) {
    const start = Math.floor(random() * (text.length + 1));
    const end = random() < 0.3 ? Math.min(text.length, start + Math.floor(random() * 6)) : start;
    text = text.slice(0, start) + pieces[Math.floor(random() * pieces.length)] + text.slice(end);
    file.update(text);
    // At the very end nothing but the unfinished word is left out.
    const lines = text.split('\n');
    const view = file.view({ line: lines.length - 1, character: lines.at(-1)!.length });
    const own = [...view.tokens].filter(token => token !== BOUNDARY).map(token => words.text(idOf(token)));
    const finished = text.slice(0, text.length - view.partial.length);
    const whole = lex(finished);
    const expected = [...whole.tokens].map(token => whole.strings[idOf(token)]!);
    const noEnds = (list: string[]) => list.filter(word => !word.startsWith('\n'));
    expect(noEnds(own), `seed ${seed}, round ${round}`).toEqual(noEnds(expected));
  }
});
