import { expect, test } from 'vitest';
import { lex, withId } from '../../../src/indexing/lexer.ts';
import { Alignment } from '../../../src/models/workspace/alignment.ts';
import { plainVocabulary } from '../../support/plainVocabulary.ts';

/** How the ends of two texts agree, and what their names stand for here. */
function agreement(ours: string, theirs: string): { exact: number; shape: number; names: string } {
  const words = plainVocabulary();
  const [a, b] = [ours, theirs].map(text => {
    const { tokens, strings } = lex(text);
    return tokens.map(token => withId(token, words.intern(strings[token & 0xff_ffff]!)));
  });
  const alignment = new Alignment();
  alignment.align(a!, a!.length, b!, b!.length);
  const names = theirs.match(/[a-z]+/g) ?? [];
  const pairs = [...new Set(names)].flatMap(name => {
    const id = alignment.ourNameFor(words.intern(name));
    return id < 0 ? [] : [`${name}→${words.text(id)}`];
  });
  return { exact: alignment.exact, shape: alignment.shape, names: pairs.join(' ') };
}

test.each([
  ['a.add(b, c)', 'a.add(b, c)', 8, 8, 'a→a add→add b→b c→c'],
  ['users.add(user, c)', 'teams.add(team, c)', 3, 8, 'teams→users add→add team→user c→c'],
  // One name cannot stand for two.
  ['x.add(y', 'team.add(team', 0, 4, 'team→y add→add'],
  ['if (x', 'while (x', 2, 2, 'x→x'],
  ['f(1, x', 'f(22, x', 2, 5, 'f→f x→x'],
  ['', 'f(', 0, 0, ''],
])('%s | %s', (ours, theirs, exact, shape, names) => {
  expect(agreement(ours, theirs)).toEqual({ exact, shape, names });
});
