import { describe, expect, test } from 'vitest';
import type { Intensity } from '../../../src/domain/settings.ts';
import type { CodeIndex } from '../../../src/indexing/codeIndex.ts';
import { cut, THRESHOLDS } from '../../../src/models/workspace/cut.ts';
import { LEARNED } from '../../../src/models/workspace/learned.ts';
import { type Draft, WorkspaceModel } from '../../../src/models/workspace/workspaceModel.ts';
import { ContinuationRetriever } from '../../../src/retrieval/continuation.ts';
import { LexicalRetriever } from '../../../src/retrieval/lexical.ts';
import { Retrieval } from '../../../src/retrieval/retrieve.ts';
import { at } from '../../support/cursor.ts';
import { indexOf, recordOf } from '../../support/smallIndex.ts';

function modelOf(files: Record<string, string>): WorkspaceModel {
  const index = indexOf(files);
  return modelOn(() => index);
}

/** As it is in the engine, with what retrieval gives it. */
function modelOn(index: () => CodeIndex): WorkspaceModel {
  const retrievers = [new LexicalRetriever(index), new ContinuationRetriever(index)];
  const retrieval = new Retrieval({ retrievers, index, readText: () => undefined });
  return new WorkspaceModel(index, LEARNED, context => retrieval.gives(context));
}

/** A file is hardly ever as short as what a test is about. */
const ABOVE = `import { readFile } from 'node:fs/promises';

const limit = 10;

export function firstWord(text: string): string {
  const words = text.split(' ');
  if (words.length > limit) throw new Error('too many words');
  return words[0] ?? '';
}

`;

/** The likeliest rest of the line, however unlikely. */
function guess(code: string, files: Record<string, string> = {}, path = 'src/a.ts'): string {
  const { tokens } = modelOf(files).draft(at(code, path));
  return tokens.map(token => token.text).join('');
}

