import { describe, expect, test } from 'vitest';
import { type GuardCounts, NOTHING_COUNTED } from '../../src/domain/guardCounts.ts';
import type { Outcome } from '../../src/domain/outcome.ts';
import { whyText } from '../../src/editor/whyText.ts';
import type { Decision } from '../../src/engine/api.ts';

const at = 1_000_000;

function decision(outcome: Outcome, line = 4, part: Partial<Decision> = {}): Decision {
  const trace = { requestId: 'r', stages: [], notes: [], retrieved: [], ms: 1.25 };
  return { outcome, trace, at: at - 3_000, path: 'src/a.ts', position: { line, character: 7 }, ...part };
}

const explain = (decisions: readonly Decision[], line = 4, guards: GuardCounts = {}) =>
  whyText({ now: 'Suggestions come from this workspace alone.', decisions, guards, line, at });

describe('the explanation', () => {
  test('can be read by a person', () => {
    const trace = {
      requestId: 'r',
      stages: [
        { stage: 'retrieval', ms: 3.14 },
        { stage: 'workspace', ms: 12.3 },
      ],
      notes: [{ where: 'cache', what: 'not seen before' }],
      retrieved: [{ path: 'src/b.ts', startLine: 3, endLine: 9, retriever: 'bm25', score: 7 }],
      ms: 15.44,
    };
    const refused = {
      kind: 'rejected',
      guard: 'repeatsBelow',
      reason: 'it stands in the next line',
    } as const;
    expect(explain([decision(refused, 4, { trace })])).toBe(`# Why no suggestion?

Suggestions come from this workspace alone.

The last decisions on this line, newest first:

## src/a.ts, line 5, column 8, 3 s ago

**A suggestion was refused by the guard 'repeatsBelow': it stands in the next line.**

- cache: not seen before

It took 15 ms (retrieval 3.1 ms, workspace 12 ms).

Looked at in the workspace:
- src/b.ts, lines 3 to 9, found by bm25
`);
  });

  test('shows the text of a suggestion in a fence that the text cannot break', () => {
    const suggestion = {
      id: 's',
      text: '```js',
      range: { start: { line: 4, character: 7 }, end: { line: 4, character: 7 } },
      source: 'workspace' as const,
      confidence: 0.871,
      provenance: [{ path: 'src/b.ts', startLine: 3, endLine: 3, retriever: 'tokens', score: 1 }],
    };
    const text = explain([decision({ kind: 'offered', suggestion })]);
    expect(text).toContain('````\n```js\n````');
    expect(text).toContain('Wisp was 87 % sure of it.');
    expect(text).toContain('- from src/b.ts, line 3');
  });

  test('leaves out what was cancelled, but counts it', () => {
    const text = explain([
      decision({ kind: 'cancelled' }),
      decision({ kind: 'empty', reason: 'nobody was sure' }),
    ]);
    expect(text).toContain('No suggestion: nobody was sure.');
    expect(text).not.toContain('Cancelled');
    expect(text).toContain('1 of the last 2 questions were taken back');
  });

  test('prefers the line of the cursor to newer decisions elsewhere, and shows five at most', () => {
    const snoozed = { kind: 'notAsked', reason: 'snoozed' } as const;
    const off = { kind: 'notAsked', reason: 'off' } as const;
    expect(explain([decision(snoozed, 90), decision(off, 4)])).not.toContain('snoozed');
    expect(explain([decision(snoozed, 90)])).toContain('The last decisions in this document');
    const many = Array.from({ length: 20 }, () => decision(off));
    expect(explain(many).match(/Nobody was asked/g)).toHaveLength(5);
  });

  test('shows what was refused, and tells what the guards did in words', () => {
    const notes = [
      { where: 'guard:unknownNames', what: "doubted: 'one' stands nowhere in the workspace" },
      { where: 'guard:addsSyntaxError', what: 'refused: it adds a syntax error' },
    ];
    const trace = { requestId: 'r', stages: [], notes, retrieved: [], ms: 1 };
    const reason = 'it adds a syntax error';
    const refused = { kind: 'rejected', guard: 'addsSyntaxError', reason, text: 'one(]' } as const;
    const text = explain([decision(refused, 4, { trace })]);
    expect(text).toContain('This is what was refused:\n\n```\none(]\n```\n');
    expect(text).toContain("- The guard 'unknownNames' doubted it: 'one' stands nowhere in the workspace.");
    expect(text.match(/it adds a syntax error/g)).toHaveLength(1);
  });

  test('ends with what the guards did, the busiest first, with examples', () => {
    const example = { at, path: 'src/a.ts', line: 5, judgement: 'refused', reason: 'a | b' } as const;
    const guards = {
      tooLittle: { ...NOTHING_COUNTED, refused: 1 },
      brandNew: { ...NOTHING_COUNTED, refused: 2, undecided: 3, examples: [example] },
    };
    expect(explain([], 4, guards)).toMatch(
      /\| guard \| looks for \| refused .*\n.*\n\| brandNew \| {2}\| 2 \| 0 \| 0 \| 3 \|/,
    );
    expect(explain([], 4, guards)).toContain('| tooLittle | too little to be worth a look | 1 |');
    expect(explain([], 4, guards)).toContain('Of brandNew lately:\n- src/a.ts, line 5: refused, a | b\n');
  });

  test('says so when nothing was asked', () => {
    expect(explain([])).toContain('Nothing was asked for in this document yet.');
  });
});
