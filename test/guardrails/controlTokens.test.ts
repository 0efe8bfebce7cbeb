import { expect, test } from 'vitest';
import { controlTokens } from '../../src/guardrails/controlTokens.ts';
import { judgedAt, verdictOf } from '../support/judged.ts';

/** Put together here, so that a model that reads this file does not take it for its own prompt. */
const bar = (name: string) => `<${'|'}${name}${'|'}>`;

test.each([
  [`a + b${bar('endoftext')}`, '→ a + b'],
  [`a + b${bar('fim_middle')}c`, '→ a + b'],
  [`${bar('fim_middle')}a + b${bar('im_end')}`, '→ a + b'],
  ['a + b<｜end▁of▁sentence｜>', '→ a + b'],
  ['a + b<fim_suffix>', '→ a + b'],
  ['a + b <EOT>', '→ a + b '],
  ['a + b[SUFFIX]', '→ a + b'],
  ['a + b</s>\n', '→ a + b'],
  ['<think>Let me see.\n</think>\na + b', '→ a + b'],
  ['```ts\na + b\n```\nThis adds.', '→ a + b'],
  ['a + b\n```\nThis adds.', '→ a + b'],
  [bar('endoftext'), 'refused'],
  ['<think>I wonder whether', 'refused'],
  ['a <b> c | d |> e', 'kept'],
  ['"<s>a</s>" + b', 'kept'],
  ['a ? `\n\\`\\`\\`` : b', 'kept'],
])('%s', (text, verdict) => {
  expect(verdictOf(controlTokens, judgedAt('x = █', text))).toBe(verdict);
});

test('a token that the document holds is code there', () => {
  const document = `const END = '${bar('endoftext')}';\nconst other = █`;
  expect(verdictOf(controlTokens, judgedAt(document, `'${bar('endoftext')}';`))).toBe('kept');
});

test('a fence is text in Markdown', () => {
  expect(verdictOf(controlTokens, judgedAt('█', '```ts\na\n```\n', { path: 'a.md' }))).toBe('kept');
});
