import { describe, expect, test } from 'vitest';
import { BASELINES } from '../../../src/evals/baselines/baselines.ts';
import { Bm25Chunks } from '../../../src/evals/baselines/bm25Chunks.ts';
import { CodyWindows } from '../../../src/evals/baselines/codyWindows.ts';
import { CopilotWindows } from '../../../src/evals/baselines/copilotWindows.ts';
import type { Scene, SceneText } from '../../../src/evals/baselines/scene.ts';
import { rankedWindows } from '../../../src/evals/baselines/windows.ts';
import { MovingJaccard, wordsIn } from '../../../src/evals/baselines/wordSets.ts';
import { seeded } from '../../../src/evals/random.ts';
import { at } from '../../support/cursor.ts';
import { newSeed } from '../../support/random.ts';

type Texts = Readonly<Record<string, string>>;

/** A workspace whose hole is `drawn` in `src/a.ts`; what is open was opened in the order given. */
function scene(workspace: Texts, open: Texts = {}): Scene {
  const texts = (of: Texts) => Object.entries(of).map(([path, text]): SceneText => ({ path, text }));
  const files = texts({ ...workspace, ...open });
  return { files: () => files, open: () => texts(open).reverse() };
}

const complete = (name: string, drawn: string, workspace: Texts, open?: Texts) =>
  BASELINES[name]!(scene(workspace, open)).complete(at(drawn, 'src/a.ts'));

const lines = (count: number, of: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => of(i)).join('\n');

describe('words', () => {
  test.each([
    ['the nearest word that goes on so', 'const orders = 1;\nconst order = 2;\nuse(ord█', 'er'],
    ['above before below at the same distance', 'orderAbove;\nord█\norderBelow;', 'erAbove'],
    ['the nearer one below', 'orderAbove;\n\nord█\norderBelow;', 'erBelow'],
    ['a single word, not what follows it', 'const order = list.first();\nord█', 'er'],
    ['nothing where no word is begun', 'const order = 1;\nuse(█', undefined],
    ['nothing where none goes on so', 'const order = 1;\nuse(odd█', undefined],
  ])('%s', (_, drawn, expected) => {
    expect(complete('words', drawn, {})).toBe(expected);
  });

  test('of other open documents of the same language, the one opened last first', () => {
    const open = { 'b.ts': 'orderEarly', 'c.ts': 'orderLate', 'd.py': 'order_python' };
    expect(complete('words', 'ord█', { 'e.ts': 'orderClosed' }, open)).toBe('erLate');
    expect(complete('words', 'ord█', { 'e.ts': 'orderClosed' })).toBeUndefined();
  });
});

describe('windows', () => {
  test('moved line by line are as alike as those cut out one by one', () => {
    const seed = newSeed();
    const random = seeded(seed);
    for (let round = 0; round < 50; round++) {
      const word = () => `w${random.below(12)}`;
      const text = lines(1 + random.below(30), () => lines(random.below(4), word).replaceAll('\n', ' '));
      const here = wordsIn(lines(8, word));
      const size = 1 + random.below(8);
      const cut = text.split('\n');
      const plain = new Set(here);
      for (const { startLine, endLine, score } of rankedWindows({ path: 'a.ts', text }, here, size)) {
        const there = new Set(wordsIn(cut.slice(startLine - 1, endLine).join('\n')));
        const shared = [...plain].filter(one => there.has(one)).length;
        expect(score, `seed ${seed}`).toBeCloseTo(shared / (plain.size + there.size - shared), 12);
      }
    }
  });

  test('that are empty are like nothing', () => {
    expect(new MovingJaccard([]).similarity).toBe(0);
  });

  test('of Copilot: the best of each open file of the language, four in all', () => {
    const alike = (words: string) => `${lines(70, i => `other${i}`)}\n${words}\n`;
    const open = {
      'one.ts': alike('alpha beta gamma'),
      'two.ts': alike('alpha beta'),
      'three.ts': alike('alpha'),
      'four.ts': alike('alpha beta gamma delta'),
      'five.ts': alike('alpha delta beta gamma epsilon'),
      'six.py': alike('alpha beta gamma delta epsilon'),
      'none.ts': alike('nothing'),
    };
    const found = new CopilotWindows(
      scene({ 'closed.ts': alike('alpha beta gamma delta epsilon') }, open),
    ).retrieve(at('alpha beta gamma delta epsilon\n█', 'src/a.ts'));
    expect(found.map(({ path }) => path)).toEqual(['five.ts', 'four.ts', 'one.ts', 'two.ts']);
    expect(found[0]).toMatchObject({ startLine: 12, endLine: 71 });
  });

  test('of Cody: as many of a file as do not overlap', () => {
    const open = { 'one.ts': `alpha\n${lines(98, i => `other${i}`)}\nbeta\n` };
    const found = new CodyWindows(scene({}, open)).retrieve(at('alpha beta\n█', 'src/a.ts'));
    expect(found.map(({ startLine, endLine }) => [startLine, endLine])).toEqual([
      [1, 50],
      [51, 100],
    ]);
  });
});

