import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inProcess } from '../../src/base/port.ts';
import type { EngineApi } from '../../src/engine/api.ts';
import { lineOf, typeHole } from '../../src/evals/typingRun.ts';

/** A hole drawn with `█` where its target stands. */
function holeAt(drawn: string, target: string) {
  const [prefix, suffix] = drawn.split('█') as [string, string];
  return { id: 'h', path: 'a.ts', language: 'typescript', prefix, suffix, target };
}

test.each([
  ['a cut at the start of a line', 'a;\n  █\nb;', 'const x = 1;', 'a;\n  ', 'const x = 1;', ''],
  ['a cut within a line: all of it is typed', 'a;\n  const █\nb;', 'x = 1;', 'a;\n  ', 'const x = 1;', ''],
  [
    'a block: its first line is typed, the rest is what comes next',
    '█\nb;',
    'if (x) {\n  y();\n}',
    '',
    'if (x) {',
    '\n  y();\n}',
  ],
  ['with carriage returns', 'a;\r\n█\r\nb;', 'if (x) {\r\n}', 'a;\r\n', 'if (x) {', '\r\n}'],
  ['white space at its end is nobody’s to type', '█\nb;', 'const x = 1;  ', '', 'const x = 1;', ''],
])('%s', (_, drawn, target, prefix, line, following) => {
  const hole = holeAt(drawn, target);
  expect(lineOf(hole)).toEqual({ prefix, target: line, suffix: hole.suffix, following });
});

test('the engine is asked at every character, in a document that grows by what was typed', async () => {
  let document = '';
  let version = 0;
  const asked: string[] = [];
  const api = {
    open(opened) {
      ({ text: document, version } = opened);
    },
    change(edit) {
      version = edit.version;
      const [{ range, text }] = edit.changes as [(typeof edit.changes)[number]];
      const lines = document.split('\n');
      const line = lines[range.start.line]!;
      lines[range.start.line] = line.slice(0, range.start.character) + text + line.slice(range.end.character);
      document = lines.join('\n');
    },
    close() {},
    indexed: async () => ({ files: 0, chunks: 0, bytes: 0, skipped: {}, seconds: 0, fromCache: 0 }),
    async complete(request) {
      const { line, character } = request.position;
      const lines = document.split('\n');
      asked.push(`${lines[line]!.slice(0, character)}▮${lines[line]!.slice(character)}`);
      const trace = { requestId: request.id, stages: [], notes: [], retrieved: [], ms: 0 };
      if (request.version !== version || lines[line]!.slice(0, character) !== '  c') {
        return { outcome: { kind: 'empty', reason: 'nothing known' }, trace };
      }
      const range = { start: request.position, end: request.position };
      const suggestion = {
        text: 'all(i',
        range,
        id: 's',
        source: 'workspace',
        confidence: 1,
        provenance: [],
      } as const;
      return { outcome: { kind: 'offered', suggestion }, trace };
    },
  } satisfies Partial<EngineApi>;
  const hole = holeAt('a;\n  █\nb;', 'call(it)');
  const options = { directory: join('/', 'w'), signal: new AbortController().signal };
  const result = await typeHole(inProcess(api as Partial<EngineApi> as EngineApi), hole, options);
  expect(asked).toEqual(['  ▮', '  c▮', '  call(i▮', '  call(it▮']);
  expect(document).toBe('a;\n  call(it\nb;');
  expect(result).toMatchObject({ chars: 8, completed: 5, accepts: 1, displays: 1 });
});
