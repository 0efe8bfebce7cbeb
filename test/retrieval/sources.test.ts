import { describe, expect, test } from 'vitest';
import { ContinuationRetriever } from '../../src/retrieval/continuation.ts';
import { MemberRetriever } from '../../src/retrieval/members.ts';
import { type DefiningLine, ResolvedNames } from '../../src/retrieval/resolvedNames.ts';
import type { Found } from '../../src/retrieval/retriever.ts';
import { SessionRetriever } from '../../src/retrieval/session.ts';
import { Trail } from '../../src/retrieval/trail.ts';
import { at } from '../support/cursor.ts';
import { definedIndex } from '../support/definedIndex.ts';

const places = (found: readonly Found[]) =>
  found.map(({ path, startLine, endLine }) => `${path}:${startLine}-${endLine}`);

const STORE = `/** Keeps things. */
export class Store {
  /** Reads one. */
  readOne(key: string): Thing | undefined {
    return this.things.get(key);
  }
  removeAll(): void {
    this.things.clear();
  }
}
`;

describe('members', () => {
  const files = {
    'src/store.ts': STORE,
    'src/other.ts': 'export class Cellar {\n  descend() {}\n}\n',
    'far/cellar.ts': 'export class Cellar {\n  flood() {}\n}\n',
  };
  const membersAt = async (code: string, told: (names: ResolvedNames) => void = () => {}) => {
    const index = await definedIndex(['typescript'], files);
    const names = new ResolvedNames();
    told(names);
    return places(new MemberRetriever(() => index, names).retrieve(at(code, 'src/a.ts')));
  };

  test.each([
    [
      'the type that is written behind a name',
      "import { Store } from './store';\nfunction f(one: Store) {\n  one.█",
    ],
    ['what a name was made of', "import { Store } from './store';\nconst one = new Store();\none.open█"],
    ['a type that only holds it', 'function f(one: Promise<Store>) {\n  one.█'],
    ['the type itself', "import { Store } from './store';\nStore.█"],
    ['a type that is called like it', 'store.█'],
    ['what the type around is made of', 'class Shop extends Store {\n  open() {\n    this.█'],
  ])('behind a dot those of %s', async (_, code) => {
    expect((await membersAt(code)).slice(0, 2)).toEqual(['src/store.ts:4-4', 'src/store.ts:7-7']);
  });

  test('elsewhere those of the types that are named near the cursor, the imported one first', async () => {
    const code = "import { Cellar } from './other';\nfunction f(cellar: Cellar) {\n  █\n}\n";
    expect(await membersAt(code)).toEqual(['src/other.ts:2-2', 'far/cellar.ts:2-2']);
  });

  test.each(['nobody.█', 'nobody();\n█', ''])('none at %j', async code => {
    expect(await membersAt(code.includes('█') ? code : `${code}█`)).toEqual([]);
  });

  test('a language server knows better which of two types it is', async () => {
    const code = "import { Cellar } from './other';\nconst one = new Cellar();\none.█";
    expect(await membersAt(code)).toContain('src/other.ts:2-2');
    const told = (names: ResolvedNames) =>
      names.tell('src/a.ts', 'one', 'type', [{ path: 'far/cellar.ts', line: 1 }]);
    expect(await membersAt(code, told)).toEqual(['far/cellar.ts:2-2']);
  });

  describe('where a language server says what a name means', () => {
    const code = "import { Cellar } from './other';\nCellar.█";
    const foundWhere = async (...lines: DefiningLine[]) => {
      const found = await membersAt(code, names => names.tell('src/a.ts', 'Cellar', 'definition', lines));
      return found.map(place => place.split(':', 1)[0]).sort();
    };

    test.each([
      [
        'in the workspace, that counts and the import does not',
        [{ path: 'far/cellar.ts', line: 1 }],
        ['far/cellar.ts'],
      ],
      ['outside of it, nothing in it is meant', [{ path: undefined, line: 12 }], []],
      ['in the document itself, nothing else is meant', [{ path: 'src/a.ts', line: 9 }], []],
      [
        'on a line that leads on, the likeliest are found',
        [{ path: 'src/store.ts', line: 12 }],
        ['far/cellar.ts', 'src/other.ts'],
      ],
    ] as const)('%s', async (_, lines, paths) => {
      expect(await foundWhere(...lines)).toEqual(paths);
    });
  });

  test.each([
    [
      'typescript',
      'src/a.ts',
      "import * as keep from './keep';\nkeep.█",
      { 'src/keep.ts': 'export function open() {}\n' },
      'src/keep.ts:1-1',
    ],
    [
      'python',
      'a.py',
      'from shop import keep as kept\nkept.█',
      { 'shop/keep.py': 'def _hidden():\n    pass\n\n\ndef open():\n    pass\n' },
      'shop/keep.py:5-5',
    ],
    [
      'go',
      'main.go',
      'import (\n\tk "my.host/shop/keep"\n)\nfunc f() {\n\tk.█',
      { 'shop/keep/open.go': 'package keep\n\nfunc hidden() {}\n\nfunc Open() {}\n' },
      'shop/keep/open.go:5-5',
    ],
    [
      'rust',
      'src/main.rs',
      'use crate::shop::keep;\nfn f() {\n    keep::█',
      { 'src/shop/keep.rs': 'pub fn open() {}\n' },
      'src/shop/keep.rs:1-1',
    ],
  ] as const)(
    'behind a module that %s imports, what it offers',
    async (grammar, path, code, sources, found) => {
      const index = await definedIndex([grammar], sources);
      expect(places(new MemberRetriever(() => index).retrieve(at(code, path)))).toEqual([found]);
    },
  );
});

