import { expect, test } from 'vitest';
import { MadeNames } from '../../../src/models/workspace/madeNames.ts';
import { plainVocabulary } from '../../support/plainVocabulary.ts';

test('a made name that is known keeps its id, one that is new is known for as long as the question lasts', () => {
  const words = plainVocabulary();
  const id = (text: string) => words.intern(text);
  id('loadTeam');
  const names = new MadeNames(words);
  const made = (name: string) => names.renamed(id(name), id('user'), id('team'));

  expect(made('loadUser')).toBe(id('loadTeam'));
  const fresh = made('saveUser');
  expect(names.text(fresh)).toBe('saveTeam');
  expect(made('saveUser')).toBe(fresh);
  expect(words.find('saveTeam')).toBeUndefined();
  expect(made('other')).toBe(-1);
  expect(names.text(id('loadTeam'))).toBe('loadTeam');
});
