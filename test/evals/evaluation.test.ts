import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { defaultSettings } from '../../src/domain/settings.ts';
import type { EvaluationJob } from '../../src/evals/api.ts';
import { type EvaluationHost, evaluateRepository } from '../../src/evals/evaluation.ts';
import type { ReportData } from '../../src/evals/report/data.ts';
import { makeRepository } from '../support/repository.ts';
import { makeTree } from '../support/tree.ts';

/** A module that does the same to a thing as all others do to theirs, so that there is something to offer. */
const moduleOf = (thing: string) =>
  [
    `import { database } from './database.ts';`,
    '',
    `export async function find${thing}(id: string) {`,
    `  const row = await database.findOneByIdentifier('${thing}', id);`,
    '  if (row === undefined) throw new NotFoundError(id);',
    '  return Object.freeze({ ...row, fetchedAt: clock.now() });',
    '}',
    '',
    `export async function remove${thing}(id: string) {`,
    `  await database.removeOneByIdentifier('${thing}', id);`,
    `  audit.record('removed', { id, at: clock.now() });`,
    '}',
    '',
  ].join('\n');

const THINGS = ['Apple', 'Pear', 'Plum', 'Quince', 'Medlar', 'Cherry'];
const tree = Object.fromEntries(THINGS.map(thing => [`src/${thing.toLowerCase()}.ts`, moduleOf(thing)]));
const commits = Object.entries(tree).map(([path, text]) => ({ [path]: text }));

const job = (directory: string, more: Partial<EvaluationJob> = {}): EvaluationJob => ({
  name: 'shop',
  directory,
  filesExclude: [],
  settings: defaultSettings,
  holes: 150,
  seed: 1,
  version: '0.0.0',
  ...more,
});

interface Told {
  readonly progress: string[];
  readonly log: string[];
}

function hostOf(more: Partial<EvaluationHost> = {}): EvaluationHost & { readonly told: Told } {
  const told: Told = { progress: [], log: [] };
  return {
    told,
    assets: resolve(import.meta.dirname, '../../dist'),
    clock: systemClock,
    events: {
      progress: ({ stage, done, total }) => told.progress.push(`${stage} ${done}/${total}`),
      log: ({ message }) => told.log.push(message),
    },
    signal: new AbortController().signal,
    breathe: async () => {},
    ...more,
  };
}

test('a repository is replayed: places of its commits, and where each offer came from', async () => {
  const repository = await makeRepository({}, ...commits);
  const host = hostOf();
  const data = await evaluateRepository(job(repository.directory), host);
  expect(data.source).toMatchObject({ kind: 'history', commits: THINGS.length });
  expect(data.head).toBe(repository.git('rev-parse', 'HEAD'));
  expect(data.summary).toMatchObject({ n: data.planned, partial: false });
  expect(data.cases).toHaveLength(data.planned);
  expect(host.told.progress).toContain(`Asking ${data.planned}/${data.planned}`);

  const right = data.cases.filter(({ result }) => result.right);
  expect(right.length).toBeGreaterThan(0);
  for (const { path, offer, target, commit, provenance } of right) {
    expect(Object.keys(tree)).toContain(path);
    expect(target.startsWith(offer!)).toBe(true);
    expect(commit).toMatch(/^[0-9a-f]{40}$/);
    expect(provenance.length).toBeGreaterThan(0);
  }
  // What is shown of a place is what stood there at that time: all of it is in the modules.
  const known = new Set(Object.values(tree).flatMap(text => text.split('\n')));
  const shown = right.flatMap(({ provenance }) => provenance.flatMap(({ text }) => text.split('\n')));
  expect(shown.filter(line => line !== '' && !known.has(line))).toEqual([]);
  expect(shown.some(line => line !== '')).toBe(true);
});

test('the cursor of a place, what stood around it and what was offered make up the line again', async () => {
  const { directory } = await makeRepository({}, ...commits);
  const { cases } = await evaluateRepository(job(directory), hostOf());
  for (const { path, line, above, linePrefix, target } of cases) {
    const lines = tree[path]!.split('\n');
    expect(`${linePrefix}${target}`.split('\n')[0]).toBe(lines[line - 1]!.trimEnd());
    expect(above).toBe(lines.slice(Math.max(0, line - 3), line - 1).join('\n'));
  }
});

