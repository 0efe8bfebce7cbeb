import { expect, test } from 'vitest';
import { repeatsBelow } from '../../src/guardrails/repeatsBelow.ts';
import { judgedAt, verdictOf } from '../support/judged.ts';

test('what stands on the next line already is refused, white space aside', () => {
  expect(
    verdictOf(repeatsBelow, judgedAt('const █\n\nconst total = sum(a,b);\n', 'total = sum(a, b);')),
  ).toBe('refused');
});

test('of a longer suggestion the end that stands below is dropped', () => {
  expect(
    verdictOf(repeatsBelow, judgedAt('█\nsecond(thing);\nthird(thing);\n', 'first(thing);\nsecond(thing);')),
  ).toBe('→ first(thing);');
});

test('honest code repeats short lines and lines that only open', () => {
  expect(verdictOf(repeatsBelow, judgedAt('  █\n  break;\n', 'break;'))).toBe('kept');
  expect(verdictOf(repeatsBelow, judgedAt('█\nmigrations.AddField(\n', 'migrations.AddField('))).toBe('kept');
});

test('only the next lines count', () => {
  expect(verdictOf(repeatsBelow, judgedAt('█\nother(a);\nreset(everything);\n', 'reset(everything);'))).toBe(
    'kept',
  );
  expect(verdictOf(repeatsBelow, judgedAt('█', 'reset(everything);'))).toBe('kept');
});
