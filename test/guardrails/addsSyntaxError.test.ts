import { beforeAll, describe, expect, test } from 'vitest';
import { addsSyntaxError } from '../../src/guardrails/addsSyntaxError.ts';
import type { Grammars } from '../../src/syntax/grammars.ts';
import { Trees } from '../../src/syntax/trees.ts';
import { grammarsFor } from '../support/grammars.ts';
import { judgedAt, verdictOf } from '../support/judged.ts';

let grammars: Grammars;
beforeAll(async () => {
  const names = [
    'typescript',
    'javascript',
    'css',
    'html',
    'c',
    'python',
    'go',
    'rust',
    'bash',
    'c-sharp',
    'cpp',
    'json',
    'php',
  ];
  grammars = await grammarsFor(...names);
});

/** Time stands still, so that a busy machine changes nothing. */
const guard = () => addsSyntaxError({ trees: new Trees(grammars, () => 0), elapsed: () => 0 });
/** A clock that goes on by `step` each time it is read. */
const elapsedBy = (step: number) => {
  let now = 0;
  return () => (now += step);
};
const verdict = (code: string, text: string, path?: string) =>
  verdictOf(guard(), judgedAt(code, text, path ? { path } : {}));

describe('what is right, or may become right, is kept', () => {
  test.each([
    ['a.ts', 'const a = █\nconst b = 2;\n', 'foo(1, 2);'],
    ['a.ts', 'function f() {\n  █\n}\n', 'if (x) {'],
    ['a.ts', 'function f() {\n  foo(█\n}\n', 'a, {'],
    ['a.ts', 'function f() {\n  foo(█);\n}\n', '(x) => {'],
    ['a.ts', 'function f() {\n  █\n}\n', 'return a +'],
    ['a.ts', 'class A {\n  █\n}\n', '@Input()'],
    ['a.ts', 'if (x) {\n  a();\n█\n', '} else if (y) {'],
    ['a.py', 'def f():\n    █\n\ny = 1\n', 'if x:'],
    ['a.py', 'class A:\n    █\n', '@property'],
    ['a.py', 'x = foo(█\n', 'a, b='],
    ['a.go', 'package a\n\nfunc f() {\n\tx, err := █\n}\n', 'g('],
    ['a.go', 'package a\n\nfunc f() {\n\t█\n}\n', 'if err != nil {'],
    ['a.rs', 'fn f() {\n    match x {\n        █\n    }\n}\n', 'Some(y) =>'],
    ['a.rs', "impl<'a> A<'a> {\n    █\n}\n", "fn f(&'a self) -> Vec<"],
  ])('%s: %j with %j', (path, code, text) => {
    expect(verdict(code, text, path)).toBe('kept');
  });
});

describe('what is wrong is refused', () => {
  test.each([
    ['a.ts', 'foo(█\n', 'a b);'],
    ['a.ts', 'const a = █\n', '= 1;'],
    ['a.ts', 'function f() {\n  █\n}\n', 'if (x {'],
    ['a.ts', 'function f() {\n  █\n}\n', 'foo("a, 1);'],
    ['a.py', 'x = foo(█\n', 'a b)'],
    ['a.py', 'x = █\n', '= 1'],
    ['a.py', 'def f():\n    █\n', 'return foo("a)'],
    ['a.go', 'package a\n\nfunc f() {\n\t█\n}\n', 'x := foo(a b)'],
    ['a.rs', 'fn f() {\n    █\n}\n', 'let x = foo(a b);'],
  ])('%s: %j with %j', (path, code, text) => {
    expect(verdict(code, text, path)).toBe('refused');
  });
});

test('only what stops where its maker was no longer sure may stop anywhere', () => {
  const sure = (code: string, text: string, path: string) =>
    verdictOf(guard(), judgedAt(code, text, { path, goesOn: true }));
  expect(sure('export const f = █\n', 'async (a: string', 'a.ts')).toBe('kept');
  expect(verdict('export const f = █\n', 'async (a: string')).toBe('refused');
  expect(sure('export const f = █\n', 'async (a string', 'a.ts')).toBe('refused');
  expect(sure('def f():\n    █\n', 'if foo(a)', 'a.py')).toBe('kept');
  expect(verdict('def f():\n    █\n', 'if foo(a)', 'a.py')).toBe('refused');
  // The editor has closed the bracket already: what is still to come stands before it.
  const go = 'package a\n\nfunc f() {\n\tx := find(█)\n}\n';
  expect(sure(go, 'r.Context(), r.', 'a.go')).toBe('kept');
  expect(sure(go, 'r.Context() r.', 'a.go')).toBe('refused');
  expect(verdict(go, 'r.Context(), r.', 'a.go')).toBe('refused');
});

