import { expect, test } from 'vitest';
import { fitsIndentation } from '../../src/guardrails/fitsIndentation.ts';
import { judgedAt, verdictOf } from '../support/judged.ts';

const verdict = (code: string, text: string, path = 'a.ts') =>
  verdictOf(fitsIndentation, judgedAt(code, text, { path }));

test('several lines end as the line above ends', () => {
  expect(verdict('a();\r\n█\r\n', 'b();\nc();')).toBe('→ b();\r\nc();');
  expect(verdict('a();\n█\n', 'b();\r\nc();')).toBe('→ b();\nc();');
  expect(verdict('a();\r\n█\r\n', 'b();\r\nc();')).toBe('kept');
  // In a mixed file it is the nearest line that counts.
  expect(verdict('a();\r\nb();\n█\r\n', 'c();\nd();')).toBe('kept');
});

test('spaces become tabs where the document has tabs, and tabs become its spaces', () => {
  const go = 'func f() {\n\ta()\n\tif b {█\n}\n';
  expect(verdict(go, '\n        c()\n        if d {\n            e()\n        }\n    }', 'a.go')).toBe(
    '→ \n\t\tc()\n\t\tif d {\n\t\t\te()\n\t\t}\n\t}',
  );
  expect(verdict('function f() {\n  a();\n  if (b) {█\n}\n', '\n\t\tc();\n\t}')).toBe('→ \n    c();\n  }');
  expect(verdict('def f():\n    a()\n    if b:█\n', '\n\t\tc()', 'a.py')).toBe('→ \n        c()');
});

test('what is indented as the document is stays, and so does what only aligns', () => {
  expect(verdict('func f() {\n\ta()\n\t█\n}\n', 'b(c,\n\t  d)', 'a.go')).toBe('kept');
  expect(verdict('func f() {\n\ta()\n█\n}\n', '/*\n * What it does.\n */', 'a.go')).toBe('kept');
  expect(verdict('function f() {\n  █\n}\n', 'a({\n    b,\n  });')).toBe('kept');
  expect(verdict('█', 'if a:\n\tb()', 'a.py')).toBe('kept');
});

test('the white space that the cursor stands behind is not said again', () => {
  expect(verdict('def f():\n    a()\n    █\n', '    b()\n    c()', 'a.py')).toBe('→ b()\n    c()');
  expect(verdict('def f():\n    a()\n    █\n', 'b()', 'a.py')).toBe('kept');
});
