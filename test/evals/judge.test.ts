import { describe, expect, test } from 'vitest';
import { abortError } from '../../src/base/abort.ts';
import { type AskChat, answerIn, judgeAll, judgePair, type Pair, questionOf } from '../../src/evals/judge.ts';

const hole = {
  id: 'h',
  path: 'src/a.ts',
  prefix: 'const name = ',
  suffix: ';\nexport { name };\n',
  target: 'user.name',
};
const pair = (first: string, second: string, id = 'h'): Pair => ({ hole: { ...hole, id }, first, second });
const never = new AbortController().signal;

const partOf = (user: string, name: string) =>
  new RegExp(`<${name}>\n([\\s\\S]*?)\n</${name}>`).exec(user)![1]!;

/** A judge who answers by what it is shown as A and as B. */
const judge =
  (decide: (a: string, b: string) => string): AskChat =>
  async ({ user }) =>
    decide(partOf(user, 'A'), partOf(user, 'B'));

describe('a verdict', () => {
  test.each([
    ['who is better is better in both orders', (a: string) => (a === 'good' ? 'A' : 'B'), 'first'],
    ['a tie in both orders', () => 'TIE', 'tie'],
    ['whoever stands first wins: the orders disagree', () => 'A', 'disagreed'],
    ['whoever stands last wins: the orders disagree', () => 'B', 'disagreed'],
    [
      'a win in one order and a tie in the other is none',
      (a: string) => (a === 'good' ? 'A' : 'TIE'),
      'disagreed',
    ],
    ['no answer to the question', () => 'It depends.', 'unclear'],
    ['an answer in one order alone', (a: string) => (a === 'good' ? 'A' : 'Hm.'), 'unclear'],
  ] as const)('%s', async (_, decide, verdict) => {
    expect(await judgePair(judge(decide), pair('good', 'bad'), never)).toBe(verdict);
  });

  test('the second one can win as well', async () => {
    const asked = judge(a => (a === 'good' ? 'A' : 'B'));
    expect(await judgePair(asked, pair('bad', 'good'), never)).toBe('second');
  });
});

test.each([
  ['A', 'A'],
  [' **B**.', 'B'],
  ['TIE\n', 'TIE'],
  ['Both begin well, but A goes wrong.\nB', 'B'],
  ['<think>A? No, rather A or B…</think>\n\nB', 'B'],
  ['Answer: A', 'A'],
  ['A or B', undefined],
  ['Tied', undefined],
  ['<think>A is the one, I would', undefined],
  ['', undefined],
])('%j is the choice %s', (text, choice) => {
  expect(answerIn(text)).toBe(choice);
});

test('the judge sees the code around the cursor, the truth and both suggestions, and no secret', () => {
  const secret = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`;
  const long = { ...hole, prefix: `${'x'.repeat(10_000)}\nconst token = '${secret}';\nconst name = ` };
  const { user } = questionOf(long, 'user.name', `'${secret}'`);
  expect(partOf(user, 'truth')).toBe('user.name');
  expect(partOf(user, 'A')).toBe('user.name');
  expect(partOf(user, 'before')).toMatch(/^x+\n.*\nconst name = $/);
  expect(partOf(user, 'after')).toBe(';\nexport { name };\n');
  expect(user).not.toContain(secret);
  expect(user.length).toBeLessThan(5_000);
});

describe('all pairs', () => {
  const options = { model: 'judge-7b', first: 'a', second: 'b', signal: never };

  test('verdicts are counted and kept by hole', async () => {
    const asked = judge(a => (a === 'good' ? 'A' : a === 'same' ? 'TIE' : 'B'));
    const pairs = [pair('good', 'bad', '1'), pair('bad', 'good', '2'), pair('same', 'same', '3')];
    expect(await judgeAll(asked, pairs, options)).toEqual({
      ...{ model: 'judge-7b', first: 'a', second: 'b', pairs: 3, judged: 3, ended: null },
      counts: { first: 1, second: 1, tie: 1, disagreed: 0, unclear: 0 },
      verdicts: [
        { id: '1', verdict: 'first' },
        { id: '2', verdict: 'second' },
        { id: '3', verdict: 'tie' },
      ],
    });
  });

  test.each([
    ['the judge fails', () => new Error('No model server answers.'), 'No model server answers.'],
    ['it is stopped', () => abortError(), 'It was stopped.'],
  ])('when %s, what was judged is kept', async (_, error, ended) => {
    let asked = 0;
    const failing: AskChat = async () => {
      if (++asked > 2) throw error();
      return 'TIE';
    };
    const opinion = await judgeAll(failing, [pair('x', 'y', '1'), pair('x', 'y', '2')], options);
    expect(opinion).toMatchObject({ pairs: 2, judged: 1, ended, counts: { tie: 1 } });
  });
});
