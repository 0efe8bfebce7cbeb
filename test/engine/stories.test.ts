import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { suggestionOf } from '../../src/domain/outcome.ts';
import { Desk } from '../support/desk.ts';
import { type OpenAiServer, openAiServer } from '../support/openaiServer.ts';

const head = 'export function load(): Settings {\n  log.info("reading");\n  return loadSettings(';
const likeIt = `${head}defaultPath, options);\n}\n`;
const repeated = Object.fromEntries('bcdefghi'.split('').map(name => [`${name}.ts`, likeIt.repeat(2)]));
const unfinished = `${head}█\n}\n`;

describe('with nothing set up', () => {
  test('offers what the workspace says, and names the place', async () => {
    const desk = await Desk.open({ files: repeated, settings: { intensity: 'eager' } });
    const suggestion = await desk.suggestion(unfinished);
    expect(suggestion).toMatchObject({ text: 'defaultPath, options);', source: 'workspace' });
    expect(suggestion.provenance[0]).toMatchObject({ startLine: 7, endLine: 7 });
    expect(Object.keys(repeated)).toContain(suggestion.provenance[0]?.path);
  });

  test('an evaluation is told the whole rest of the line, and how sure that is', async () => {
    const desk = await Desk.open({ files: repeated });
    const { outcome } = await desk.ask(unfinished, { trigger: 'wholeLine' });
    const suggestion = suggestionOf(outcome)!;
    expect(suggestion.text).toBe('defaultPath, options);');
    expect(suggestion.confidence).toBeGreaterThan(0);
    expect(suggestion.confidence).toBeLessThan(1);
  });

  test('of more source than may be kept the nearest is known, and the trace tells what is not', async () => {
    const long = (name: string) =>
      Array.from({ length: 14_000 }, (_, i) => `const ${name}${i} = compute(${i});\n`).join('');
    const files = {
      ...repeated,
      'far/a.ts': long('first'),
      'far/b.ts': long('second'),
      'far/c.ts': long('third'),
    };
    const desk = await Desk.open({
      files,
      settings: { intensity: 'eager', index: { maxSourceMegabytes: 1 } },
    });
    const { outcome, trace } = await desk.ask(unfinished);
    expect(suggestionOf(outcome)?.text).toBe('defaultPath, options);');
    const what = 'knows nothing of 1 files over the source cap';
    expect(trace.notes).toContainEqual({ where: 'workspace model', what });
  });

  test('who asks by a command also gets the lines that are known to follow', async () => {
    const desk = await Desk.open({ files: repeated });
    const code = 'export function load(): Settings {\n  █\n}\n';
    const { outcome } = await desk.ask(code, { trigger: 'invoked' });
    expect(suggestionOf(outcome)?.text).toBe(
      'log.info("reading");\n  return loadSettings(defaultPath, options);',
    );
    expect(await desk.offer(code)).not.toContain('\n');
  });

  test('never doubles what stands to the right of the cursor', async () => {
    const desk = await Desk.open({ files: repeated, settings: { intensity: 'eager' } });
    expect(await desk.offer(`${head}█);\n}\n`)).toBe('defaultPath, options');
  });

  test('typing what is shown keeps it, under one id; typing on dismisses it', async () => {
    const desk = await Desk.open({ files: repeated });
    const first = await desk.suggestion(unfinished);
    const { outcome } = await desk.ask(unfinished.replace('█', 'defaultP█'));
    expect(outcome).toMatchObject({
      kind: 'typedThrough',
      suggestion: { id: first.id, text: first.text.slice(8) },
    });
    const other = await desk.ask(unfinished.replace('█', 'defaultPort█'));
    expect(suggestionOf(other.outcome)?.id).not.toBe(first.id);
  });

  test('the same question again is answered from the cache, until another file changes', async () => {
    const desk = await Desk.open({ files: repeated });
    const code = unfinished;
    const first = await desk.suggestion(code);
    expect((await desk.ask(code)).outcome).toMatchObject({ kind: 'cached', suggestion: { id: first.id } });
    const b = join(desk.root, 'b.ts');
    await writeFile(b, 'export const nothing = 1;\n');
    await desk.engine.filesChanged([{ file: b, kind: 'written' }]);
    await desk.engine.indexed({});
    expect((await desk.ask(code)).outcome).toMatchObject({
      kind: 'offered',
      suggestion: { text: first.text },
    });
  });

  test('an id that has been away comes back as another', async () => {
    const desk = await Desk.open({ files: repeated });
    const first = await desk.suggestion(unfinished);
    await desk.ask(unfinished.replace('█', 'x█'));
    const { outcome } = await desk.ask(unfinished);
    expect(outcome).toMatchObject({ kind: 'cached', suggestion: { text: first.text } });
    expect(suggestionOf(outcome)?.id).not.toBe(first.id);
  });

  test('learns from an unsaved edit in another document', async () => {
    const desk = await Desk.open({ files: { 'b.ts': 'const nothing = 1;\n' } });
    const text = likeIt.replace('defaultPath', 'unsavedPath').repeat(3);
    await desk.engine.open({
      uri: 'file:///b',
      file: join(desk.root, 'b.ts'),
      languageId: 'typescript',
      version: 1,
      text,
      dirty: true,
    });
    await desk.engine.indexed({});
    expect(await desk.offer(unfinished)).toContain('unsavedPath');
  });

  test('what is accepted stands in the journal and in the export', async () => {
    const desk = await Desk.open({ files: repeated });
    const { id, text } = await desk.suggestion(unfinished);
    await desk.engine.accepted({ id });
    await desk.ask(unfinished.replace('█', `${text}█`));
    await desk.engine.shutdown({});
    const file = join(desk.root, '..', 'export.jsonl');
    expect(await desk.engine.exportFeedback({ format: 'fim', file })).toMatchObject({ records: 1 });
    const [record] = (await readFile(file, 'utf8'))
      .trim()
      .split('\n')
      .map(line => JSON.parse(line));
    expect(record).toMatchObject({ path: 'a.ts', middle: text, language: 'typescript' });
    expect(record.prefix).toMatch(/loadSettings\($/);
  });

  test('what was dismissed is not offered again at once, from the cache neither, but to who asks for it', async () => {
    const desk = await Desk.open({ files: repeated });
    const { id, text } = await desk.suggestion(unfinished);
    await desk.engine.dismissed({ id });
    const { outcome } = await desk.ask(unfinished);
    expect(outcome).toMatchObject({ kind: 'rejected', guard: 'turnedDown' });
    const invoked = await desk.ask(unfinished, { trigger: 'invoked' });
    expect(suggestionOf(invoked.outcome)?.text).toContain(text);
  });

  test('what was just deleted is not suggested at once', async () => {
    const desk = await Desk.open({ files: repeated });
    const { text } = await desk.suggestion(unfinished);
    await desk.ask(unfinished.replace('█', `${text}█`));
    const { outcome } = await desk.ask(unfinished);
    expect(outcome).toMatchObject({ kind: 'rejected', guard: 'bringsBack' });
  });

  test('every reason not to ask is told', async () => {
    const untrusted = await Desk.open({ files: repeated, trusted: false });
    const reason = async (desk: Desk) => (await desk.ask(unfinished)).outcome;
    expect(await reason(untrusted)).toEqual({ kind: 'notAsked', reason: 'untrusted workspace' });
    expect((await untrusted.engine.status({})).report.files).toBe(0);
    const off = await Desk.open({ files: repeated, settings: { enable: false } });
    expect(await reason(off)).toEqual({ kind: 'notAsked', reason: 'off' });
    const snoozed = await Desk.open({ files: repeated });
    await snoozed.engine.snooze({ until: Date.now() + 60_000 });
    expect(await reason(snoozed)).toEqual({ kind: 'notAsked', reason: 'snoozed' });
    await snoozed.engine.snooze({ until: 0 });
    expect(await reason(snoozed)).toMatchObject({ kind: 'offered' });
    const decisions = await snoozed.engine.decisions({ uri: 'file:///typed' });
    expect(decisions.map(decision => decision.outcome.kind)).toEqual(['offered', 'notAsked']);
  });

  test('a file that .wispignore names is neither completed nor learned from while it is edited', async () => {
    const desk = await Desk.open({ files: { ...repeated, '.wispignore': 'private/\n' } });
    const path = 'private/a.ts';
    const { outcome } = await desk.ask(unfinished, { path });
    expect(outcome).toEqual({ kind: 'notAsked', reason: 'excluded file' });
    await desk.ask(unfinished.replace('loadSettings(█', 'neverToBeSeen(█'), { path });
    await new Promise(resolve => setTimeout(resolve, 400));
    await desk.engine.indexed({});
    expect(await desk.engine.files({})).not.toContain(path);
    await rm(join(desk.root, '.wispignore'));
    await desk.engine.filesChanged([{ file: join(desk.root, '.wispignore'), kind: 'deleted' }]);
    expect((await desk.ask(unfinished, { path })).outcome).toMatchObject({ kind: 'offered' });
  });

  test('a question about an older text is not answered', async () => {
    const desk = await Desk.open({ files: repeated });
    await desk.ask(unfinished);
    const old = { id: 'r', uri: 'file:///typed', version: 0, position: { line: 0, character: 3 } };
    const { outcome } = await desk.engine.complete({ ...old, trigger: 'automatic' });
    expect(outcome).toEqual({ kind: 'notAsked', reason: 'document changed' });
  });
});

describe('with a server', () => {
  let server: OpenAiServer;
  beforeEach(async () => {
    server = await openAiServer();
  });
  afterEach(() => server.close());

  const settings = () => ({
    model: { baseUrl: server.baseUrl, name: 'qwen2.5-coder:1.5b', debounceMilliseconds: 5 },
  });

  test('its answer is offered where the workspace has nothing to say', async () => {
    server.behave({ pieces: ['a', ' + b;'] });
    const desk = await Desk.open({ settings: settings() });
    expect(await desk.offer('function add(a: number, b: number) {\n  return █\n}\n')).toBe('a + b;');
    expect(server.requests[0]?.body).toMatchObject({ model: 'qwen2.5-coder:1.5b', stream: true });
  });

  test('without an address nothing is sent', async () => {
    const desk = await Desk.open({ files: repeated });
    await desk.ask(unfinished);
    expect(server.requests).toEqual([]);
  });

  test('a longer answer extends what is shown, and the editor is told to ask again', async () => {
    server.behave({ pieces: ['defaultPath, "utf8").then(parse);'], pauseMs: 20 });
    const desk = await Desk.open({ files: {}, settings: settings() });
    const code =
      'const one = load(defaultPath, "utf8")\nconst two = load(defaultPath, "utf8")\nconst x = load(█';
    const draft = await desk.suggestion(code);
    expect('defaultPath, "utf8")').toContain(draft.text);
    await until(() => desk.improved.length > 0);
    const { outcome } = await desk.ask(code);
    expect(outcome).toMatchObject({
      kind: 'cached',
      suggestion: { text: 'defaultPath, "utf8").then(parse);' },
    });
  });

  test('an answer that contradicts what is shown does not take it away', async () => {
    server.behave({ pieces: ['somethingElse);'], pauseMs: 10 });
    const desk = await Desk.open({ files: repeated, settings: settings() });
    await desk.suggestion(unfinished);
    await until(() => server.requests.length > 0);
    await new Promise(resolve => setTimeout(resolve, 80));
    expect(desk.improved).toEqual([]);
  });

  test('a running question is joined while the typed text agrees with it', async () => {
    server.behave({ pieces: ['zoom', 'By', '(width);'], pauseMs: 60 });
    const desk = await Desk.open({ settings: settings() });
    const stop = new AbortController();
    const first = desk.ask('const area = █', { signal: stop.signal });
    await until(() => server.requests.length > 0);
    stop.abort();
    const { outcome } = await desk.ask('const area = zo█');
    expect(outcome).toMatchObject({ kind: 'joined', suggestion: { text: 'omBy(width);' } });
    expect((await first).outcome).toEqual({ kind: 'cancelled' });
    expect(server.requests).toHaveLength(1);
  });

  test('typing something else closes the connection', async () => {
    server.behave({ pieces: ['compute', '(', 'width', ')'], pauseMs: 100 });
    const desk = await Desk.open({ settings: settings() });
    void desk.ask('const area = █');
    await until(() => server.requests.length > 0);
    void desk.ask('const area = x█');
    await server.requests[0]!.closedByClient;
  });

  test('a suggestion that adds a syntax error is not shown', async () => {
    server.behave({ pieces: ['if ) { else'] });
    const desk = await Desk.open({ settings: settings() });
    // The grammar is made ready when the document is opened; nobody who types waits for it.
    await desk.ask('const a = 1;\n█');
    await new Promise(resolve => setTimeout(resolve, 300));
    const { outcome } = await desk.ask('const a = 1;\nconst b = 2;\n█');
    expect(outcome.kind === 'rejected' || suggestionOf(outcome)?.text).not.toContain('else');
  });

  test('a name that stands nowhere makes an answer doubtful, and the trace says so', async () => {
    server.behave({ pieces: ['inventedHelper(one);'] });
    const desk = await Desk.open({ files: { 'b.ts': 'const one = 1;\n' }, settings: settings() });
    const { outcome, trace } = await desk.ask('const one = 1;\nconst two = █\n');
    expect(suggestionOf(outcome)).toMatchObject({ text: 'inventedHelper(one);', confidence: 0.25 });
    const what = "doubted: 'inventedHelper' stands nowhere in the workspace";
    expect(trace.notes).toContainEqual({ where: 'guard:unknownNames', what });
    await desk.configure({ ...settings(), intensity: 'quiet' });
    const quiet = await desk.ask('const one = 1;\nconst three = █\n');
    expect(quiet.outcome).toMatchObject({ kind: 'rejected', guard: 'unknownNames' });
  });

  test('an import of a file that is not there is refused', async () => {
    server.behave({ pieces: ["one } from './nowhere';"] });
    const desk = await Desk.open({ files: { 'b.ts': 'const one = 1;\n' }, settings: settings() });
    const { outcome } = await desk.ask('import { █\n');
    const reason = "it imports './nowhere', and there is no such file";
    expect(outcome).toEqual({
      kind: 'rejected',
      guard: 'missingImport',
      reason,
      text: "one } from './nowhere';",
    });
    const { missingImport } = await desk.engine.guardCounts({});
    expect(missingImport).toMatchObject({ refused: 1, examples: [{ path: 'a.ts', line: 1, reason }] });
  });

  test('one outage is told once, and typing goes on', async () => {
    await server.close();
    const desk = await Desk.open({ files: repeated, settings: settings() });
    for (const word of ['q', 'w', 'e']) await desk.ask(`const ${word} = zzz.█`);
    expect(desk.outages).toHaveLength(1);
    expect((await desk.engine.status({})).model).toHaveProperty('outage');
    expect(await desk.offer(unfinished)).toContain('defaultPath');
  });

  test('a secret is never sent', async () => {
    server.behave({ pieces: ['1;'] });
    const desk = await Desk.open({ settings: settings() });
    const token = ['ghp', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'].join('_');
    await desk.ask(`const token = "${token}";\nconst zzz = █`);
    expect(server.requests).toHaveLength(1);
    expect(JSON.stringify(server.requests[0]?.body)).not.toContain(token);
  });
});

async function until(condition: () => boolean): Promise<void> {
  for (let waited = 0; !condition(); waited += 5) {
    if (waited > 5_000) throw new Error('What was waited for did not happen within five seconds.');
    await new Promise(resolve => setTimeout(resolve, 5));
  }
}
