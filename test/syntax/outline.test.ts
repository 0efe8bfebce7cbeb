import { beforeAll, describe, expect, test } from 'vitest';
import { LANGUAGES } from '../../src/domain/languages.ts';
import type { Grammars } from '../../src/syntax/grammars.ts';
import { type Declaration, Outliner } from '../../src/syntax/outline.ts';
import { grammarsFor, readQuery } from '../support/grammars.ts';

/** Their lexers are too large to be run over every file of a workspace (`src/syntax/outline.ts`). */
const UNPARSED = new Set(['bash', 'css']);
const names = [...new Set(LANGUAGES.flatMap(language => language.grammar ?? []))];
let grammars: Grammars;
beforeAll(async () => {
  grammars = await grammarsFor(...names);
}, 60_000);

/** The outline as text: `first-last kind name`, children indented. */
function drawn(grammar: string, text: string): string {
  const outliner = new Outliner(grammars, readQuery);
  const outline = outliner.outline(grammar, text, 10_000)?.declarations;
  outliner.dispose();
  const draw = (declarations: readonly Declaration[], indent: string): string[] =>
    declarations.flatMap(({ kind, name, startLine, endLine, children }) => [
      `${indent}${startLine}-${endLine} ${kind} ${name}`,
      ...draw(children, `${indent}  `),
    ]);
  return draw(outline ?? [], '').join('\n');
}

/** Code as it is written here, without the indentation of this file. */
function code(strings: TemplateStringsArray): string {
  const lines = strings.raw[0]!.replace(/^\n/, '').replace(/\n *$/, '\n').split('\n');
  const indent = Math.min(...lines.filter(line => line.trim()).map(line => /^ */.exec(line)![0].length));
  return lines.map(line => line.slice(indent)).join('\n');
}

