import { describe, expect, test } from 'vitest';
import { ContinuationRetriever } from '../../src/retrieval/continuation.ts';
import { MemberRetriever } from '../../src/retrieval/members.ts';
import { type DefiningLine, ResolvedNames } from '../../src/retrieval/resolvedNames.ts';
import type { Found } from '../../src/retrieval/retriever.ts';
import { SessionRetriever } from '../../src/retrieval/session.ts';
import { retrievalOf } from '../../src/retrieval/sources.ts';
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
    'far/store.ts': 'export class Store {\n  flood() {}\n}\n',
  };
  const membersAt = async (code: string, ...lines: DefiningLine[]) => {
    const index = await definedIndex(['typescript'], files);
    const names = new ResolvedNames();
    if (lines.length > 0) names.tell('src/a.ts', 'one', lines);
    return places(new MemberRetriever(() => index, names).retrieve(at(code, 'src/a.ts')));
  };
  const store = { path: 'src/store.ts', line: 2 };

  test('behind a dot those of the type that a language server tells, in their order', async () => {
    expect(await membersAt('one.█', store)).toEqual(['src/store.ts:4-4', 'src/store.ts:7-7']);
    expect(await membersAt('one.flo█', { path: 'far/store.ts', line: 1 })).toEqual(['far/store.ts:2-2']);
  });

  test('they are shown before other places with the same words', async () => {
    const calls = Array.from({ length: 40 }, (_, i) => `const step${i} = one.takeStep(${i});\n`).join('');
    const all: Readonly<Record<string, string>> = { ...files, 'src/steps.ts': calls };
    const index = await definedIndex(['typescript'], all);
    const shown = (...lines: readonly DefiningLine[]) => {
      const { retrieval, resolved } = retrievalOf({
        keeper: { index },
        readText: path => all[path],
        savedText: () => undefined,
        embedded: undefined,
      });
      if (lines.length > 0) resolved.tell('src/a.ts', 'one', lines);
      return retrieval.retrieve(at('const step = one.█', 'src/a.ts'), 200).map(({ path }) => path);
    };
    expect(shown().at(-1)).toBe('src/steps.ts');
    expect(shown(store).at(-1)).toBe('src/store.ts');
  });

  test.each([
    ['behind no dot', 'one█', [store]],
    ['of what nobody told', 'other.█', [store]],
    ['of a type outside of the workspace', 'one.█', [{ path: undefined, line: 12 }]],
    ['of what has no members', 'one.█', [{ path: 'src/store.ts', line: 4 }]],
    ['where no server is', 'one.█', []],
  ] as const)('none %s', async (_, code, lines) => {
    expect(await membersAt(code, ...lines)).toEqual([]);
  });
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
