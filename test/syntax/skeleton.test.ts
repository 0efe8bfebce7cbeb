import { beforeAll, expect, test } from 'vitest';
import { languageOfPath } from '../../src/domain/languages.ts';
import { faultsIn } from '../../src/syntax/faults.ts';
import { withoutParts } from '../../src/syntax/focus.ts';
import type { Grammars } from '../../src/syntax/grammars.ts';
import { distantLines } from '../../src/syntax/skeleton.ts';
import { Trees } from '../../src/syntax/trees.ts';
import { grammarsFor } from '../support/grammars.ts';

let grammars: Grammars;
beforeAll(async () => {
  grammars = await grammarsFor('typescript', 'python', 'php', 'go', 'java', 'c', 'cpp', 'bash');
});

const many = (line: string) => `${line}\n`.repeat(60);

test.each([
  [
    'brackets below their heads',
    'a.php',
    `<?php\nclass A\n{\n${many('    public $a = 1;')}\n    function f()\n    {\n        █g();\n    }\n}\n`,
  ],
  [
    'a head of several lines',
    'a.java',
    `class A {\n  void f(\n      int a,\n      int b) {\n${many('    g(a, b);')}\n    █g();\n  }\n}\n`,
  ],
  [
    'an else far from its if',
    'a.ts',
    `function f() {\n  if (a) {\n    b();\n  } else {\n${many('    c();')}\n    █d();\n  }\n}\n`,
  ],
  ['a long comment', 'a.ts', `/**\n${many(' * What it does.')} */\nfunction f() {\n  █g();\n}\n`],
  [
    'a label far below',
    'a.c',
    `void f() {\n  if (a) {\n    █g();\n  }\n\n${many('  b();')}\nout:\n  c();\n}\n`,
  ],
  [
    'a block that words close, behind a string that stands out',
    'a.sh',
    `f() {\n  if a; then\n    █b\n${many('    c')}    d "\ne\n"\n  fi\n}\n`,
  ],
  [
    'a namespace that is not indented',
    'a.cpp',
    `namespace a {\n\nvoid f() {\n  █g();\n}\n\n${many('void h();').repeat(3)}\n}  // namespace a\n`,
  ],
  ['a docstring', 'a.py', `def f():\n    """\n${many('    What it does.')}    """\n    █g()\n`],
  [
    'a string that looks like code',
    'a.go',
    `package a\n\nvar s = \`\n${many('{{ if .A }}')}\`\n\nfunc f() {\n\t█g()\n}\n`,
  ],
])('what is left is sound, for %s', (_, path, drawn) => {
  const offset = drawn.indexOf('█');
  const text = drawn.replace('█', '');
  const { grammar } = languageOfPath(path)!;
  const trees = new Trees(grammars, () => 0);
  const { tree } = trees.tree('u', grammar!, text, 1)!;
  const near = withoutParts(text, offset, distantLines(text, offset, tree));
  expect(trees.read(grammar!, near.text, 1, faultsIn), near.text).toEqual([]);
  trees.dispose();
});
