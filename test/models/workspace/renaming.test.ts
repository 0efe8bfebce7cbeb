import { expect, test } from 'vitest';
import { renamed } from '../../../src/models/workspace/renaming.ts';

test.each([
  ['getUserName', 'user', 'team', 'getTeamName'],
  ['users', 'user', 'team', 'teams'],
  ['user', 'users', 'teams', 'team'],
  ['UserRepository', 'userStore', 'teamStore', 'TeamRepository'],
  ['user_id', 'User', 'TeamMember', 'team_member_id'],
  ['MAX_USERS', 'user', 'team', 'MAX_TEAMS'],
  ['loadUser', 'saveUser', 'saveTeam', 'loadTeam'],
  ['userland', 'user', 'team', undefined],
  ['abuser', 'user', 'team', undefined],
  ['other', 'user', 'team', undefined],
  // A part of two letters stands anywhere.
  ['window', 'in', 'out', undefined],
])('%s, where %s is called %s: %s', (name, theirs, ours, expected) => {
  expect(renamed(name, theirs, ours)).toBe(expected);
});
