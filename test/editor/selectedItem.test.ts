import { expect, test } from 'vitest';
import { continuing } from '../../src/editor/selectedItem.ts';
import { randomFrom } from '../support/random.ts';

const range = (from: number, to: number) => ({
  start: { line: 0, character: from },
  end: { line: 0, character: to },
});

/** Draws a place in a line: the cursor or a stretch between two `█`. */
function place(drawn: string) {
  const [before, ...rest] = drawn.split('█');
  const stretch = rest.length > 1 ? rest[0]! : '';
  return { line: drawn.replaceAll('█', ''), range: range(before!.length, before!.length + stretch.length) };
}

function continuation(item: string, itemText: string, ghost: string, ghostText: string) {
  const { line, range } = place(item);
  const result = continuing({ range, text: itemText }, { range: place(ghost).range, text: ghostText }, line);
  return result && [result.range.start.character, result.range.end.character, result.text];
}

test('ghost text that continues the selected item is widened to what the item replaces', () => {
  expect(continuation('console.█lo█', 'log', 'console.lo█', 'g(message);')).toEqual([8, 10, 'log(message);']);
});

test('ghost text that says something else than the selected item is not shown', () => {
  expect(continuation('console.█lo█', 'log', 'console.lo█', 'cale')).toBeUndefined();
});

test('ghost text that stops short of the selected item is not shown', () => {
  expect(continuation('console.█lo█', 'logger', 'console.lo█', 'g')).toBeUndefined();
});

test('an item that replaces more than the ghost text takes along what stands before the cursor', () => {
  expect(continuation('console█.█', '.log', 'console.█', 'log()')).toEqual([7, 8, '.log()']);
});

test('ghost text that replaces more than the item keeps what it replaces behind the cursor', () => {
  expect(continuation('f(█ab█)', 'abc', 'f(ab█)█', 'c, d)')).toEqual([2, 5, 'abc, d)']);
});

test('ghost text that begins before the item must repeat what stands there', () => {
  expect(continuation('a.█lo█', 'log', '█a.lo█', 'a.log()')).toEqual([2, 4, 'log()']);
  expect(continuation('a.█lo█', 'log', '█a.lo█', 'b.log()')).toBeUndefined();
});

test('whatever is shown gives the line that the ghost text alone would have given', () => {
  const seed = 20_261_124;
  const random = randomFrom(seed);
  const between = (least: number, most: number) => least + Math.floor(random() * (most - least + 1));
  const text = (most: number) => Array.from({ length: between(0, most) }, () => 'ab'[between(0, 1)]).join('');
  const replaced = (line: string, { start, end }: ReturnType<typeof range>, by: string) =>
    line.slice(0, start.character) + by + line.slice(end.character);
  let shown = 0;
  for (let round = 0; round < 20_000; round++) {
    const line = text(6);
    const cursor = between(0, line.length);
    const item = { range: range(between(0, cursor), cursor), text: text(3) };
    const ghost = { range: range(between(0, cursor), between(cursor, line.length)), text: text(4) };
    const result = continuing(item, ghost, line);
    if (!result) continue;
    shown++;
    const about = `seed ${seed}, round ${round}: ${JSON.stringify({ line, item, ghost, result })}`;
    expect(replaced(line, result.range, result.text), about).toBe(replaced(line, ghost.range, ghost.text));
    expect(result.range.start, about).toEqual(item.range.start);
    expect(result.text.startsWith(item.text), about).toBe(true);
  }
  expect(shown).toBeGreaterThan(1_000);
});
