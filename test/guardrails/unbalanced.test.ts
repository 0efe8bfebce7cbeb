import { expect, test } from 'vitest';
import { unbalanced } from '../../src/guardrails/unbalanced.ts';
import { judgedAt, verdictOf } from '../support/judged.ts';

const verdict = (code: string, text: string, path = 'a.kt', goesOn = false) =>
  verdictOf(unbalanced, judgedAt(code, text, { path, goesOn }));

test('without a grammar brackets have to match', () => {
  expect(verdict('fun f() {\n    █\n}\n', 'g(1, h(2))')).toBe('kept');
  expect(verdict('fun f() {\n    █\n}\n', 'g(1))')).toBe('→ g(1)');
  expect(verdict('fun f() {\n    █\n}\n', 'if (a) {\n        g(1)')).toBe('→ if (a) {\n        g(1)\n    }');
  expect(verdict('fun f() {\n    █\n}\n', ')] + g(1')).toBe('refused');
});

test('what the document opened may be closed, and what it closes may be opened', () => {
  expect(verdict('g(\n    1,\n    █\n', '2)')).toBe('kept');
  expect(verdict('fun f() {\n    █\n    }\n}\n', 'if (a) {\n        g(1)')).toBe('kept');
});

test('one line may open a block, and what is not finished anything', () => {
  expect(verdict('fun f() {\n    █\n}\n', 'if (a) {')).toBe('kept');
  expect(verdict('fun f() {\n    █\n}\n', 'if (a) {\n        g(', 'a.kt', true)).toBe('kept');
});

test('prose, unknown languages and those with a grammar are left to others', () => {
  expect(verdict('█', 'a :)', 'a.md')).toBe('kept');
  expect(verdict('a: █', "don't)", 'a.yaml')).toBe('kept');
  expect(verdict('█', 'a)', 'a.xyz')).toBe('kept');
  expect(verdict('█', 'a)', 'a.ts')).toBe('kept');
});