test('continuation shows what comes after lines like those just typed', async () => {
  const filler = Array.from({ length: 8 }, (_, i) => `const filler${i} = makeFiller(${i});\n`).join('');
  const index = await definedIndex(['typescript'], {
    'src/apple.ts': `${filler}const tree = plantApple(garden);\nwater(tree, twice);\nharvestApple(tree);\n${filler}`,
    'src/none.ts': filler,
  });
  const code = 'const tree = plantPear(garden);\nwater(tree, twice);\n█';
  const [first] = new ContinuationRetriever(() => index).retrieve(at(code, 'src/pear.ts'));
  // The alike lines are 9 and 10; what follows them begins on line 11.
  expect(first).toMatchObject({ path: 'src/apple.ts', startLine: 8, endLine: 15 });
});

describe('session', () => {
  test('shows what was edited last first, and nothing of the file itself', async () => {
    const lines = Array.from({ length: 60 }, (_, i) => `call${i}();\n`).join('');
    const index = await definedIndex(['typescript'], {
      'src/a.ts': lines,
      'src/b.ts': lines,
      'src/c.ts': lines,
    });
    const trail = new Trail();
    const insert = (line: number) => ({
      range: { start: { line, character: 0 }, end: { line, character: 0 } },
      text: 'x',
    });
    trail.edited('src/a.ts', [insert(9)]);
    trail.edited('src/b.ts', [insert(19)]);
    trail.edited('src/c.ts', [insert(29)]);
    const found = new SessionRetriever(trail, () => index).retrieve(at('█', 'src/c.ts'));
    expect(places(found).slice(0, 2)).toEqual(['src/b.ts:18-22', 'src/a.ts:8-12']);
    expect(found.every(({ path }) => path !== 'src/c.ts')).toBe(true);
  });

  test('what was copied last is shown before what was only looked at', async () => {
    const lines = Array.from({ length: 60 }, (_, i) => `call${i}();\n`).join('');
    const index = await definedIndex(['typescript'], { 'src/a.ts': lines, 'src/b.ts': lines });
    const trail = new Trail();
    trail.copied('src/a.ts', 10, 14);
    trail.visited('src/b.ts', 30);
    const found = new SessionRetriever(trail, () => index).retrieve(at('█', 'src/c.ts'));
    expect(places(found).slice(0, 2)).toEqual(['src/a.ts:8-16', 'src/b.ts:28-32']);
  });

  test('steps move with the lines above them, near ones are one, and unsaved text was edited where it differs', () => {
    const trail = new Trail();
    trail.visited('a.ts', 50);
    const at = (line: number) => ({ line, character: 0 });
    trail.edited('a.ts', [{ range: { start: at(0), end: at(0) }, text: 'one\ntwo\n' }]);
    trail.openedUnsaved('b.ts', 'kept\nnew\nnewer\nkept too\n', 'kept\nkept too\n');
    expect(trail.steps).toEqual([
      { path: 'b.ts', startLine: 2, endLine: 3, kind: 'edited' },
      { path: 'a.ts', startLine: 1, endLine: 3, kind: 'edited' },
      { path: 'a.ts', startLine: 52, endLine: 52, kind: 'visited' },
    ]);
    expect(trail.files).toEqual(['b.ts', 'a.ts']);
    trail.forget('b.ts');
    expect(trail.files).toEqual(['a.ts']);
  });
});
