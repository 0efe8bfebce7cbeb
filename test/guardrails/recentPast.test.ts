import { describe, expect, test } from 'vitest';
import { bringsBack } from '../../src/guardrails/bringsBack.ts';
import { RecentPast } from '../../src/guardrails/recentPast.ts';
import { turnedDown } from '../../src/guardrails/turnedDown.ts';
import { judgedAt, verdictOf } from '../support/judged.ts';

const uri = 'file:///src/a.ts';

function pastAt() {
  let now = 1_000_000;
  const later = (ms: number) => {
    now += ms;
  };
  return { past: new RecentPast(() => now), later };
}

describe('what was just deleted', () => {
  const offered = (past: RecentPast, code: string, text: string) =>
    verdictOf(bringsBack(past), judgedAt(code, text));

  test('does not come back near its place for some minutes', () => {
    const { past, later } = pastAt();
    past.deleted(uri, { line: 1, start: 10, text: '  foo(a, b);\n' });
    expect(offered(past, 'x();\n█\n', 'foo(a, b);')).toBe('refused');
    expect(offered(past, 'x();\n█\n', 'foo(a,')).toBe('refused');
    expect(offered(past, 'x();\n█\n', 'foo(a, b);\nbar();')).toBe('refused');
    expect(offered(past, 'x();\n█\n', 'bar(a, b);')).toBe('kept');
    expect(offered(past, 'x();\n\n\n\n█\n', 'foo(a, b);')).toBe('kept');
    later(4 * 60_000);
    expect(offered(past, 'x();\n█\n', 'foo(a, b);')).toBe('kept');
  });

  test('is put together from what Backspace and Delete take letter by letter', () => {
    const { past, later } = pastAt();
    for (const [i, letter] of [...'hello'].reverse().entries()) {
      past.deleted(uri, { line: 0, start: 4 - i, text: letter });
      later(100);
    }
    expect(past.deletionsNear(uri, 0).map(({ text }) => text)).toEqual(['hello']);
    later(10_000);
    for (const letter of 'world') past.deleted(uri, { line: 0, start: 0, text: letter });
    expect(past.deletionsNear(uri, 0).map(({ text }) => text)).toEqual(['hello', 'world']);
    past.forget(uri);
    expect(past.deletionsNear(uri, 0)).toEqual([]);
  });

  test('may come back if it is only a letter or two, or if it is asked for', () => {
    const { past } = pastAt();
    past.deleted(uri, { line: 0, start: 0, text: 'fo' });
    expect(offered(past, '█', 'foo(a);')).toBe('kept');
    past.deleted(uri, { line: 0, start: 5, text: 'foo(a);' });
    const judged = judgedAt('█', 'foo(a);');
    const asked = { ...judged, context: { ...judged.context, trigger: 'invoked' as const } };
    expect(verdictOf(bringsBack(past), judged)).toBe('refused');
    expect(verdictOf(bringsBack(past), asked)).toBe('kept');
  });
});

describe('what was turned down', () => {
  const offered = (past: RecentPast, code: string, text: string) =>
    verdictOf(turnedDown(past), judgedAt(code, text));

  test('is not offered again on its line, nor as more or less of the same', () => {
    const { past, later } = pastAt();
    past.turnedDown(uri, { line: 0, linePrefix: 'a = ', text: 'foo(b);' });
    expect(offered(past, 'a = █', 'foo(b);')).toBe('refused');
    expect(offered(past, 'a = f█', 'oo(b);')).toBe('refused');
    expect(offered(past, 'a = █', 'foo(b);\nc();')).toBe('refused');
    expect(offered(past, 'a = █', 'foo(c);')).toBe('kept');
    expect(offered(past, 'x\ny\nz\na = █', 'foo(b);')).toBe('kept');
    later(4 * 60_000);
    expect(offered(past, 'a = █', 'foo(b);')).toBe('kept');
  });

  test('by the language server is refused with its reason', () => {
    const { past } = pastAt();
    const because = 'foo is no member that the language server knows here';
    past.turnedDown(uri, { line: 0, linePrefix: 'a.', text: 'foo(b);', because });
    const judged = judgedAt('a.█', 'foo(b);');
    expect(turnedDown(past).judge(judged)).toEqual({ kind: 'refused', reason: because });
  });

  test('is offered again to who types it', () => {
    const { past } = pastAt();
    past.turnedDown(uri, { line: 0, linePrefix: 'a = ', text: 'foo(b);' });
    expect(offered(past, 'a = foo█', '(b);')).toBe('kept');
  });
});
