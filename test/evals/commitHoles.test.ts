import { describe, expect, test } from 'vitest';
import { type ChangedFile, type CommitHole, commitHoles } from '../../src/evals/commitHoles.ts';
import type { Hunk } from '../../src/evals/gitPatch.ts';
import { classOf } from '../../src/evals/holes.ts';
import { seeded } from '../../src/evals/random.ts';

const commit = { id: 'c0ffee'.padEnd(40, '0'), parent: 'abcdef'.padEnd(40, '0') };

/**
 * A file from a patch of whole lines: '-' stood there before, '+' stands there now, ' ' does both. As in git's own
 * patches without context, lines that follow each other are one hunk.
 */
function changed(
  path: string,
  language: string,
  patch: string,
  more: Partial<ChangedFile> = {},
): ChangedFile {
  const old: string[] = [];
  const now: string[] = [];
  const hunks: { -readonly [key in keyof Hunk]: Hunk[key] }[] = [];
  let open = false;
  for (const line of patch.split('\n')) {
    const sign = line[0] ?? ' ';
    if (sign !== ' ' && !open) {
      hunks.push({ oldStart: old.length, oldCount: 0, newStart: now.length, newCount: 0 });
    }
    open = sign !== ' ';
    if (sign !== '+') old.push(line.slice(1));
    if (sign !== '-') now.push(line.slice(1));
    if (sign === '-') hunks.at(-1)!.oldCount++;
    if (sign === '+') hunks.at(-1)!.newCount++;
  }
  return { path, language, oldText: `${old.join('\n')}\n`, newText: `${now.join('\n')}\n`, hunks, ...more };
}

const holesIn = (seed: number, ...files: ChangedFile[]) => commitHoles(commit, files, seeded(seed));

/** Every different hole that many seeds cut, by what stands around the cursor. */
function allHoles(...files: ChangedFile[]): Map<string, CommitHole> {
  const holes = Array.from({ length: 200 }, (_, seed) => holesIn(seed, ...files)).flat();
  return new Map(holes.map(hole => [`${hole.prefix}█${hole.target}█${hole.suffix}`, hole]));
}

const cart = changed(
  'src/cart.ts',
  'typescript',
  [
    " import { Item } from './item';",
    "+import { round } from './round';",
    ' ',
    ' export class Cart {',
    '-  sum(): number {',
    '-    return total(this.items);',
    '+  // Half a cent counts as a whole one.',
    '+  sum(currency: Currency): number {',
    '+    return round(total(this.items));',
    '   }',
    ' ',
    '+  clear() {',
    '+    this.items = [];',
    '+  }',
    '+',
    '   count() {',
    '-    return this.items.size;',
    '+    return this.items.length;',
    '   }',
    ' }',
  ].join('\n'),
);

test('above the cursor stands the new file, below it what the commit leaves of the old one', () => {
  const all = [...allHoles(cart).keys()];
  expect(all).toContain(`import { Item } from './item';
import { round } from './round';

export class Cart {
  // Half a cent counts as a whole one.
  sum(currency: Currency): number {
    return round(█total(this.items));█
  }

  count() {
    return this.items.size;
  }
}
`);
});

test('a block is cut with the line that closes it, at its start, within its first line or at the end of that', () => {
  const loop = changed('a.ts', 'typescript', '+  for (;;) open();\n+    close();\n+  }\n   rest();');
  const blocks = [...allHoles(loop)].filter(([, hole]) => hole.class === 'multi-line').map(([text]) => text);
  const below = '\n    close();\n  }█\n  rest();\n';
  const cut = [
    '█for (;;) open();',
    'for█ (;;) open();',
    'for (█;;) open();',
    'for (;;) █open();',
    'for (;;) open();█',
  ];
  for (const line of cut) expect(blocks).toContain(`  ${line}${below}`);
});