describe('the outline holds what is declared, nested', () => {
  const typescript = code`
    import { a } from './a.ts';

    /** What leads into a declaration belongs to it. */
    export class Store<T> implements Readable {
      #items = new Map<string, T>();

      // Reads.
      get(key: string): T | undefined {
        return this.#items.get(key);
      }

      onChange = () => {
        this.#items.clear();
      };
    }

    export interface Readable {
      get(key: string): unknown;
    }
    type Key = string;
    enum Color { Red, Green }
    export const make = () => new Store();
    const small = 1;
    function* steps() {}
    describe('a store', () => {
      it('reads', () => {});
    });
  `;
  test('TypeScript', () => {
    expect(drawn('typescript', typescript)).toBe(
      [
        '3-15 class_declaration Store',
        '  7-10 method_definition get',
        '  12-14 public_field_definition onChange',
        '17-19 interface_declaration Readable',
        '20-20 type_alias_declaration Key',
        '21-21 enum_declaration Color',
        '22-22 export_statement make',
        '24-24 generator_function_declaration steps',
        '25-27 expression_statement a store',
        '  26-26 expression_statement reads',
      ].join('\n'),
    );
  });

  test('TSX speaks the same query', () => {
    expect(drawn('tsx', 'export function App() {\n  return <a />;\n}\n')).toBe(
      '1-3 function_declaration App',
    );
  });

  test('JavaScript', () => {
    const text = code`
      export class A {
        run() {}
      }
      const handlers = {
        open() {},
      };
    `;
    expect(drawn('javascript', text)).toBe(
      '1-3 class_declaration A\n  2-2 method_definition run\n4-6 lexical_declaration handlers\n  5-5 method_definition open',
    );
  });

  test('Python, decorators and comments included', () => {
    const text = code`
      import os

      LIMITS = {"a": 1}
      SMALL = 1

      # Keeps things.
      @dataclass
      class Store:
          @property
          def size(self):
              def inner():
                  return 1
              return inner()

      async def main():
          pass
    `;
    expect(drawn('python', text)).toBe(
      [
        '3-3 expression_statement LIMITS',
        '6-13 class_definition Store',
        '  9-13 function_definition size',
        '    11-12 function_definition inner',
        '15-16 function_definition main',
      ].join('\n'),
    );
  });

  test('Go, with a lone type and a group of types', () => {
    const text = code`
      package a

      // Store keeps.
      type Store struct {
          items map[string]int
      }

      type (
          Key string
          Value int
      )

      func (s *Store) Get(k Key) int { return 0 }
      func New() *Store {
          return nil
      }
      const limit = 1
    `;
    expect(drawn('go', text)).toBe(
      [
        '3-6 type_spec Store',
        '9-9 type_spec Key',
        '10-10 type_spec Value',
        '13-13 method_declaration Get',
        '14-16 function_declaration New',
        '17-17 const_declaration undefined',
      ].join('\n'),
    );
  });

  test('Rust, attributes and doc comments included', () => {
    const text = code`
      /// Keeps.
      #[derive(Debug)]
      pub struct Store {
          items: Vec<u8>,
      }

      impl Store {
          /// How many.
          #[must_use]
          pub fn len(&self) -> usize {
              self.items.len()
          }
      }

      declare_lint! {
          pub A
      }
    `;
    expect(drawn('rust', text)).toBe(
      [
        '1-5 struct_item Store',
        '7-13 impl_item Store',
        '  8-12 function_item len',
        '15-17 macro_invocation declare_lint',
      ].join('\n'),
    );
  });

  test.each([
    [
      'java',
      'class A {\n  A() {}\n  int f() { return 1; }\n}\n',
      'class_declaration A|constructor_declaration A|method_declaration f',
    ],
    [
      'c',
      'struct s { int a; };\nstatic int *f(void) { return 0; }\n',
      'struct_specifier s|function_definition f',
    ],
    [
      'cpp',
      'namespace n {\ntemplate <class T> T f(T t) { return t; }\nint A::g() { return 1; }\n}\n',
      'namespace_definition n|function_definition f|function_definition A::g',
    ],
    [
      'c-sharp',
      'class A {\n  int B { get; set; }\n  void F() {}\n}\n',
      'class_declaration A|property_declaration B|method_declaration F',
    ],
    [
      'ruby',
      "module M\n  class A\n    def f; end\n  end\nend\ndescribe 'x' do\nend\n",
      'module M|class A|method f|call x',
    ],
    [
      'php',
      '<?php\nclass A {\n  function f() {}\n}\nfunction g() {}\n',
      'class_declaration A|method_declaration f|function_definition g',
    ],
    ['html', '<main>\n  <p>a</p>\n</main>\n', 'element main|element p'],
    ['json', '{\n  "a": { "b": [1] },\n  "c": 1\n}\n', 'pair a|pair b'],
  ])('%s', (grammar, text, expected) => {
    const names = drawn(grammar, text)
      .split('\n')
      .map(line => line.trim().replace(/^\d+-\d+ /, ''));
    expect(names.join('|')).toBe(expected);
  });

  test.each(names.filter(name => !UNPARSED.has(name)))('the query of %s fits its grammar', grammar => {
    expect(drawn(grammar, '')).toBe('');
    const outliner = new Outliner(grammars, readQuery);
    expect(outliner.outline(grammar, '', 1_000)).toEqual({
      declarations: [],
      statements: new Set(),
      symbols: [],
    });
    outliner.dispose();
  });
});

test('declarations of a text that is being typed are still found', () => {
  expect(drawn('typescript', 'function a() {\n  foo(\n}\n\nfunction b() {}\n')).toContain(
    'function_declaration b',
  );
});

test('there is no outline without a grammar, without a query and without time', () => {
  for (const grammar of UNPARSED)
    expect(new Outliner(grammars, readQuery).outline(grammar, '', 1_000)).toBeUndefined();
  const without = new Outliner(grammars, () => undefined);
  expect(without.outline('python', 'def f(): pass', 1_000)).toBeUndefined();
  let now = 0;
  const slow = new Outliner(grammars, readQuery, () => now++);
  expect(slow.outline('python', 'def f(): pass\n'.repeat(10_000), 5)).toBeUndefined();
  expect(slow.outline('cobol', '', 5)).toBeUndefined();
  const again = new Outliner(grammars, readQuery);
  expect(again.outline('python', 'def f(): pass\n', 1_000)?.declarations).toHaveLength(1);
});
