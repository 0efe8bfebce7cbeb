import { describe, expect, test } from 'vitest';
import { type KnownNames, unknownNames } from '../../src/guardrails/unknownNames.ts';
import { judgedAt } from '../support/judged.ts';

/** A workspace in which these names stand, and these files and folders. */
function workspace(names: string, places = '', ready = true): KnownNames {
  const [known, files] = [new Set(names.split(' ')), new Set(places.split(' '))];
  // Typings are known of one package.
  const typed = (module: string, name: string) => (module === 'kit' ? name === 'draw' : undefined);
  return { ready, has: name => known.has(name), hasPlace: name => files.has(name), typed };
}

/** The names that are doubted in `text` at the `█`, or `-` if none is. */
function doubted(code: string, text: string, { path = 'src/a.ts', known = workspace('') } = {}): string {
  const verdict = unknownNames(known).judge(judgedAt(code, text, { path }));
  const doubt = verdict.kind === 'kept' ? verdict.doubt : undefined;
  return doubt ? [...doubt.reason.matchAll(/'([^']+)'/g)].map(([, name]) => name).join(' ') : '-';
}

describe('a name that is called or looked up', () => {
  test.each([
    ['const a = █', 'loadSettings(path);', 'loadSettings'],
    ['const a = █', 'settings.reload().then(use);', 'reload'],
    ['loadSett█', 'ings(path);', 'loadSettings'],
    ['user.█', 'fullName', 'fullName'],
    ['user?.█', 'fullName ?? other.nick', 'fullName nick'],
    ['const a = █', 'make<Shape>(1)', 'make'],
    ['return █', 'new Widget(1)', 'Widget'],
  ])('%s%s', (code, text, names) => {
    expect(doubted(`${code}\n`, text)).toBe(names);
  });

  test.each([
    ['src/a.py', 'x = █', 'shop.totals(3)', 'totals'],
    ['src/a.go', '\tx := █', 'shop.Totals(3)', 'Totals'],
    ['src/a.rs', '    let x = █', 'Shop::totals(3);', 'totals'],
    ['src/A.java', '    return █', 'shop.totals(3);', 'totals'],
    ['src/a.rb', '  x = █', 'shop.totals(3)', 'totals'],
  ])('in %s', (path, code, text, names) => {
    expect(doubted(`${code}\n`, text, { path })).toBe(names);
  });
});

test('of a package that is typed, its own members are known, and theirs are not', () => {
  const code = "import * as kit from 'kit';\nimport { draw } from 'kit';\nconst a = █\n";
  expect(doubted(code, 'kit.draw()')).toBe('-');
  expect(doubted(code, 'kit.drew()')).toBe('drew');
  expect(doubted(code, 'kit.draw().unheardOf(draw.neither())')).toBe('neither');
});

describe('is no invention where', () => {
  test.each([
    [
      'it stands elsewhere in the document',
      'function loadSettings() {}\nconst a = █\n',
      'loadSettings(path);',
    ],
    ['it stands below', 'const a = █\nloadSettings(1);\n', 'loadSettings(path);'],
    ['the language has it', 'const a = █\n', 'names.flatMap(name => JSON.stringify(name.trim()))'],
    ['the suggestion declares it', '█\n', 'function loadSettings(path) {\n  return loadSettings(path);\n}'],
    ['it is made by the assignment', 'constructor() {\n  █\n}\n', 'this.total = 0;'],
    ['it is a method that begins', 'class A {\n  █\n}\n', 'async reload(path: string): Promise<void> {'],
    ['it is the callback of a parameter', 'const a = █\n', '(done) => done(1)'],
    ['it stands in a string', 'const a = █\n', '"loadSettings(path)"'],
    ['it stands in a key in quotes', 'const a = {\n  █\n}\n', "'one.two(three)': 4,"],
    ['it stands in a pattern', 'const a = █\n', '/^GIT_(?!ONE)two(\\/three(four))/.source'],
    ['it stands in a comment', 'const a = 1; █\n', '// loadSettings(path)'],
    ['the cursor stands in a comment', '/*\n * █\n */\n', 'see loadSettings(path)'],
    ['it belongs to a package', "import fs from 'node:fs';\nconst a = █\n", 'fs.readvSync(1)'],
    ['it is imported from a package', "import { debounce as d } from 'x';\nd(█\n", ').unheardOf()'],
  ])('%s', (_, code, text) => {
    expect(doubted(code, text)).toBe('-');
  });

  test('the workspace has it', () => {
    expect(doubted('a = █\n', 'loadSettings(path);', { known: workspace('loadSettings') })).toBe('-');
  });

  test('the workspace has not been read yet', () => {
    expect(doubted('a = █\n', 'loadSettings(path);', { known: workspace('', '', false) })).toBe('-');
  });

  test.each([
    ['src/a.py', 'import numpy as np\nx = █\n', 'np.unheard_of(3)'],
    ['src/a.py', 'from numpy import linalg as la, fft\nx = █\n', 'la.unheard_of(fft.neither(3))'],
    [
      'src/a.go',
      'import (\n\t"os"\n\tjson "github.com/x/y"\n)\nfunc f() {\n\t█\n}\n',
      'os.UnheardOf(json.Neither(3))',
    ],
    ['src/a.go', '█\n', 'func (s *Shop) Totals(n int) int {'],
    [
      'src/a.rs',
      'use serde::Deserialize;\nfn f() {\n  █\n}\n',
      'Deserialize::unheard_of(std::mem::neither(3));',
    ],
    ['src/A.java', 'import com.x.Shop;\nclass A {\n  █\n}\n', 'Shop.unheardOf(3);'],
    ['src/A.java', 'class A {\n  █\n}\n', 'private int totals(int n) {'],
    ['src/a.c', '█\n', 'static int totals(int n)'],
    ['README.md', '█\n', 'call totals(3)'],
  ])('it comes from elsewhere or is made: %s %s', (path, code, text) => {
    expect(doubted(code, text, { path })).toBe('-');
  });
});

test('a module of the workspace is no foreign one', () => {
  const code = 'from shop import billing\nx = █\n';
  const path = 'src/a.py';
  expect(doubted(code, 'billing.unheard_of(3)', { path, known: workspace('billing', 'shop') })).toBe(
    'unheard_of',
  );
});

test('says how much is left of the confidence, and why', () => {
  const verdict = (text: string) => unknownNames(workspace('')).judge(judgedAt('x = █\n', text));
  expect(verdict('one(1)')).toEqual({
    kind: 'kept',
    doubt: { factor: 0.5, reason: "'one' stands nowhere in the workspace" },
  });
  expect(verdict('one(two(three(1)))')).toEqual({
    kind: 'kept',
    doubt: { factor: 0.25, reason: "'one', 'two' and 'three' stand nowhere in the workspace" },
  });
});