test.each([
  ['a call over several lines', ['+const a = make(', '+  one,', '+  two,', '+);', '+next();'], 4],
  ['a branch with its other branch', ['+if (a) {', '+  b();', '+} else {', '+  c();', '+}', '+d();'], 5],
  ['a blank line within', ['+for (;;) {', '+  a();', '+', '+  b();', '+}'], 5],
  ['what was added of a block that goes on with old lines', ['+if (a) {', '+  b();', '   c();', ' }'], 2],
])('a block is %s', (_, patch, lines) => {
  const holes = [...allHoles(changed('a.ts', 'typescript', patch.join('\n'))).values()];
  const block = holes.find(hole => hole.class === 'multi-line' && hole.prefix === '');
  expect(block?.target.split('\n')).toEqual(patch.slice(0, lines).map(line => line.slice(1)));
});

test('in a language without closing lines a block ends where the indentation does', () => {
  const patch = ['+def sum(self):', '+    return 1', '+', '+other = 2'];
  const holes = [...allHoles(changed('a.py', 'python', patch.join('\n'))).values()];
  const targets = holes.filter(hole => hole.class === 'multi-line').map(hole => hole.prefix + hole.target);
  expect(new Set(targets)).toEqual(new Set(['def sum(self):\n    return 1']));
});

test('a block of thirteen lines is not asked for as a whole', () => {
  const patch = ['+call(', ...Array.from({ length: 11 }, (_, i) => `+  argument${i},`), '+);'];
  const classes = [...allHoles(changed('a.ts', 'typescript', patch.join('\n'))).values()].map(h => h.class);
  expect(classes).not.toContain('multi-line');
});

describe('lines that say little are classed apart', () => {
  const classOfLine = (line: string) => {
    const holes = [...allHoles(cart).values()].filter(hole => hole.neighbourhood.line === line);
    return [...new Set(holes.map(hole => hole.class))];
  };

  test('imports, comments and brackets', () => {
    expect(classOfLine("import { round } from './round';")).toEqual(['import']);
    expect(classOfLine('// Half a cent counts as a whole one.')).toEqual(['comment']);
    expect(classOfLine('}')).toEqual(['brackets']);
  });

  test('lines that the commit took from elsewhere, as when they are indented anew', () => {
    const inner = changed('a.ts', 'typescript', '-send(order);\n+if (open) {\n+  send(order);\n+}');
    const outer = changed('b.ts', 'typescript', '-audit(order, now);');
    const taken = changed('c.ts', 'typescript', '+audit(order, now);');
    const moved = [...allHoles(inner, outer, taken).values()].filter(hole => hole.class === 'moved');
    expect(new Set(moved.map(hole => hole.neighbourhood.line))).toEqual(
      new Set(['send(order);', 'audit(order, now);']),
    );
  });

  test('their class is not one that the texts would give', () => {
    for (const hole of allHoles(cart).values()) expect(classOf(hole)).toBe(hole.class);
  });
});

test('lines that are no question are left out: blank, tiny, without a word, or endless', () => {
  const patch = [
    '+',
    '+x;',
    '+return',
    `+const data = '${'x'.repeat(240)}';`,
    '+"-----";',
    '+const kept = 1;',
  ];
  const holes = [...allHoles(changed('a.ts', 'typescript', patch.join('\n'))).values()];
  expect(new Set(holes.map(hole => hole.neighbourhood.line))).toEqual(new Set(['const kept = 1;']));
});

test('one commit gives twelve lines of code and three others at most, and one file five and one', () => {
  const lines = (name: string) =>
    Array.from({ length: 20 }, (_, i) => `+const ${name}${i} = ${i};\n+// ${name}${i}`).join('\n');
  const files = ['a', 'b', 'c', 'd'].map(name => changed(`${name}.ts`, 'typescript', lines(name)));
  for (let seed = 0; seed < 20; seed++) {
    const holes = holesIn(seed, ...files);
    const count = (path: string | undefined, comments: boolean) =>
      holes.filter(hole => (!path || hole.path === path) && (hole.class === 'comment') === comments).length;
    expect([count(undefined, false), count(undefined, true)], `seed ${seed}`).toEqual([12, 3]);
    for (const { path } of files) {
      expect(count(path, false)).toBeLessThanOrEqual(5);
      expect(count(path, true)).toBeLessThanOrEqual(1);
    }
  }
});

