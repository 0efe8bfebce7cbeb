import { expect, test } from 'vitest';
import { endsWhereItShould } from '../../src/guardrails/endsWhereItShould.ts';
import { judgedAt, verdictOf } from '../support/judged.ts';

test('one line ends at its end, whatever the line ending', () => {
  const oneLine = { multiLine: false };
  expect(verdictOf(endsWhereItShould, judgedAt('foo(█', 'a);\nbar();', oneLine))).toBe('→ a);');
  expect(verdictOf(endsWhereItShould, judgedAt('foo(█', 'a);\r\nbar();', oneLine))).toBe('→ a);');
  expect(verdictOf(endsWhereItShould, judgedAt('foo(█', 'a);', oneLine))).toBe('kept');
});

const block = (code: string, text: string, path?: string) =>
  verdictOf(endsWhereItShould, judgedAt(code, text, { multiLine: true, ...(path && { path }) }));

test('a block that the cursor stands in ends before the first shallower line', () => {
  const code = 'function f() {\n  a();\n  █\n}\n';
  expect(block(code, 'b();\n  c();\n}\n\nfunction g() {\n')).toBe('→ b();\n  c();');
  expect(block(code, 'b();\n\n  c();')).toBe('kept');
  expect(block('def f():\n    a()\n    █\n', 'b()\n    c()\n\ndef g():\n    d()', 'a.py')).toBe(
    '→ b()\n    c()',
  );
});

test('a block that the suggestion opens ends with its closing bracket', () => {
  expect(block('if (x) {█\n', '\n  a();\n}\nb();')).toBe('→ \n  a();\n}');
  expect(block('  if (x) {█\n', '\n    a();\n  } else {\n    b();\n  }\n  c();')).toBe(
    '→ \n    a();\n  } else {\n    b();\n  }',
  );
  expect(block('def f():█\n', '\n    a()\n\ndef g():\n    b()', 'a.py')).toBe('→ \n    a()');
});

test('words close blocks too', () => {
  expect(block('while read line; do█\n', '\n  echo a\ndone\necho b', 'a.sh')).toBe('→ \n  echo a\ndone');
});

test('the closing bracket is left out where it stands below already', () => {
  expect(block('if (x) {█\n  b();\n}\n', '\n  a();\n}')).toBe('kept');
  expect(block('if (x) {█\n}\n', '\n  a();\n}')).toBe('→ \n  a();');
  expect(block('class A {\n  m() {█\n}\n', '\n    a();\n  }\n}')).toBe('→ \n    a();\n  }');
});

test('tabs and spaces are compared by the columns that they take', () => {
  expect(block('func f() {\n\t█\n}\n', 'a()\n\tb()\n}\n', 'a.go')).toBe('→ a()\n\tb()');
});
