import { expect, test } from 'vitest';
import { evalCommand } from '../../src/terminal/evalCommand.ts';
import { makeRepository } from '../support/repository.ts';
import { terminalHost } from '../support/terminalHost.ts';
import { makeTree } from '../support/tree.ts';

const moduleOf = (thing: string) =>
  [
    `export async function find${thing}(id: string) {`,
    `  const row = await database.findOneByIdentifier('${thing}', id);`,
    '  if (row === undefined) throw new NotFoundError(id);',
    '  return Object.freeze({ ...row, fetchedAt: clock.now() });',
    '}',
    '',
  ].join('\n');
const commits = ['Apple', 'Pear', 'Plum', 'Quince'].map(thing => ({ [`${thing}.ts`]: moduleOf(thing) }));

async function run(directory: string, options: Record<string, string | true>, host = terminalHost()) {
  const { json, text, incomplete } = await evalCommand.run({ operands: [directory], options }, host);
  // biome-ignore lint/suspicious/noExplicitAny: the document's form is what is tested
  return { json: json as any, text, incomplete };
}

test('--git asks at the lines of the newest commits, and tells where they come from and how long each stage took', async () => {
  const { directory } = await makeRepository({}, ...commits);
  const { json, text } = await run(directory, { git: true });
  expect(json.run).toMatchObject({ source: { kind: 'git', session: true }, history: { commits: 4 } });
  expect(json.summary).toMatchObject({ partial: false, n: json.holes.length });
  expect(json.summary.stages['workspace model'].n).toBe(json.holes.length);
  // The first of its kind has nothing to go by; the others are much alike.
  expect(json.holes.filter((hole: { right: boolean }) => hole.right).length).toBeGreaterThan(3);
  expect(text).toMatch(/^stage +times +p50 +p95\nworkspace model/m);
  expect(text).toMatch(/Holes of 4 commits \(\d looked at\)/);
});

test('--commits replays so many, --no-session takes away what the author had open', async () => {
  const { directory } = await makeRepository({}, ...commits);
  const { json } = await run(directory, { git: true, commits: '2', 'no-session': true });
  expect(json.run.history.commits).toBe(2);
  expect(json.run.source.session).toBe(false);
});

test('--no-retrieval gives the workspace model nothing of what was retrieved, and says so', async () => {
  const { directory } = await makeRepository({}, ...commits);
  const { json } = await run(directory, { git: true, 'no-retrieval': true });
  expect(json.run.retrieval).toBe(false);
  const other = await run(directory, { git: true });
  expect(other.json.run.retrieval).toBeUndefined();
  // The same lines are asked, with other certainty.
  const sureness = (holes: readonly { id: string; confidence: number | null }[]) =>
    holes.map(({ id, confidence }) => [id, confidence]);
  expect(json.holes.map((hole: { id: string }) => hole.id)).toEqual(
    other.json.holes.map((hole: { id: string }) => hole.id),
  );
  expect(sureness(json.holes)).not.toEqual(sureness(other.json.holes));
});

test('--members asks behind dots only, where a member is written that is new to the file', async () => {
  const { directory } = await makeRepository({}, ...commits);
  const { json } = await run(directory, { git: true, members: true });
  expect(json.run.source.members).toBe(true);
  const all = await run(directory, { git: true });
  const classesOf = (holes: readonly { class: string }[]) => new Set(holes.map(hole => hole.class));
  expect(classesOf(json.holes)).toEqual(new Set(['mid-line']));
  expect(classesOf(all.json.holes).size).toBeGreaterThan(1);
});

test('--typing types each line, and tells what was saved of it', async () => {
  const { directory } = await makeRepository({}, ...commits);
  const { json, text } = await run(directory, { git: true, typing: true });
  const { summary, lines } = json;
  expect(lines.length).toBe(summary.lines);
  expect(summary.completed).toBeGreaterThan(0);
  expect(summary.completed).toBeLessThan(1);
  for (const { chars, completed, keysSaved, accepts } of lines) {
    expect(completed).toBeLessThanOrEqual(chars);
    expect(keysSaved).toBe(completed - accepts);
  }
  expect(text).toContain('completed: characters from accepted offers');
});

test.each([{}, { typing: true as const }])(
  'interrupted, what was asked so far is printed as partial: %j',
  async more => {
    const { directory } = await makeRepository({}, ...commits);
    const stop = new AbortController();
    const progress = (stage: string, done: number) => {
      if (stage === 'Asking' && done === 2) stop.abort();
    };
    const host = terminalHost({ signal: stop.signal, progress });
    const { json, incomplete } = await run(directory, { git: true, ...more }, host);
    expect(json.summary.partial).toBe(true);
    expect((json.holes ?? json.lines).length).toBe(2);
    expect(incomplete).toMatch(/^Ended after 2 /);
  },
);

test('a folder without git, one without commits, and one whose commits change no code are one sentence each', async () => {
  const none = await makeTree({ 'a.ts': 'const a = 1;\n' });
  await expect(run(none, { git: true })).rejects.toThrow(
    /lies in no git repository, so there is no history to replay\.$/,
  );
  const prose = await makeRepository({ 'README.md': 'One.\n' }, { 'README.md': 'Two.\n' });
  await expect(run(prose.directory, { git: true })).rejects.toThrow(
    /^No commit of .* changes code, so there is nothing to replay\.$/,
  );
});
