import { expect, test } from 'vitest';
import { isNewline } from '../../../src/indexing/lexer.ts';
import { OpenFile } from '../../../src/models/workspace/openFile.ts';
import { declaringOf, Scope, type Seen } from '../../../src/models/workspace/scope.ts';
import { at } from '../../support/cursor.ts';
import { plainVocabulary } from '../../support/plainVocabulary.ts';

function scopeAt(code: string) {
  const words = plainVocabulary();
  const file = new OpenFile(words);
  const { document, position } = at(code);
  file.update(document.text);
  const view = file.view(position);
  const { above, below, linesAbove, linesBelow, lineStart } = view;
  const scope = new Scope(
    { tokens: above.tokens, lines: linesAbove },
    { tokens: below.tokens, lines: linesBelow },
    view.indent,
    declaringOf(words),
  );
  return { words, scope, past: above.tokens, lineStart };
}

/** Names that can be seen from the cursor, nearest line first. */
function seen(code: string, which: (seen: Seen) => boolean = () => true): string[] {
  const { words, scope } = scopeAt(code);
  return [...scope.seen].filter(([, name]) => which(name)).map(([id]) => words.text(id));
}

const FUNCTIONS = `
import { load } from './store';

function one(hidden: number) {
  const inner = 1;
}

function two(
  first: string,
) {
  const answer = load(first);
  if (answer) {
    const closed = 2;
  }
  █
}`;

test('what stands in blocks that are closed is not seen', () => {
  const names = seen(FUNCTIONS);
  expect(names).toEqual(expect.arrayContaining(['answer', 'first', 'two', 'one', 'load']));
  expect(names).not.toContain('inner');
  expect(names).not.toContain('closed');
});

test('tells what is declared, what is a parameter around the cursor, and what is brought in', () => {
  expect(seen(FUNCTIONS, name => name.declared)).toEqual(expect.arrayContaining(['answer', 'first', 'two']));
  expect(seen(FUNCTIONS, name => name.inHead)).toEqual(expect.arrayContaining(['first', 'two']));
  expect(seen(FUNCTIONS, name => name.inHead)).not.toContain('answer');
  expect(seen(FUNCTIONS, name => name.imported)).toContain('load');
});

test('goes by indentation alone, so that any language will do', () => {
  expect(seen('def f(a):\n    b = a\n    for c in b:\n        d = 1\n    return █')).toEqual([
    'c',
    'b',
    'a',
    'f',
  ]);
});

/** What lines of the same block, and of the same depth elsewhere, go on with, each with how often. */
function votes(code: string): string[] {
  const { words, scope, past, lineStart } = scopeAt(code);
  const told = (name: string, { tokens, total }: ReturnType<Scope['siblingVotes']>) =>
    [...tokens].map(([id, { token, count }]) => {
      const text = isNewline(token) ? '⏎' : words.text(id);
      return `${name} ${text} ${count}/${total}`;
    });
  return [
    ...told('sibling', scope.siblingVotes(past, lineStart, past.length)),
    ...told('cousin', scope.cousinVotes(past, lineStart, past.length)),
  ];
}

test('neighbours that begin as the line does say how it goes on', () => {
  const code = `
switch (a) {
  case one: return 1;
  case two: return 2;
  default:
    case deeper;
  case █
  case three: return 3;
}`;
  expect(votes(code)).toEqual(['sibling two 1/3', 'sibling one 1/3', 'sibling three 1/3']);
});

test('so do lines of the same depth in other blocks', () => {
  const code = `
first(() => {
  expect(a).toBe(1);
});
second(() => {
  expect(█
});`;
  expect(votes(code)).toEqual(['cousin a 1/1']);
});
