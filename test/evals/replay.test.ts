import { expect, test } from 'vitest';
import { suggestionOf } from '../../src/domain/outcome.ts';
import { newSeed, randomFrom } from '../support/random.ts';
import { replayAll, type Seen } from '../support/replaying.ts';
import { makeRepository, type TestRepository } from '../support/repository.ts';

/** Code about one thing that resembles no code about another. */
const about = (name: string, lines: number) =>
  Array.from({ length: lines }, (_, i) => `export const ${name}${i} = read${name}(${name}Table, ${i});`);
const text = (...lines: readonly string[]) => lines.map(line => `${line}\n`).join('');

/** Three lines that stand nowhere by chance. */
const ANSWER = [
  'const parcel = weighParcel(order.parcel);',
  'const tariff = tariffOf(parcel.weight, order.zone);',
  'await ledger.charge(order.customer, tariff);',
];
const SHIP = ['export async function ship(order: Order) {', ...ANSWER, '}'];

/** Everything that could have been copied at a hole: the offer and all that retrieval found. */
const withinReach = ({ answer, found }: Seen) => [
  suggestionOf(answer.outcome)?.text ?? '',
  ...found.map(snippet => snippet.text),
];
const holding = (all: readonly Seen[], line: string) =>
  all.filter(one => withinReach(one).some(reached => reached.includes(line)));

const linesOf = (whole: string) => new Set(whole.split('\n').map(line => line.trim()));

function textBefore({ git }: TestRepository, { hole }: Seen, path: string): string {
  if (path === hole.path) return hole.prefix + hole.suffix;
  const recent = hole.recent.find(file => file.path === path);
  return recent?.text ?? git('show', `${hole.parent}:${path}`);
}

test('all that can be found at a hole stood in the tree before its commit, or was typed by then', async () => {
  const seed = newSeed();
  const random = randomFrom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const paths = ['a.ts', 'b.ts', 'c.ts', 'd.ts'];
  const files = new Map(paths.map(path => [path, about(path[0]!, 25)]));
  const repository = await makeRepository(
    Object.fromEntries([...files].map(([path, lines]) => [path, text(...lines)])),
  );
  for (let commit = 0; commit < 8; commit++) {
    for (const path of paths.filter(() => below(2) === 0)) {
      const lines = files.get(path)!;
      // Names that come with one commit are known to no other file and to no earlier commit.
      const added = about(`${path[0]!}Of${commit}`, 1 + below(4));
      files.set(path, lines.toSpliced(below(lines.length), below(3), ...added));
    }
    await repository.commit(Object.fromEntries([...files].map(([path, lines]) => [path, text(...lines)])));
  }
  const { seen, holes } = await replayAll(repository.directory);
  expect(seen, `seed ${seed}`).toHaveLength(holes.length);
  const places = seen.flatMap(one => one.found.map(snippet => ({ one, snippet })));
  expect(places.length, `seed ${seed}`).toBeGreaterThan(0);
  for (const { one, snippet } of places) {
    const there = linesOf(textBefore(repository, one, snippet.path));
    const invented = [...linesOf(snippet.text)].filter(line => !there.has(line));
    expect(invented, `seed ${seed}, ${one.hole.id}, ${snippet.path}`).toEqual([]);
  }
});

test('what a later commit and the work tree hold of the answer is out of reach', async () => {
  const repository = await makeRepository({ 'store.ts': text(...about('store', 10)) });
  await repository.commit({ 'ship.ts': text(...SHIP) });
  await repository.commit({ 'later.ts': text('// The same once more.', ...SHIP, ...about('later', 40)) });
  await repository.write({ 'unsaved.ts': text('// And again.', ...SHIP, ...about('unsaved', 40)) });
  const { seen } = await replayAll(repository.directory);
  const asked = seen.filter(({ hole }) => hole.path === 'ship.ts');
  expect(asked.length).toBeGreaterThan(0);
  for (const { files } of asked) expect(files).toEqual(['ship.ts', 'store.ts']);
  for (const one of asked) {
    const typed = linesOf(one.hole.prefix);
    for (const line of SHIP.filter(line => line !== '}' && !typed.has(line))) {
      expect(holding([one], line), line).toEqual([]);
    }
  }
});