describe('what is nearly right is repaired', () => {
  test('a closing bracket that nothing opens is dropped', () => {
    expect(verdict('const a = █\n', 'foo(1))')).toBe('→ foo(1)');
    expect(verdict('def f():\n    █\n', 'return foo(1))', 'a.py')).toBe('→ return foo(1)');
    expect(verdict('function f() {\n  █\n}\n', 'return g({})}')).toBe('→ return g({})');
  });

  test('what the line left open is closed, before a separator', () => {
    expect(verdict('function f() {\n  █\n}\n', 'foo(bar(1);')).toBe('→ foo(bar(1));');
    expect(verdict('items.forEach(i => push(█\n', 'i);')).toBe('→ i));');
    expect(verdict('const a = █\n', "['b")).toBe("→ ['b']");
    expect(verdict('x = {█}\n', '"a": [1, 2', 'a.py')).toBe('→ "a": [1, 2]');
  });

  test('a block is closed at the indentation of the line that opened it', () => {
    expect(verdict('function f() {\n  █\n}\n', 'if (a) {\n    b({\n      c,')).toBe(
      '→ if (a) {\n    b({\n      c,\n    })\n  }',
    );
  });

  test('closing brackets stand on lines that end as the others', () => {
    expect(verdict('function f() {\r\n  █\r\n}\r\n', 'if (a) {\r\n    b();')).toBe(
      '→ if (a) {\r\n    b();\r\n  }',
    );
  });

  test('a suggestion is shortened to the last line that fits', () => {
    expect(verdict('function f() {\n  █\n}\n', 'a();\n  b();\n  c d e();')).toBe('→ a();\n  b();');
  });
});

describe('several lines are a whole', () => {
  const inFile = (path: string, code: string, text: string) => verdict(code, text, path);

  test('they do not stop within a statement or a block', () => {
    const ts = (text: string) => inFile('a.ts', 'function f() {\n  █\n}\n\nfunction g() {}\n', text);
    expect(ts('a();\n  b();')).toBe('kept');
    expect(ts('a();\n  const b =')).toBe('→ a();');
    expect(ts('if (a) {\n    b();')).toBe('→ if (a) {\n    b();\n  }');
    expect(inFile('a.c', 'void f() {\n  █\n}\n', 'if (a)\n    return')).toBe('refused');
    expect(inFile('a.cs', 'class A {\n  void F() {\n    █\n  }\n}\n', 'A();\n    B')).toBe('→ A();');
  });

  test('nor in a document whose writer has not closed it yet', () => {
    const begun = "describe('a', () => {\n  █\n\ndescribe('b', () => {});\n";
    expect(verdict(begun, "it('c', () => {\n    d();\n  });")).toBe('kept');
    expect(verdict(begun, "it('c', () => {\n    d();\n  });\n  const e =")).toBe(
      "→ it('c', () => {\n    d();\n  });",
    );
    const half = 'function f() {\n  try {\n    a();\n  }█\n}\n';
    expect(verdict(half, ' finally {\n    b();\n  }')).toBe('kept');
    expect(verdict(half, ' finally {\n    b();\n  }}')).toBe('→  finally {\n    b();\n  }');
    expect(verdict(half, ' finally {\n    b();')).toBe('→  finally {\n    b();\n  }');
  });

  test('a decorator waits for what it decorates', () => {
    expect(inFile('a.py', 'class A:\n    █\n', '@param(\n        a,\n    )')).toBe('kept');
    expect(inFile('a.py', 'class A:\n    █\n', 'x = (\n        a,\n    ) +')).toBe(
      '→ x = (\n        a,\n    )',
    );
  });

  test('blocks that words open are closed by words', () => {
    expect(inFile('a.sh', 'f() {\n  █\n}\n', 'for a in b; do\n    if c; then\n      d "$a"')).toBe(
      '→ for a in b; do\n    if c; then\n      d "$a"\n    fi\n  done',
    );
  });
});

