import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { inProcess } from '../../src/base/port.ts';
import type { Outcome } from '../../src/domain/outcome.ts';
import type { Suggestion } from '../../src/domain/suggestion.ts';
import type { EngineApi, OpenDocument } from '../../src/engine/api.ts';
import type { Hole } from '../../src/evals/holes.ts';
import { evaluate } from '../../src/evals/run.ts';

const directory = join('/', 'work', 'shop');
const uriOf = (path: string) => pathToFileURL(join(directory, path)).href;

function holeAt(drawn: string, target: string, more: Partial<Hole> = {}): Hole {
  const [prefix, suffix] = drawn.split('█') as [string, string];
  return { id: drawn, path: 'src/user.ts', prefix, suffix, target, language: 'typescript', ...more };
}

const offer = (text: string, more: Partial<Suggestion> = {}): Outcome => {
  const nowhere = { line: 0, character: 0 };
  const range = { start: nowhere, end: nowhere };
  const source = 'workspace';
  return {
    kind: 'offered',
    suggestion: { id: 's', text, range, source, confidence: 0.9, provenance: [], ...more },
  };
};

/** An engine that answers by a script: by the id of the request, one tick of the clock each. */
function scripted(answers: Readonly<Record<string, Outcome>>, onAsk: () => void = () => {}) {
  const open = new Map<string, OpenDocument>();
  const asked: { open: OpenDocument[]; line: number; character: number }[] = [];
  let now = 0;
  const api: Pick<EngineApi, 'open' | 'close' | 'indexed' | 'complete' | 'check'> = {
    open: document => void open.set(document.uri, document),
    close: ({ uri }) => void open.delete(uri),
    indexed: async () => ({ files: 0, chunks: 0, bytes: 0, skipped: {}, seconds: 0, fromCache: 0 }),
    async complete({ id, position }) {
      asked.push({ open: [...open.values()], ...position });
      now += 5;
      onAsk();
      const trace = { requestId: id, stages: [], notes: [], retrieved: [], ms: 5 };
      return { outcome: answers[id] ?? { kind: 'empty', reason: 'nothing known' }, trace };
    },
    // To this one only names that begin with 'user.name' make sense.
    async check({ text }) {
      const parses = text.includes('user.name');
      const verdict = parses ? 'kept' : 'refused';
      return { verdict, text, guard: parses ? null : 'someGuard', reason: null, doubts: [], ms: 1, parses };
    },
  };
  return { engine: inProcess(api as EngineApi), open, asked, clock: { elapsed: () => now } };
}

const never = new AbortController().signal;

test('each hole is asked at its cursor, in its own text, with excluded files empty', async () => {
  const { engine, open, asked, clock } = scripted({});
  const hole = holeAt('const a = 1;\n  user.█\n', 'name', { exclude: ['src/copy.py', 'src/user.ts'] });
  await evaluate(engine, [hole], { directory, clock, signal: never });
  expect(asked).toEqual([
    {
      line: 1,
      character: 7,
      open: [
        expect.objectContaining({ uri: uriOf('src/copy.py'), text: '', languageId: 'python', dirty: true }),
        expect.objectContaining({ uri: uriOf('src/user.ts'), text: 'const a = 1;\n  user.\n', dirty: true }),
      ],
    },
  ]);
  expect(open.size).toBe(0);
});

