import { expect, test } from 'vitest';
import { retrievedText } from '../../src/editor/retrievedText.ts';

const place = (path: string, startLine: number, endLine: number, score: number) => ({
  path,
  startLine,
  endLine,
  score,
  retriever: 'lexical+session',
});
const snippet = (path: string, startLine: number, text: string, score: number) => ({
  ...place(path, startLine, startLine + text.split('\n').length - 1, score),
  text,
  tokens: 7,
});
const at = { path: 'src/a.ts', line: 12 };

test('the best snippet stands first, what was left out below, and every place is a link', () => {
  const { text, links } = retrievedText(
    {
      snippets: [snippet('b.ts', 4, 'b();\nbb();', 0.2), snippet('c.ts', 9, 'c();', 0.6)],
      leftOut: [{ ...place('d.ts', 1, 3, 0.1), why: 'no room' as const }],
      budget: 100,
      late: [],
    },
    at,
  );
  expect(text).toBe(`# Retrieved for src/a.ts, line 12

A model would be shown 2 snippets of 14 tokens; 100 are free for them. The best stands first here, and last in the prompt. The higher a score, the more names that are written next are to be expected; it is no count of them.

## c.ts:9-9
found by lexical, session; score 0.60, 7 tokens

    c();

## b.ts:4-5
found by lexical, session; score 0.20, 7 tokens

    b();
    bb();

# Left out

- d.ts:1-3: no room in the budget (lexical, session; score 0.10)
`);
  const lines = text.split('\n');
  expect(links.map(({ row, start, end, ...target }) => [lines[row]!.slice(start, end), target])).toEqual([
    ['c.ts:9-9', { path: 'c.ts', line: 9 }],
    ['b.ts:4-5', { path: 'b.ts', line: 4 }],
    ['d.ts:1-3', { path: 'd.ts', line: 1 }],
  ]);
});

test('where nothing is sent, it says so', () => {
  const { text } = retrievedText({ snippets: [], leftOut: [], budget: 100, late: [] }, at);
  expect(text).toContain('nothing of the workspace would be sent');
});

test('sources that had no time are named', () => {
  const { text } = retrievedText(
    { snippets: [], leftOut: [], budget: 100, late: ['session', 'members'] },
    at,
  );
  expect(text).toContain('Not asked, for the time was over: session, members.');
});