test('the work tree is neither read nor touched', async () => {
  const repository = await makeRepository({}, ...commits);
  await repository.write({ 'src/uncommitted.ts': moduleOf('Uncommitted'), 'src/pear.ts': undefined });
  const before = repository.git('status', '--porcelain');
  const { cases } = await evaluateRepository(job(repository.directory), hostOf());
  expect(repository.git('status', '--porcelain')).toBe(before);
  const places = cases.flatMap(({ path, provenance }) => [path, ...provenance.map(place => place.path)]);
  expect(places).not.toContain('src/uncommitted.ts');
  expect(places).toContain('src/pear.ts');
});

test('without git, lines of the present files are taken away, and the report says why', async () => {
  const directory = await makeTree(tree);
  const { source, head, summary, cases } = await evaluateRepository(job(directory, { holes: 20 }), hostOf());
  expect(source).toEqual({ kind: 'masked', because: expect.stringMatching(/^The folder .*git.*\.$/) });
  expect(JSON.stringify(source)).not.toContain(directory);
  expect(head).toBeNull();
  expect(summary.n).toBe(20);
  expect(cases.every(({ commit }) => commit === null)).toBe(true);
});

test('with too little history, lines of the present files are taken away too', async () => {
  const { directory } = await makeRepository(tree, {
    'src/new.ts': 'export const novelty = inventNovelty(3);\n',
  });
  const { source } = await evaluateRepository(job(directory, { holes: 40 }), hostOf());
  expect(source).toEqual({ kind: 'masked', because: 'The history gives only 1 place to ask at.' });
});

test.each([
  ['while it asks', 7],
  ['before the first place', 0],
])('stopped %s, it tells of what was asked so far', async (_, places) => {
  const { directory } = await makeRepository({}, ...commits);
  const stop = new AbortController();
  const host = hostOf({ signal: stop.signal });
  const progress = (at: { stage: string; done: number; total: number }) => {
    if (places === 0 ? at.stage === 'Indexing' : at.stage === 'Asking' && at.done === places) stop.abort();
  };
  const data = await evaluateRepository(job(directory), { ...host, events: { ...host.events, progress } });
  expect(data.summary).toMatchObject({ n: places, partial: true });
  expect(data.cases).toHaveLength(places);
  expect(data.planned).toBeGreaterThan(places);
});

test('stopped before the history is read, there is nothing to tell', async () => {
  const { directory } = await makeRepository({}, ...commits);
  const data = await evaluateRepository(job(directory), hostOf({ signal: AbortSignal.abort() }));
  expect(data.summary.n).toBe(0);
});

test.each([
  ['an empty folder', {}],
  ['prose alone', { 'README.md': 'Nothing to complete here.\n' }],
])('%s is one sentence', async (_, files) => {
  const directory = await makeTree(files);
  await expect(evaluateRepository(job(directory), hostOf())).rejects.toThrow(
    'There is no code in this folder that a suggestion could be measured on.',
  );
});

test('the same seed gives the same places and offers, and another one other places', async () => {
  const { directory } = await makeRepository({}, ...commits);
  const told = async (seed: number) => {
    const { cases } = await evaluateRepository(job(directory, { seed, holes: 40 }), hostOf());
    return cases.map(({ result: { ms: _, stages: __, ...result }, ...one }) => ({ ...one, result }));
  };
  const first = await told(1);
  expect(await told(1)).toEqual(first);
  expect(await told(2)).not.toEqual(first);
});

test('whoever has switched Wisp off is still told what it would be worth', async () => {
  const { directory } = await makeRepository({}, ...commits);
  const settings = { ...defaultSettings, enable: false };
  const { summary } = await evaluateRepository(job(directory, { settings }), hostOf());
  expect(summary.offered).toBeGreaterThan(0);
});

test('no secret of the code stands in what is told of it', async () => {
  const secret = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`;
  const withSecret = (thing: string) =>
    moduleOf(thing).replace(
      'clock.now() });\n}\n\n',
      `clock.now() });\n}\n\nconst githubToken = '${secret}';\n`,
    );
  const { directory } = await makeRepository(
    {},
    ...THINGS.map(thing => ({ [`src/${thing.toLowerCase()}.ts`]: withSecret(thing) })),
  );
  const data: ReportData = await evaluateRepository(job(directory, { holes: 500 }), hostOf());
  const { cases } = data;
  expect(
    cases.some(({ above, linePrefix, target }) => (above + linePrefix + target).includes('githubToken')),
  ).toBe(true);
  const told = cases.map(({ result: _, ...shown }) => shown);
  expect(JSON.stringify(told)).not.toContain(secret);
});