describe('BM25 over chunks', () => {
  const files = {
    'b.ts': lines(50, i => (i === 30 ? 'const invoice = new Invoice();' : `common${i % 5} words();`)),
    'c.ts': lines(20, () => 'invoice words();'),
    'd.py': 'invoice',
  };

  test('finds the chunk of twenty lines that holds rare words of the lines before the cursor', () => {
    const bm25 = new Bm25Chunks(scene(files));
    const found = bm25.retrieve(at('new Invoice const\n█', 'src/a.ts'));
    expect(found[0]).toMatchObject({ path: 'b.ts', startLine: 21, endLine: 40 });
    expect(found.map(({ path }) => path)).not.toContain('d.py');
  });

  test('gives the scores of the formula', () => {
    const bm25 = new Bm25Chunks(scene({ 'b.ts': 'apple apple pear', 'c.ts': 'pear', 'd.ts': 'plum' }));
    const [first] = bm25.retrieve(at('apple\n█', 'src/a.ts'));
    const average = 5 / 3;
    const rarity = Math.log(1 + (3 - 1 + 0.5) / (1 + 0.5));
    const expected = (rarity * 2 * 2.2) / (2 + 1.2 * (0.25 + (0.75 * 3) / average));
    expect(first).toMatchObject({ path: 'b.ts', score: expect.closeTo(expected, 12) });
  });

  test('follows the files as they change', () => {
    let files: SceneText[] = [{ path: 'b.ts', text: 'invoice' }];
    const bm25 = new Bm25Chunks({ files: () => files, open: () => [] });
    const paths = () => bm25.retrieve(at('invoice\n█', 'src/a.ts')).map(({ path }) => path);
    expect(paths()).toEqual(['b.ts']);
    files = [
      { path: 'b.ts', text: 'receipt' },
      { path: 'c.ts', text: 'invoice' },
    ];
    expect(paths()).toEqual(['c.ts']);
    files = [];
    expect(paths()).toEqual([]);
  });

  test('of the own file, finds only what stands above the lines that it searches for', () => {
    const own = lines(60, i => `invoice line${i}`);
    const bm25 = new Bm25Chunks(scene({ 'src/a.ts': own }));
    const found = bm25.retrieve(at(`${own}\n█`, 'src/a.ts'));
    expect(found.map(({ endLine }) => endLine).sort((a, b) => a - b)).toEqual([20, 40]);
  });
});

describe('copying', () => {
  const other = 'function load(id) {\n  const found = find(id);\n  check(found);\n  return found;\n}\n';
  const here = 'function load(key) {\n  const found = find(key);\n';

  test.each(['bm25', 'top-line', 'next-line'])(
    '%s copies the line below the place that is most like the cursor',
    name => {
      expect(complete(name, `${here}  █`, { 'b.ts': other })).toBe('check(found);');
    },
  );

  test.each(['bm25', 'top-line', 'next-line'])('%s goes on as the line was begun, or says nothing', name => {
    expect(complete(name, `${here}  return █`, { 'b.ts': other })).toBe('found;');
    expect(complete(name, `${here}  throw █`, { 'b.ts': other })).toBeUndefined();
  });

  test.each(['copilot', 'cody'])('%s copies out of open files only', name => {
    expect(complete(name, `${here}  █`, {}, { 'b.ts': other })).toBe('check(found);');
    expect(complete(name, `${here}  █`, { 'b.ts': other })).toBeUndefined();
  });

  test('next-line finds the line in the own file too, and keeps to the family of languages', () => {
    expect(complete('next-line', `${here}  █`, { 'src/a.ts': other })).toBe('check(found);');
    expect(complete('next-line', `${here}  █`, { 'b.py': other })).toBeUndefined();
  });
});
