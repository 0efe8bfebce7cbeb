import { expect, test } from 'vitest';
import { type Circumstances, whyNotAsk } from '../../src/completion/shouldAsk.ts';
import { defaultSettings } from '../../src/domain/settings.ts';
import { at } from '../support/cursor.ts';
import { privateKey } from '../support/plantedSecrets.ts';

const usual: Circumstances = {
  settings: defaultSettings,
  trusted: true,
  snoozed: false,
  secret: path => path.endsWith('.env'),
  excluded: path => path.startsWith('vendor/'),
};

test.each([['const a = █'], ['foo(█)'], ['foo({ a: █ });'], ['if (a█) {'], ['const s = "█";']])(
  'asks where only closers stand to the right: %s',
  code => {
    expect(whyNotAsk(at(code), usual)).toBeUndefined();
  },
);

test.each([['const █ = 1;'], ['foo█bar'], ['return █user.name;']])('does not ask in mid-line: %s', code => {
  expect(whyNotAsk(at(code), usual)).toBe('text follows the cursor');
  expect(whyNotAsk(at(code, 'src/a.ts', 'invoked'), usual)).toBeUndefined();
});

test('what protects the user holds for a command as well', () => {
  const invoked = (path: string, given: Partial<Circumstances>) =>
    whyNotAsk(at('a = █', path, 'invoked'), { ...usual, ...given });
  expect(invoked('.env', {})).toBe('secret file');
  expect(invoked('vendor/a.ts', {})).toBe('excluded file');
  expect(invoked('a.ts', { trusted: false })).toBe('untrusted workspace');
  expect(invoked('a.ts', { settings: { ...defaultSettings, enable: false } })).toBe('off');
});

test('a snooze and a language that is off stop ghost text, but not a command', () => {
  expect(whyNotAsk(at('a = █'), { ...usual, snoozed: true })).toBe('snoozed');
  expect(whyNotAsk(at('a = █', 'a.ts', 'invoked'), { ...usual, snoozed: true })).toBeUndefined();
  expect(whyNotAsk(at('A word █', 'README.md'), usual)).toBe('language off');
  const settings = { ...defaultSettings, languages: { '*': false, typescript: true } };
  expect(whyNotAsk(at('a = █', 'a.ts'), { ...usual, settings })).toBeUndefined();
  expect(whyNotAsk(at('a = █', 'a.py'), { ...usual, settings })).toBe('language off');
});

test('nobody is asked within a password or a key, by a command neither', () => {
  const key = ['gh', 'p_a8Kd03mXq72LpZt5', 'Vw9Rb1Yc6Nf4Hs2Je7U'];
  const inside = `const a = '${key[0]}${key[1]}█${key[2]}';`;
  expect(whyNotAsk(at(inside, 'a.ts', 'invoked'), usual)).toBe('inside a secret');
  expect(whyNotAsk(at(`const a = '${key.join('')}';█`), usual)).toBeUndefined();
  expect(whyNotAsk(at(`const a = '█';`), usual)).toBeUndefined();
  const lines = privateKey(60).split('\n');
  const pem = [...lines.slice(0, 40), `█${lines[40]}`, ...lines.slice(41)].join('\n');
  expect(whyNotAsk(at(pem, 'a.ts', 'invoked'), usual)).toBe('inside a secret');
});
