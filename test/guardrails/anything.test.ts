import { beforeAll, expect, test } from 'vitest';
import { languageOfPath } from '../../src/domain/languages.ts';
import { applyGuards, type Guard, type Judged, placeOf } from '../../src/guardrails/guard.ts';
import { guardsFor } from '../../src/guardrails/guards.ts';
import { RecentPast } from '../../src/guardrails/recentPast.ts';
import type { Grammars } from '../../src/syntax/grammars.ts';
import { Trees } from '../../src/syntax/trees.ts';
import { grammarsFor } from '../support/grammars.ts';
import { newSeed, randomFrom } from '../support/random.ts';

let grammars: Grammars;
beforeAll(async () => {
  grammars = await grammarsFor('typescript', 'python', 'go', 'html', 'javascript', 'css', 'ruby', 'json');
});

const PIECES = [
  ...[
    'const a = 1;',
    'f(b, {',
    '}',
    ');',
    'if (x) {',
    'def f():',
    '  return x',
    'end',
    'func g() {',
    '"',
    "'",
    '`',
  ],
  ...[
    '"""',
    '/*',
    '*/',
    '//',
    '# ',
    '<script>',
    '</script>',
    '<style>',
    '<p class="a">',
    '[1, 2',
    ']',
    ',',
    ';',
    '(',
  ],
  ...[
    '\n',
    '\r\n',
    '\n\n',
    '\t',
    '    ',
    ' ',
    '😀',
    '\ud83d',
    '\ude00',
    'é',
    '\u0000',
    '\u2028',
    '${',
    '\\',
    '𝒳',
  ],
  ...['<|endoftext|>', '```ts\n', '<think>', 'password = "q7Rk2mX9pL4w"', '{"a": [true'],
];
const PATHS = ['a.ts', 'a.py', 'a.go', 'a.html', 'a.rb', 'a.json', 'a.vue', 'a.kt', 'a.md', 'a.unknown'];

function scene(random: () => number) {
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
  const words = (most: number) =>
    Array.from({ length: Math.floor(random() * random() * most) }, () => pick(PIECES)).join('');
  return { pick, words };
}

/** A suggestion somewhere in a document, replacing perhaps some of what stands around the cursor in its line. */
function judgedIn(random: () => number, document: string, text: string, path: string): Judged {
  const offset = Math.floor(random() * (document.length + 1));
  const prefix = document.slice(0, offset);
  const suffix = document.slice(offset);
  const line = prefix.split('\n').length - 1;
  const character = prefix.length - prefix.lastIndexOf('\n') - 1;
  const rest = suffix.split(/\r?\n/, 1)[0]!;
  const start = { line, character: random() < 0.8 ? character : Math.floor(random() * (character + 1)) };
  const end = {
    line,
    character: character + (random() < 0.8 ? 0 : Math.floor(random() * (rest.length + 1))),
  };
  const languageId = languageOfPath(path)?.id ?? 'unknown';
  const snapshot = { uri: `file:///${path}`, path, languageId, version: 1, text: document };
  const trigger = 'automatic' as const;
  const context = {
    requestId: 'r',
    document: snapshot,
    position: { line, character },
    prefix,
    suffix,
    trigger,
  };
  return { context, text, range: { start, end }, multiLine: random() < 0.5, goesOn: random() < 0.3 };
}

function frozen<T extends object>(value: T): T {
  for (const inner of Object.values(value)) if (typeof inner === 'object' && inner !== null) frozen(inner);
  return Object.freeze(value);
}

function allGuards(trees: Trees, elapsed: () => number): readonly Guard[] {
  const past = new RecentPast(() => 0);
  past.deleted('file:///a.ts', { line: 0, start: 0, text: 'f(b, {' });
  past.turnedDown('file:///a.ts', { line: 1, linePrefix: '', text: 'const a' });
  return Object.values(guardsFor({ trees, elapsed, past })).flat();
}

test('whatever is suggested wherever: nothing is thrown, nothing changed, nothing touched but what is replaced', () => {
  const seed = newSeed();
  const random = randomFrom(seed);
  const trees = new Trees(grammars, () => 0);
  const guards = allGuards(trees, () => 0);
  const { pick, words } = scene(random);
  for (let round = 0; round < 600; round++) {
    const judged = frozen(judgedIn(random, words(60), words(25), pick(PATHS)));
    const told = `seed ${seed}, round ${round}: ${JSON.stringify(judged)}`;
    const { before, after } = placeOf(judged);
    const { text } = judged.context.document;
    expect(text.startsWith(before) && text.endsWith(after), told).toBe(true);
    expect(text.slice(before.length, text.length - after.length), told).not.toContain('\n');
    let ruling: ReturnType<typeof applyGuards> | undefined;
    expect(() => {
      ruling = applyGuards(guards, judged, () => {});
    }, told).not.toThrow();
    // What may be shown is shown again without a change: a repair needs no second one.
    if (ruling!.verdict === 'refused' || ruling!.text === judged.text) continue;
    expect(() => applyGuards(guards, { ...judged, text: ruling!.text }, () => {}), told).not.toThrow();
  }
  trees.dispose();
});

test('what is checked is the tree of the document with the text in it', () => {
  const seed = newSeed();
  const random = randomFrom(seed);
  const trees = new Trees(grammars, () => 0);
  const { words } = scene(random);
  const parse = trees.parseUntil(Number.POSITIVE_INFINITY);
  for (let round = 0; round < 300; round++) {
    const grammar = ['typescript', 'python', 'go'][round % 3]!;
    const gap = { head: `${words(30)}\n`, tail: `\n${words(30)}` };
    const line = round % 2 === 0 ? words(12) : 'x = f(1)';
    const told = `seed ${seed}, round ${round}: ${JSON.stringify({ grammar, gap, line })}`;
    const ground = trees.ground(grammar, gap, 1)!;
    const checked = ground.readWith(
      line,
      parse,
      root => [root.endIndex, root.hasError, root.toString()] as const,
    )!;
    const whole = gap.head + line + gap.tail;
    const anew = trees.read(
      grammar,
      whole,
      1,
      root => [root.endIndex, root.hasError, root.toString()] as const,
    )!;
    expect(checked.slice(0, 2), told).toEqual(anew.slice(0, 2));
    // Where there are errors the parser may recover in other ways; where there are none there is one tree.
    if (!anew[1]) expect(checked[2], told).toBe(anew[2]);
  }
  trees.dispose();
});

test.each(['a.ts', 'a.json', 'a.html', 'a.kt', 'a.md'])('a line of a megabyte in %s gets a verdict', path => {
  const elapsed = () => performance.now();
  const trees = new Trees(grammars, elapsed);
  const guards = allGuards(trees, elapsed);
  const random = randomFrom(7);
  const line = '"a": [1, 2, {"b": "c"}], '.repeat(42_000);
  for (const text of ['f(1);', 'f(1', '"a": [1]', '\n'.repeat(3), `${'x'.repeat(2_000)}\n`.repeat(20)]) {
    const judged = judgedIn(random, line, text, path);
    expect(['kept', 'repaired', 'refused', 'undecided']).toContain(
      applyGuards(guards, judged, () => {}).verdict,
    );
  }
  trees.dispose();
});