test('offers are judged against what truly stood there', async () => {
  const holes = [
    holeAt('a = █;', 'user.name', { id: 'all of it' }),
    holeAt('a = █;', 'user.name + 1', { id: 'a right beginning' }),
    holeAt('a = █;', 'user.name', { id: 'wrong at the end' }),
    holeAt('a = █;', 'user.name', { id: 'nothing', class: 'comment' }),
  ];
  const { engine, clock } = scripted({
    'all of it': offer('user.name '),
    'a right beginning': offer('user.name', { source: 'retrieved-line' }),
    'wrong at the end': offer('user.id'),
  });
  const { summary, holes: results } = await evaluate(engine, holes, { directory, clock, signal: never });
  expect(
    results.map(({ id, offered, exactMatch, right, prefixMatchChars, outcome }) => [
      id,
      offered,
      exactMatch,
      right,
      prefixMatchChars,
      outcome,
    ]),
  ).toEqual([
    ['all of it', true, true, true, 9, 'offered'],
    ['a right beginning', true, false, true, 9, 'offered'],
    ['wrong at the end', true, false, false, 5, 'offered'],
    ['nothing', false, false, false, 0, 'empty'],
  ]);
  expect(results[3]).toMatchObject({
    text: null,
    source: null,
    confidence: null,
    editSimilarity: 0,
    parses: null,
    truth: { verdict: 'kept', guard: null },
  });
  expect(results[2]!.parses).toBe(false);
  expect(summary).toMatchObject({
    n: 4,
    partial: false,
    offered: 3 / 4,
    exactMatch: 1 / 4,
    precision: 1 / 3,
    rightOffers: 2 / 3,
    savedChars: (9 + 9) / (9 + 13 + 9 + 9),
    escaped: 1 / 3,
    falseRejection: 0,
    falseRepair: 0,
    p50Ms: 5,
    p95Ms: 5,
    code: { n: 3, offered: 1 },
    sources: { 'retrieved-line': { n: 1, precision: 0 }, workspace: { n: 2, precision: 1 / 2 } },
    languages: { typescript: { n: 3 } },
  });
  expect(Object.keys(summary.classes)).toEqual(['comment', 'mid-line']);
});

test('what a suggestion writes again around the cursor is no part of what it adds', async () => {
  const range = { start: { line: 0, character: 4 }, end: { line: 0, character: 9 } };
  const holes = [
    holeAt('a = user█);', '.name', { id: 'same again' }),
    holeAt('a = user█);', '.name', { id: 'changed' }),
  ];
  const { engine, clock } = scripted({
    'same again': offer('user.name)', { range }),
    changed: offer('admin.name)', { range }),
  });
  const { holes: results } = await evaluate(engine, holes, { directory, clock, signal: never });
  expect(results.map(({ text, exactMatch }) => [text, exactMatch])).toEqual([
    ['.name', true],
    ['admin.name)', false],
  ]);
});

test('kinds of line ending do not decide whether many lines are right', async () => {
  const { engine, clock } = scripted({ many: offer('{\n  b();\n}') });
  const holes = [holeAt('if (a) █\r\n', '{\r\n  b();\r\n}', { id: 'many' })];
  const { holes: results } = await evaluate(engine, holes, { directory, clock, signal: never });
  expect(results[0]).toMatchObject({ exactMatch: true, right: true, class: 'multi-line' });
});

test('an interruption keeps what was asked before, and drops the question that it cut off', async () => {
  const controller = new AbortController();
  let asked = 0;
  const { engine, open, clock } = scripted({}, () => {
    if (++asked === 3) controller.abort();
  });
  const holes = Array.from({ length: 5 }, (_, i) => holeAt('a = █;', 'b', { id: String(i) }));
  const progress: number[] = [];
  const { summary, holes: results } = await evaluate(engine, holes, {
    directory,
    clock,
    signal: controller.signal,
    onProgress: done => progress.push(done),
  });
  expect(results.map(result => result.id)).toEqual(['0', '1']);
  expect(summary).toMatchObject({ n: 2, partial: true });
  expect(progress).toEqual([1, 2]);
  expect(open.size).toBe(0);
});

test('a summary of nothing has no shares', async () => {
  const { engine, clock } = scripted({});
  const { summary } = await evaluate(engine, [], { directory, clock, signal: never });
  expect(summary).toMatchObject({ n: 0, offered: null, precision: null, savedChars: null, p95Ms: null });
});