test('a string that the user began is closed', () => {
  expect(verdict("const a = '█\n", 'hello wor')).toBe("→ hello wor'");
  expect(verdict('const a = █;\n', 'b(`c')).toBe('→ b(`c`)');
  expect(verdict('const a = █\n', 'b(`')).toBe('kept');
  expect(verdict('def f():\n    a = "█\n', 'half a str', 'a.py')).toBe('→ half a str"');
});

test('a bracket that stands twice is dropped where one would do', () => {
  expect(verdict('function f() {\n  █\n    a();\n  }\n}\n', 'if (b) {{')).toBe('→ if (b) {');
  expect(verdict('void f() {\n  if (a ||\n      █\n      c) d();\n}\n', '((b) ||', 'a.c')).toBe('→ (b) ||');
  expect(verdict('const a = █\n', '[[')).toBe('kept');
});

test('what the user opened on the line is closed on it, unless the line breaks well', () => {
  expect(verdict('foo(█\n', 'a')).toBe('→ a)');
  expect(verdict('foo(█\n', 'a &&')).toBe('kept');
});

test('data has no lines that stop where a value is wanted', () => {
  expect(verdict('{\n  █\n  "b": 1\n}\n', '"a":', 'a.json')).toBe('refused');
  expect(verdict('{\n  █\n  "b": 1\n}\n', '"a": {', 'a.json')).toBe('kept');
});

test('a token that only another beginning could go on with is wrong', () => {
  expect(verdict('<?php\nfunction f() {\n    foreach ([A, █\n}\n', '\\b-c:', 'a.php')).toBe('refused');
});

test('what a grammar does not know is read as something that it knows', () => {
  expect(verdict('@font-face {\n  █\n}\n', 'src: url(../a.woff2) format("woff2");', 'a.css')).toBe('kept');
  expect(verdict('<ul>\n  █\n</ul>\n', '<li {% if a %} class="b"{% endif %}></li>', 'a.html')).toBe('kept');
  expect(verdict('void f() {\n  █\n}\n', 'auto a = R"(b)"_json;', 'a.cpp')).toBe('kept');
});

test('a head that takes several lines waits for its block', () => {
  expect(verdict('void f() {\n  █\n}\n', 'if (a &&\n      b)', 'a.c')).toBe('kept');
  expect(verdict('void f() {\n  █\n}\n', 'if (a &&\n      b', 'a.c')).toBe('→ if (a &&');
});

test('within a string of several lines everything is a letter', () => {
  expect(verdict('f() {\n  echo "a\n█\n}\n', "it's (", 'a.sh')).toBe('kept');
  expect(verdict('fn f() {\n    a("b \\\n█\n}\n', 'c(d', 'a.rs')).toBe('kept');
  expect(verdict('fn f() {\n    a("b \\\n█\n}\n', 'c");', 'a.rs')).toBe('kept');
});

test('a pattern of a shell ends with a bracket', () => {
  const begun = 'f() {\n  case $1 in\n    a) b ;;\n    █\n}\n';
  expect(verdict(begun, "'-o') c ;;", 'a.sh')).toBe('kept');
  expect(verdict(begun, "'-o') c $(d)) ;;", 'a.sh')).toBe('refused');
});

test('macros may mean anything that their brackets hold together', () => {
  const kept = (code: string, text: string) => expect(verdict(code, text, 'a.cpp')).toBe('kept');
  kept('void f() {\n  █\n}\n', 'CHECK_THROWS_AS(a(b), Error&);');
  kept('void f() {\n  █\n}\n', 'SECTION("a") {\n    b();\n  }');
  kept('void f() {\n  █\n  {\n    b();\n  }\n}\n', 'SECTION("a")');
  kept('█\nbool f();\n', 'DEPRECATED_FOR(1.2.3, operator==(a))');
  expect(verdict('void f() {\n  █\n}\n', 'CHECK(a b;', 'a.cpp')).toBe('refused');
  expect(verdict('void f() {\n  █\n}\n', 'check(1 2);', 'a.cpp')).toBe('refused');
});

