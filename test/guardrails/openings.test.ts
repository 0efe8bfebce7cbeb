import { expect, test } from 'vitest';
import { languageOf } from '../../src/domain/languages.ts';
import { closersOf, openingsIn } from '../../src/guardrails/openings.ts';

/** The code with all closed that it leaves open. */
const closed = (languageId: string, code: string) =>
  code + closersOf(openingsIn(code, languageOf(languageId)), code);

test.each([
  ['typescript', 'f(a, [b', 'f(a, [b])'],
  ['typescript', 'if (a) {\n  f({\n    b', 'if (a) {\n  f({\n    b\n  })\n}'],
  ['typescript', 'if (a) {\n  do', 'if (a) {\n  do\n}'],
  ['ruby', 'def a(b)\n  b.each do |c|\n    d(c', 'def a(b)\n  b.each do |c|\n    d(c)\n  end\nend'],
  [
    'ruby',
    'class A\n  def b = 1\n  c if d\n  e unless f',
    'class A\n  def b = 1\n  c if d\n  e unless f\nend',
  ],
  ['ruby', 'if a\n  b\nelse\n  c\nend', 'if a\n  b\nelse\n  c\nend'],
  ['ruby', 'x = if a then b else c end', 'x = if a then b else c end'],
  ['ruby', 'x = case a\n    when b', 'x = case a\n    when b\nend'],
  ['ruby', '# if a\nb do', '# if a\nb do\nend'],
  ['shellscript', 'if a; then b; fi', 'if a; then b; fi'],
  ['shellscript', 'while read -r a; do\n  case $a in', 'while read -r a; do\n  case $a in\n  esac\ndone'],
  ['shellscript', 'a | while read b; do', 'a | while read b; do\ndone'],
])('%s: %j', (languageId, code, expected) => {
  expect(closed(languageId, code)).toBe(expected);
});