test('an answer that stood elsewhere before the commit is within reach, and the leak check names the file', async () => {
  const repository = await makeRepository({
    'store.ts': text(...about('store', 10)),
    'planted.ts': text(...about('planted', 40), ...SHIP, ...about('more', 40)),
  });
  await repository.commit({ 'ship.ts': text(...SHIP) });
  const { seen } = await replayAll(repository.directory);
  const inner = seen.filter(({ hole }) => ANSWER.slice(0, 2).includes(hole.neighbourhood.line));
  expect(inner.length).toBeGreaterThan(0);
  for (const { hole } of inner) expect(hole.seenIn).toEqual(['planted.ts']);
  expect(inner.flatMap(one => withinReach(one)).join('\n')).toContain('tariffOf(parcel.weight, order.zone)');
});

test('a near-duplicate of the file is out of reach while the file is asked, and back for the next one', async () => {
  const parcels = [...SHIP, ...about('parcel', 20)];
  const zone = 'const tariff = tariffOf(parcel.weight, order.zone);';
  const repository = await makeRepository({
    'copy.ts': text('// The first of its kind.', ...parcels),
    'zone.ts': text(zone),
  });
  await repository.commit({
    'ship.ts': text(...parcels),
    'zone.ts': text(zone, 'await book(tariff, zones);'),
  });
  const { seen } = await replayAll(repository.directory, { session: false });
  const asked = seen.filter(({ hole }) => hole.path === 'ship.ts');
  expect(asked.length).toBeGreaterThan(0);
  for (const one of asked) {
    expect(one.hole.nearDuplicates).toEqual(['copy.ts']);
    expect(one.found.filter(({ path }) => path === 'copy.ts')).toEqual([]);
    expect(suggestionOf(one.answer.outcome)?.provenance.map(({ path }) => path) ?? []).not.toContain(
      'copy.ts',
    );
  }
  const other = seen.filter(({ hole }) => hole.path === 'zone.ts');
  expect(other.length).toBeGreaterThan(0);
  for (const { found } of other) expect(found.map(({ path }) => path)).toContain('copy.ts');
});

test('with a session, what the author had done of the commit by then is there; without one it is not', async () => {
  const repository = await makeRepository({
    'a.ts': text(...about('a', 5)),
    'b.ts': text('export const total = 1;'),
  });
  await repository.commit({
    'a.ts': text(...about('a', 5), 'export const weighParcel = (parcel: Parcel) => parcel.weight * 2;'),
    'b.ts': text('export const total = 1;', 'const weight = weighParcel(first.parcel);'),
  });
  const helper = 'export const weighParcel =';
  const reached = async (session: boolean) => {
    const { seen } = await replayAll(repository.directory, { session });
    const asked = seen.filter(({ hole }) => hole.path === 'b.ts');
    expect(asked.length).toBeGreaterThan(0);
    return holding(asked, helper).length;
  };
  expect(await reached(true)).toBeGreaterThan(0);
  expect(await reached(false)).toBe(0);
});

test('with a session, files of the commits before are open; without one the file of the hole is, and no other', async () => {
  const { directory } = await makeRepository(
    { 'a.ts': text(...about('a', 5)) },
    { 'b.ts': text(...about('b', 5)) },
    { 'a.ts': text(...about('a', 8)) },
  );
  const openAt = async (path: string, session: boolean) => {
    const { seen } = await replayAll(directory, { session });
    return new Set(seen.filter(({ hole }) => hole.path === path).map(({ open }) => open.join(' ')));
  };
  expect(await openAt('a.ts', true)).toEqual(new Set(['a.ts b.ts']));
  expect(await openAt('a.ts', false)).toEqual(new Set(['a.ts']));
  expect(await openAt('b.ts', false)).toEqual(new Set(['b.ts']));
});

test('the same repository and seed give the same offers', async () => {
  const { directory } = await makeRepository(
    { 'a.ts': text(...about('a', 20)) },
    { 'b.ts': text(...about('a', 5), ...about('b', 20)) },
    { 'a.ts': text(...about('a', 12), ...about('b', 3)) },
  );
  const offers = async () => {
    const { evaluation } = await replayAll(directory);
    return evaluation.holes.map(({ ms: _, stages: __, ...result }) => result);
  };
  const first = await offers();
  expect(first.some(({ offered }) => offered)).toBe(true);
  expect(await offers()).toEqual(first);
});
