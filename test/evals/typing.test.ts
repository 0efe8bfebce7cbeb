import { expect, test } from 'vitest';
import { type Ask, summariseTyping, type TypedLine, typeLine } from '../../src/evals/typing.ts';
import { newSeed, randomFrom } from '../support/random.ts';

/** A drawn line: each `█` is a place at which something is offered, in order. */
function drawn(line: string, ...offers: string[]): { line: TypedLine; ask: Ask } {
  const target = line.replaceAll('█', '').trimStart();
  const indentation = line.slice(0, line.length - line.trimStart().length);
  const places = new Map<string, string>();
  let at = line.indexOf('█');
  for (const offer of offers) {
    places.set(line.slice(0, at).replaceAll('█', ''), offer);
    at = line.indexOf('█', at + 1);
  }
  const ask: Ask = async prefix => {
    const text = places.get(prefix.slice(prefix.lastIndexOf('\n') + 1));
    return text === undefined ? undefined : { text };
  };
  return { line: { prefix: `above();\n${indentation}`, target, suffix: '\nbelow();' }, ask };
}

async function typed(line: string, ...offers: string[]) {
  const { line: asked, ask } = drawn(line, ...offers);
  return typeLine(asked, ask);
}

test('nothing offered: every character is typed', async () => {
  expect(await typed('  return total;')).toEqual({
    chars: 13,
    completed: 0,
    multiTokenCompleted: 0,
    displays: 0,
    rightDisplays: 0,
    accepts: 0,
    keysSaved: 0,
  });
});

test('an offer that is all right is accepted, and typing goes on behind it', async () => {
  const result = await typed('  ret█urn total(█items);', 'urn total(', 'items');
  expect(result).toMatchObject({ chars: 20, completed: 15, displays: 2, rightDisplays: 2, accepts: 2 });
  // One key for each of the two.
  expect(result.keysSaved).toBe(13);
});

test('an offer that is right but for its last character is read and refused', async () => {
  expect(await typed('  return █total(items);', 'total(items)]')).toMatchObject({
    ...{ completed: 0, displays: 1, rightDisplays: 0, accepts: 0 },
  });
});

test('an offer may end anywhere, also within a word', async () => {
  expect(await typed('ca█lculateTotal();', 'lculate')).toMatchObject({ completed: 7, accepts: 1 });
});

test('what a list of words could have given is told from what it could not', async () => {
  expect((await typed('ret█urn total;', 'urn')).multiTokenCompleted).toBe(0);
  expect((await typed('ret█urn total;', 'urn total')).multiTokenCompleted).toBe(9);
});

test('an offer that stays while the user types through it is read once', async () => {
  expect(await typed('a = b█e█f█ore;', 'efter', 'fter', 'ter')).toMatchObject({
    displays: 1,
    rightDisplays: 0,
  });
});

test('an offer that comes back after nothing was offered is read again', async () => {
  expect(await typed('a = b█e█f█ore;', 'efter', '', 'ter')).toMatchObject({ displays: 2, rightDisplays: 0 });
});

test('an offer that ends elsewhere is another one', async () => {
  expect(await typed('a = b█e█fore;', 'efter', 'fterwards')).toMatchObject({ displays: 2 });
});

test('offers of fewer than three characters are not even read', async () => {
  expect(await typed('ret█urn a█;', 'ur', ' ;')).toMatchObject({ displays: 0, completed: 0 });
  expect(await typed('ret█urn a;', 'urn')).toMatchObject({ displays: 1, completed: 3 });
});

test('an offer of several lines is held against what comes below, and counts as far as the line goes', async () => {
  const { line, ask } = drawn('if (a) █{', '{\n  b();\n}');
  expect(await typeLine({ ...line, following: '\n  b();\n}\nc();' }, ask)).toMatchObject({
    completed: 1,
    accepts: 1,
  });
  expect(await typeLine({ ...line, following: '\n  c();\n}' }, ask)).toMatchObject({
    completed: 0,
    displays: 1,
  });
});

test('each question has all above the cursor, and below it only what stands below the line', async () => {
  const asked: string[] = [];
  const { line } = drawn('  let a');
  await typeLine(line, async (prefix, suffix) => {
    asked.push(`${prefix}█${suffix}`);
    return undefined;
  });
  expect(asked).toEqual([
    'above();\n  █\nbelow();',
    'above();\n  l█\nbelow();',
    'above();\n  le█\nbelow();',
    'above();\n  let█\nbelow();',
    'above();\n  let █\nbelow();',
  ]);
});

test('whatever is offered, the keys, the completed characters and the line add up', async () => {
  const seed = newSeed();
  const random = randomFrom(seed);
  for (let round = 0; round < 300; round++) {
    const target = Array.from(
      { length: 1 + Math.floor(random() * 30) },
      () => 'ab ('[Math.floor(random() * 4)],
    ).join('');
    let questions = 0;
    const result = await typeLine({ prefix: '', target, suffix: '' }, async prefix => {
      questions++;
      const right = target.slice(prefix.length, prefix.length + 1 + Math.floor(random() * 8));
      return random() < 0.5 ? undefined : { text: random() < 0.5 ? right : `${right}x` };
    });
    const message = `seed ${seed}, round ${round}, ${JSON.stringify(target)}`;
    // A question at every character that was typed, and one at every offer that was taken.
    expect(questions, message).toBe(target.length - result.completed + result.accepts);
    expect(result.keysSaved, message).toBe(result.completed - result.accepts);
    expect(result.completed, message).toBeGreaterThanOrEqual(3 * result.accepts);
    expect(result.multiTokenCompleted, message).toBeLessThanOrEqual(result.completed);
    expect(result.rightDisplays, message).toBe(result.accepts);
    expect(result.displays, message).toBeGreaterThanOrEqual(result.rightDisplays);
  }
});

test('lines are summed by their characters, and a share of nothing is null', async () => {
  const lines = [await typed('ret█urn total;', 'urn total'), await typed('a(█);', 'bcd')];
  expect(summariseTyping(lines)).toEqual({
    lines: 2,
    chars: 17,
    completed: 9 / 17,
    multiTokenCompleted: 9 / 17,
    keysSaved: 8 / 17,
    rightDisplays: 1 / 2,
    displaysPerLine: 1,
    acceptsPerLine: 1 / 2,
  });
  expect(summariseTyping([])).toMatchObject({ lines: 0, completed: null, rightDisplays: null });
});
