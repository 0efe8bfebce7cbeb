import { expect, test } from 'vitest';
import { weigh } from '../../src/completion/weigh.ts';
import type { Suggestion } from '../../src/domain/suggestion.ts';
import type { Ruling } from '../../src/guardrails/guard.ts';

const start = { line: 0, character: 0 };
const suggestion: Suggestion = {
  id: 's',
  text: 'one(1)',
  range: { start, end: start },
  source: 'openai',
  confidence: 0.5,
  provenance: [],
};
const doubts = [{ guard: 'unknownNames', reason: "'one' stands nowhere in the workspace" }];
const ruling = (trust: number): Ruling => ({ verdict: 'kept', text: 'one(1)', trust, doubts });

test('a doubt lowers the confidence, and hides what is then too unsure for the user', () => {
  expect(weigh(suggestion, ruling(0.5), 'balanced')).toEqual({
    kind: 'offered',
    suggestion: { ...suggestion, confidence: 0.25 },
  });
  expect(weigh(suggestion, ruling(0.5), 'quiet')).toEqual({
    kind: 'rejected',
    guard: 'unknownNames',
    reason: "'one' stands nowhere in the workspace, so Wisp is only 25 % sure of it",
    text: 'one(1)',
  });
  expect(weigh(suggestion, ruling(0.25), 'balanced').kind).toBe('rejected');
  expect(weigh(suggestion, ruling(0.25), 'eager').kind).toBe('offered');
  expect(weigh(suggestion, ruling(0.05), 'all').kind).toBe('offered');
});

test('without a doubt its confidence is nobody’s business here', () => {
  const unsure = { ...suggestion, confidence: 0.05 };
  const { doubts: _, ...kept } = ruling(1);
  expect(weigh(unsure, { ...kept, doubts: [] }, 'quiet')).toMatchObject({ kind: 'offered' });
});

test('what a guard refused stays refused, and what it repaired is repaired', () => {
  const refused: Ruling = { verdict: 'refused', text: 'x', trust: 1, doubts: [], guard: 'g', reason: 'r' };
  expect(weigh(suggestion, refused, 'all')).toEqual({ kind: 'rejected', guard: 'g', reason: 'r', text: 'x' });
  const repaired: Ruling = { verdict: 'repaired', text: 'one', trust: 1, doubts: [] };
  expect(weigh(suggestion, repaired, 'all')).toMatchObject({ suggestion: { text: 'one' } });
});

test('what was refused is told, but no secret', () => {
  const refused = (guard: string, text: string) =>
    weigh(suggestion, { verdict: 'refused', text, trust: 1, doubts: [], guard, reason: 'r' }, 'all');
  expect(refused('containsSecret', 'half of one')).not.toHaveProperty('text');
  expect(refused('tooLittle', `password = "${['q7Rk', '2mX9', 'pL4w'].join('')}"`)).not.toHaveProperty(
    'text',
  );
});
