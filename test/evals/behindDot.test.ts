import { expect, test } from 'vitest';
import { behindDot } from '../../src/evals/behindDot.ts';

const moved = (drawn: string) => {
  const [prefix = '', target = ''] = drawn.split('▮');
  const hole = behindDot({ prefix, target, class: 'line-start' });
  return hole && `${hole.prefix}▮${hole.target}`;
};

test.each([
  ['▮const a = store.readAll();', 'const a = store.▮readAll();'],
  ['store.readAll();\n▮store.readAll().map(print);', 'store.readAll();\nstore.readAll().▮map(print);'],
  ['let h = ▮Handle::current();', 'let h = Handle::▮current();'],
  ['▮node->next_one = 1;\nmore.lines();', 'node->▮next_one = 1;\nmore.lines();'],
])('%s is asked at %s', (drawn, expected) => {
  expect(moved(drawn)).toBe(expected);
});

test.each([
  '▮const a = 1.5;',
  '▮log("see store.readAll");',
  '▮a.b',
  '▮plain\na.second',
  '▮// of store.readAll',
])('nothing is asked at %s', drawn => {
  expect(moved(drawn)).toBeUndefined();
});