test('continues the line as the same words were continued above', () => {
  const code = `
const users = await this.client.query('select * from users');
const teams = await this.█`;
  expect(guess(code)).toMatch(/^client\.query\('select \* from/);
});

test('continues the line as another file of the workspace did', () => {
  const files = { 'src/b.ts': 'export function load() {\n  return readJson(cacheFile, "utf8");\n}\n' };
  expect(guess('function other() {\n  return readJson(█', files)).toBe('cacheFile, "utf8");');
});

test('finishes the word that is being typed', () => {
  expect(guess('const configuration = load();\nuse(confi█')).toMatch(/^guration/);
});

test('adds the space that stands between words, and none where there is one', () => {
  const above = `${ABOVE}const first = compute(one);\n`;
  expect(guess(`${above}const second█`)).toMatch(/^ =/);
  expect(guess(`${above}const second █`)).toMatch(/^=/);
});

test('listens to the languages of the same family only', () => {
  const files = { 'b.py': 'rows = load()\nvalue = compute_total(rows)\n' };
  expect(guess('rows = load()\nvalue = █', files, 'a.ts')).not.toContain('compute_total');
  expect(guess('rows = load()\nvalue = █', files, 'a.py')).toBe('compute_total(rows)');
});

test('does not take its own saved text for evidence', () => {
  const files = { 'src/a.ts': 'const secretPlan = unlikelyName(42);\n' };
  expect(guess('const secretPlan = █', files)).not.toContain('unlikelyName');
});

test('continues a similar place with the names that are used here', () => {
  const other = `
export function rename(user: User) {
  if (!user) throw new Error('nobody');
  return save(user, user.id);
}
`;
  const code = `
export function rename(team: Team) {
  if (!team) throw new Error('nobody');
  return save(█`;
  expect(guess(code, { 'src/b.ts': other })).toMatch(/^team, team\.id/);
});

test('remembers what was written where lines have just been deleted', () => {
  const opened = 'const limit = 3;\nconst answer = await fetchAll(client, limit);\nreport();\n';
  const now = 'const limit = 3;\nconst answer = █\nreport();\n';
  const context = at(now);
  const document = { ...context.document, opened: { text: opened, hash: '' } };
  const { tokens } = modelOf({}).draft({ ...context, document });
  expect(tokens.map(({ text }) => text).join('')).toMatch(/^await fetchAll\(client, limit/);
});

test('does to the next file what was done to the last', () => {
  const shown = 'render(page);\nfinish();\n';
  const index = indexOf({ 'src/b.ts': shown, 'src/c.ts': shown, 'src/d.ts': shown });
  const edited = 'render(page, { theme: darkTheme });\nfinish();\n';
  index.add({ ...recordOf('src/b.ts', edited), size: 0, mtimeMs: 0 });
  const model = modelOn(() => index);
  const { tokens } = model.draft(at('render(page█\nfinish();\n'));
  expect(tokens.map(({ text }) => text).join('')).toBe(', { theme: darkTheme });');
});

test('says which place it continued from', () => {
  const files = { 'src/b.ts': '\n\nfunction f() {\n\n  return readJson(cacheFile);\n}\n' };
  const { provenance } = modelOf(files).draft(at(`${ABOVE}function g() {\n\n  return readJson(█`));
  expect(provenance[0]).toMatchObject({ path: 'src/b.ts', startLine: 5, endLine: 5, retriever: 'workspace' });
});

test('goes on with another index as if it had never known the first', () => {
  let index = indexOf({ 'src/b.ts': 'f();\nreturn readJson(cacheFile);\n' });
  const model = modelOn(() => index);
  const code = `${ABOVE}f();\nreturn readJson(█`;
  const text = () => model.draft(at(code)).tokens.map(token => token.text);
  expect(text()).toEqual(['cacheFile', ')', ';']);
  index = indexOf({ 'src/b.ts': 'a.b.c.d.e();\nreturn readJson(otherFile);\n' });
  expect(text()).toEqual(['otherFile', ')', ';']);
});

test('with nothing to go by it says nothing', () => {
  expect(guess('█')).toBe('');
  expect(guess('zxcv█')).toBe('');
});

/** `client 95|.query 79`: tokens, each with the probability of all up to it, in percent; `⏎` is a line end that is known. */
function draftOf(drawn: string): Draft {
  const parts = drawn.split('|').map(part => {
    const [, text, percent] = /^(.*) (\d+)$/.exec(part)!;
    return { text: text!, probability: Number(percent) / 100 };
  });
  const tokens = parts.filter(({ text }) => text !== '⏎');
  const end = parts.find(({ text }) => text === '⏎');
  return { tokens, lineEnd: end && { ...end, text: '', next: 'same' }, provenance: [] };
}

const shown = (drawn: string, intensity: Intensity = 'balanced') =>
  cut(draftOf(drawn), THRESHOLDS[intensity])?.text;

test('what is shown is the part of the draft that is likely enough, and never less than asked for', () => {
  const drawn = 'client 95|. 90|query 79|( 30';
  expect(cut(draftOf(drawn), THRESHOLDS.balanced)).toEqual({ text: 'client.query', confidence: 0.79 });
  expect(shown(drawn, 'quiet')).toBe('client.');
  expect(shown('ab 95')).toBeUndefined();
});

test('one token must be surer than several, and those that end an argument or a statement least', () => {
  expect(shown('client 71|. 40')).toBeUndefined();
  expect(shown('client 71|. 70|query 40')).toBe('client.');
  expect(shown('load( 90|first 65|. 40')).toBe('load(');
  expect(shown('load( 90|first 65|, 40')).toBe('load(first');
  expect(shown('load( 90|first 65|) 62|⏎ 40')).toBe('load(first)');
});

test('a longer beginning of a draft is never likelier than a shorter one', () => {
  const files = { 'src/b.ts': `${ABOVE}report(load(limit), words);\nreport(load(limit), text);\n`.repeat(3) };
  const { tokens, lineEnd } = modelOf(files).draft(at(`${ABOVE}rep█`));
  const said = [...tokens, ...(lineEnd ? [lineEnd] : [])].map(({ probability }) => probability);
  expect(said.length).toBeGreaterThan(5);
  expect(said).toEqual([...said].sort((a, b) => b - a));
});

describe('what retrieval finds', () => {
  const others = Array.from({ length: 40 }, (_, i) => `const response${i} = await reload(response);\n`).join(
    '',
  );
  const alike = `export function pay(order: Order) {
  const total = sumOf(order.items);
  const invoice = renderInvoice(total);
  return invoice;
}
`;
  const files = { 'src/http/far.ts': others, 'src/pay/alike.ts': alike };
  const code = `${ABOVE}export function giveBack(order: Order) {
  const total = sumOf(order.items);
  const paper = re█`;

  test('makes its words likelier than those that are common elsewhere', () => {
    expect(guess(code, files, 'src/a.ts')).toMatch(/^nderInvoice\(total\)/);
    const index = indexOf(files);
    const { tokens } = new WorkspaceModel(() => index).draft(at(code, 'src/a.ts'));
    expect(tokens[0]?.text ?? '').not.toBe('nderInvoice');
  });

  test('is asked for where the line begins, and not again while that is typed', () => {
    const index = indexOf(files);
    const asked: string[] = [];
    const model = new WorkspaceModel(
      () => index,
      LEARNED,
      ({ prefix }) => {
        asked.push(prefix.slice(prefix.lastIndexOf('\n', prefix.length - 2) + 1));
        return undefined;
      },
    );
    for (const typed of ['█', 'r█', 're█']) model.draft(at(`${ABOVE}two();\n${typed}`, 'src/a.ts'));
    model.draft(at(`${ABOVE}two();\nreload();\n█`, 'src/a.ts'));
    expect(asked).toEqual(['two();\n', 'reload();\n']);
  });
});