test('a hole knows what its author had done before, and nothing that came later', () => {
  const [a, b, c] = ['a', 'b', 'c'].map(name =>
    changed(`${name}.ts`, 'typescript', `+const ${name} = first(${name});`),
  );
  const renamed = { ...b!, renamedFrom: 'old.ts' };
  const of = (path: string) => holesIn(1, a!, renamed, c!).find(hole => hole.path === path)!;
  expect([of('a.ts').recent, of('a.ts').exclude]).toEqual([[], undefined]);
  expect(of('b.ts').recent).toEqual([{ path: 'a.ts', text: a!.newText }]);
  expect(of('c.ts').recent.map(({ path }) => path)).toEqual(['a.ts', 'b.ts']);
  // Its name has changed, so its text no longer stands under the old one.
  expect([of('b.ts').exclude, of('c.ts').exclude]).toEqual([['old.ts'], ['old.ts']]);
});

test('what stands around a line is told without blank lines', () => {
  const hole = [...allHoles(cart).values()].find(({ neighbourhood }) => neighbourhood.line === 'clear() {');
  expect(hole?.neighbourhood).toEqual({ above: '}', line: 'clear() {', below: 'this.items = [];' });
});

test('carriage returns stay with the line ends, on both sides and within a block', () => {
  const patch = ' one();\n+if (two) {\n+  three();\n+}\n four();';
  const unix = changed('a.ts', 'typescript', patch);
  const crlf = (text: string) => text.replaceAll('\n', '\r\n');
  const windows = { ...unix, oldText: crlf(unix.oldText), newText: crlf(unix.newText) };
  for (let seed = 0; seed < 50; seed++) {
    const expected = holesIn(seed, unix).map(({ prefix, target, suffix }) =>
      [prefix, target, suffix].map(crlf),
    );
    expect(holesIn(seed, windows).map(({ prefix, target, suffix }) => [prefix, target, suffix])).toEqual(
      expected,
    );
  }
});

test('a last line without an end leaves nothing below, and one that gets lines below keeps its end', () => {
  const bare = changed('a.ts', 'typescript', ' one();\n+two(three);', {
    oldText: 'one();',
    newText: 'one();\ntwo(three);',
  });
  expect(new Set([...allHoles(bare).values()].map(hole => hole.suffix))).toEqual(new Set(['']));
  const followed = changed('a.ts', 'typescript', '+two(three);\n-one();');
  const above = {
    ...followed,
    newText: 'two(three);',
    oldText: 'one();\nrest();',
    hunks: [{ oldStart: 0, oldCount: 0, newStart: 0, newCount: 1 }],
  };
  expect(new Set([...allHoles(above).values()].map(hole => hole.suffix))).toEqual(
    new Set(['\none();\nrest();']),
  );
});

test('ids name commit, path, line and class, and are unique', () => {
  const ids = holesIn(3, cart).map(hole => hole.id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const hole of holesIn(3, cart)) {
    const line = hole.prefix.split('\n').length;
    expect(hole.id).toBe(`c0ffee000000:src/cart.ts:${line}:${hole.class}`);
  }
});

test('the same seed gives the same bytes', () => {
  expect(JSON.stringify(holesIn(7, cart))).toBe(JSON.stringify(holesIn(7, cart)));
});

test('a hole knows what its author wrote next in the same place', () => {
  const hole = [...allHoles(cart).values()].find(
    ({ neighbourhood, class: of }) => neighbourhood.line === 'clear() {' && of !== 'multi-line',
  );
  expect(hole?.following).toEqual(['    this.items = [];', '  }']);
});