test('scripts and styles are judged in their own language', () => {
  const page = (inner: string) => `<p>a</p>\n<script>\n${inner}\n</script>\n`;
  expect(verdict(page('const a = █'), 'foo(1);', 'a.html')).toBe('kept');
  expect(verdict(page('const a = █'), 'foo(1 2);', 'a.html')).toBe('refused');
  expect(verdict('<style>\na { █ }\n</style>', 'color: red;', 'a.html')).toBe('kept');
  expect(verdict('<style>\na { █ }\n</style>', 'color: red}};', 'a.html')).toBe('→ color: red');
  expect(verdict('<template/>\n<script setup>\nconst a = █\n</script>', 'foo(1 2);', 'a.vue')).toBe(
    'refused',
  );
});

test('half a pair of directives is no error', () => {
  expect(verdict('void f() {\n█\n  g();\n}\n', '#ifdef A', 'a.c')).toBe('undecided');
  expect(verdict('void f() {\n█\n}\n', '#if A\n  g();', 'a.c')).toBe('undecided');
  expect(verdict('void f() {\n█\n}\n', '#if A\n  g();\n#endif', 'a.c')).toBe('kept');
  expect(verdict('void f() {\n█\n}\n', '#\n  g();', 'a.c')).toBe('refused');
  expect(verdict('void f() {\n  █\n}\n', 'g(1 2);', 'a.c')).toBe('refused');
});

test('code that is broken elsewhere is no reason to refuse', () => {
  const broken = 'function g( {\n  x(;\n}\n\nfunction f() {\n  const a = █\n}\n';
  expect(verdict(broken, 'foo(1);')).toBe('kept');
  expect(verdict('class A {\n  m() {\n    foo(█\n\n  n() {}\n}\n', 'a, b);')).toBe('kept');
  expect(verdict(broken, 'foo(1 2);')).toBe('refused');
  expect(verdict('const a = = █\n', 'foo(1);')).toBe('kept');
});

test('what the suggestion replaces does not count', () => {
  const judged = judgedAt('foo(█a));\n', 'b);', { replaces: 'a));' });
  expect(verdictOf(guard(), judged)).toBe('kept');
});

test('a long document is judged by what stands near the cursor', () => {
  const far = Array.from({ length: 2_000 }, (_, i) => `function f${i}() {\n  return ${i};\n}\n`).join('\n');
  const code = `${far}\nclass A {\n  m() {\n    const a = █\n  }\n}\n\n${far}`;
  const trees = new Trees(grammars, () => 0);
  const near = addsSyntaxError({ trees, elapsed: () => 0 });
  expect(verdictOf(near, judgedAt(code, 'foo(1, 2);'))).toBe('kept');
  expect(verdictOf(near, judgedAt(code, 'foo(1 2);'))).toBe('refused');

  // A method that was begun since the tree was parsed is near, though no tree knows it.
  const begun = code.replace('class A {', `class A {\n  ${'l() {\n    return 1;\n  }\n'.repeat(60)}  n() {`);
  expect(verdictOf(near, judgedAt(begun.replace('  m() {\n', ''), 'foo(1, 2);'))).toBe('kept');
  expect(verdictOf(near, judgedAt(begun.replace('  m() {\n', ''), 'foo(1 2);'))).toBe('refused');
  trees.dispose();

  // Its tree takes longer than there is time, and still it is judged.
  const slow = new Trees(grammars, elapsedBy(0.001));
  const hurried = addsSyntaxError({ trees: slow, elapsed: () => 0, budgetMs: 0.5 });
  expect(verdictOf(hurried, judgedAt(code, 'foo(1, 2);'))).toBe('kept');
  expect(verdictOf(hurried, judgedAt(code, 'foo(1 2);'))).toBe('refused');
});

test('without a grammar, or without time, nothing is decided, and it says why', () => {
  const reason = (path: string) => guard().judge(judgedAt('a █', 'b', { path }));
  expect(reason('a.yaml')).toEqual({ kind: 'undecided', reason: 'there is no grammar for yaml' });
  expect(reason('a.rb')).toEqual({ kind: 'undecided', reason: 'the grammar for ruby is not loaded' });
  let now = 0;
  const elapsed = () => now++;
  const hurried = addsSyntaxError({ trees: new Trees(grammars, elapsed), elapsed, budgetMs: 0 });
  expect(verdictOf(hurried, judgedAt(`${'foo(1);\n'.repeat(2_000)}█`, 'a b'))).toBe('undecided');
});
