import { expect, test } from 'vitest';
import { applyGuards, type Guard, KEPT, placeOf, type Verdict } from '../../src/guardrails/guard.ts';
import { judgedAt } from '../support/judged.ts';

const guard = (name: string, verdict: (text: string) => Verdict): Guard => ({
  name,
  judge: ({ text }) => verdict(text),
});
const keeps = guard('keeps', () => KEPT);
const cuts = guard('cuts', text => ({ kind: 'repaired', text: text.slice(1), step: 'cut the first letter' }));
const doubts = guard('doubts', () => ({ kind: 'undecided', reason: 'no time' }));
const refuses = guard('refuses', text => ({ kind: 'refused', reason: `${text} is wrong` }));

const rulingOf = (...guards: Guard[]) => {
  const notes: string[] = [];
  const judged = Object.freeze(judgedAt('█', 'abc'));
  return { ...applyGuards(guards, judged, (where, what) => notes.push(`${where} ${what}`)), notes };
};

test('a suggestion that every guard keeps stays as it is, with nothing to note', () => {
  expect(rulingOf(keeps, keeps)).toEqual({ verdict: 'kept', text: 'abc', trust: 1, doubts: [], notes: [] });
});

test('each guard judges what the one before it left, and the last repair is named', () => {
  expect(rulingOf(cuts, keeps, cuts)).toEqual({
    verdict: 'repaired',
    text: 'c',
    guard: 'cuts',
    reason: 'cut the first letter',
    trust: 1,
    doubts: [],
    notes: ['guard:cuts repaired: cut the first letter', 'guard:cuts repaired: cut the first letter'],
  });
});

test('the first guard that refuses has the last word', () => {
  expect(rulingOf(cuts, refuses, cuts)).toMatchObject({
    verdict: 'refused',
    text: 'bc',
    guard: 'refuses',
    reason: 'bc is wrong',
  });
});

test('a guard that cannot tell is named unless another one did something', () => {
  expect(rulingOf(doubts, keeps)).toMatchObject({ verdict: 'undecided', guard: 'doubts', text: 'abc' });
  expect(rulingOf(doubts, cuts)).toMatchObject({ verdict: 'repaired', guard: 'cuts', text: 'bc' });
  expect(rulingOf(cuts, doubts)).toMatchObject({ verdict: 'repaired', guard: 'cuts', text: 'bc' });
});

test('a place is told without what the suggestion replaces', () => {
  expect(placeOf(judgedAt('a\nfoo(█1);\r\nb', '2', { replaces: '1' }))).toEqual({
    before: 'a\nfoo(',
    after: ');\r\nb',
    linePrefix: 'foo(',
    lineRest: ');',
  });
});

test('doubts add up, and are no verdict', () => {
  const unsure = guard('unsure', text => ({
    kind: 'kept',
    doubt: { factor: 0.5, reason: `${text} is odd` },
  }));
  expect(rulingOf(unsure, cuts, unsure)).toMatchObject({
    verdict: 'repaired',
    guard: 'cuts',
    trust: 0.25,
    doubts: [
      { guard: 'unsure', reason: 'abc is odd' },
      { guard: 'unsure', reason: 'bc is odd' },
    ],
    notes: [
      'guard:unsure doubted: abc is odd',
      'guard:cuts repaired: cut the first letter',
      'guard:unsure doubted: bc is odd',
    ],
  });
});
