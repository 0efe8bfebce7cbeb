import { expect, test } from 'vitest';
import { TypedThrough } from '../../src/completion/typedThrough.ts';
import type { Suggestion } from '../../src/domain/suggestion.ts';
import { at } from '../support/cursor.ts';

function shown(code: string, text: string): { typed: TypedThrough; suggestion: Suggestion } {
  const context = at(code);
  const range = { start: context.position, end: context.position };
  const suggestion: Suggestion = {
    id: 's1',
    text,
    range,
    source: 'workspace',
    confidence: 1,
    provenance: [],
  };
  const typed = new TypedThrough();
  typed.offered(context, suggestion);
  return { typed, suggestion };
}

test.each([
  ['one character', 'return u█;', 'ser.name', 'return us█;', 'er.name'],
  ['several at once', 'return u█;', 'ser.name', 'return user.█;', 'name'],
  ['a bracket that the editor closed by itself', 'foo█', '(a, b)', 'foo(█)', 'a, b)'],
  ['a line end', 'if (a) {█', '\n  go();\n}', 'if (a) {\n  █', 'go();\n}'],
])('typing %s of what is shown leaves the rest, under the same id', (_, before, text, after, rest) => {
  const { typed } = shown(before, text);
  const now = at(after);
  expect(typed.rest(now)?.suggestion).toMatchObject({ id: 's1', text: rest, range: { start: now.position } });
});

test.each([
  ['something else', 'return ux█;'],
  ['all of it', 'return user.name█;'],
  ['nothing', 'return u█;'],
  ['it elsewhere', 'return u;\nser█'],
  ['it while the text below changed', 'return us█; // changed'],
])('typing %s ends it', (_, after) => {
  const { typed } = shown('return u█;', 'ser.name');
  expect(typed.rest(at(after))).toBeUndefined();
});

test('what the editor closed behind the cursor has to be checked again', () => {
  const { typed } = shown('foo█', '(a, b)');
  expect(typed.rest(at('foo(█'))?.asChecked).toBe(true);
  expect(typed.rest(at('foo(█)'))?.asChecked).toBe(false);
});

test('deleting what was typed brings it back', () => {
  const { typed } = shown('return u█;', 'ser.name');
  typed.rest(at('return user█;'));
  expect(typed.rest(at('return us█;'))?.suggestion.text).toBe('er.name');
});
