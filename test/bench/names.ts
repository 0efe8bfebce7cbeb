/**
 * What the guards of names say of true lines, and of the same lines with an invented name:
 *   node test/bench/names.ts DIR... [--holes 400] [--seed 1] [--files] [--show]
 * On a repository's history the workspace is the tree before the commit, with what its author had done of it by then
 * (`evals/replay.ts`); `--files` takes lines out of the files as they are, where dependencies may be installed.
 */
import { readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { inProcess, type Remote } from '../../src/base/port.ts';
import { compose } from '../../src/compose.ts';
import { languageOf } from '../../src/domain/languages.ts';
import type { EngineApi } from '../../src/engine/api.ts';
import { GitObjects } from '../../src/evals/gitObjects.ts';
import { GitTreeDisk } from '../../src/evals/gitTree.ts';
import { historyHoles } from '../../src/evals/history.ts';
import type { Hole } from '../../src/evals/holes.ts';
import { maskedHoles } from '../../src/evals/maskedHoles.ts';
import { withHoleOpen } from '../../src/evals/openHole.ts';
import { seeded } from '../../src/evals/random.ts';
import { Replay } from '../../src/evals/replay.ts';
import { nameUses } from '../../src/guardrails/nameUses.ts';
import { randomFrom } from '../support/random.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    holes: { type: 'string', default: '400' },
    seed: { type: 'string', default: '1' },
    files: { type: 'boolean', default: false },
    show: { type: 'boolean', default: false },
  },
});
const random = randomFrom(Number(values.seed));
const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
const signal = new AbortController().signal;
function engineOn(disk?: GitTreeDisk): Remote<EngineApi> {
  const { api } = compose({
    events: { status() {}, improved() {}, outage() {}, log() {} },
    assets: resolve(import.meta.dirname, '../../dist'),
    indexer: 'in-process',
    ...(disk && { disk, readNow: disk.readNow }),
  });
  return inProcess(api);
}

async function opened(engine: Remote<EngineApi>, directory: string): Promise<void> {
  await engine.openWorkspace({ folders: [{ name: 'w', directory }], trusted: true, filesExclude: [] });
  await engine.indexed({});
}

async function ofHistory(directory: string, tally: Tally): Promise<void> {
  const objects = await GitObjects.open(directory);
  const [seed, count] = [Number(values.seed), Number(values.holes)];
  const { holes } = await historyHoles(objects, { seed, holes: count, signal });
  const disk = new GitTreeDisk(objects);
  await disk.checkout(holes[0]!.parent);
  const engine = engineOn(disk);
  await opened(engine, directory);
  const replay = new Replay({ engine, disk, directory: join(objects.top, objects.prefix), session: true });
  for (const hole of holes) {
    await replay.enter(hole);
    await tally.take(engine, directory, hole);
  }
  await engine.shutdown({});
  objects.close();
}

async function ofFiles(directory: string, tally: Tally): Promise<void> {
  const engine = engineOn();
  await opened(engine, directory);
  const read = (path: string) => readFile(join(directory, path), 'utf8').catch(() => undefined);
  const options = { count: Number(values.holes), random: seeded(Number(values.seed)) };
  const holes = await maskedHoles(await engine.files({}), read, options);
  // The first question about a package has its typings read in the background.
  for (const hole of holes) await new Tally().take(engine, directory, hole);
  await new Promise(resolve => setTimeout(resolve, 3_000));
  for (const hole of holes) await tally.take(engine, directory, hole);
  await engine.shutdown({});
}

class Tally {
  readonly #counts = { lines: 0, blocks: 0, doubted: 0, refused: 0, renamed: 0, seen: 0, other: 0 };

  async take(engine: Remote<EngineApi>, directory: string, hole: Hole): Promise<void> {
    const place = { directory, signal };
    await withHoleOpen(engine, { ...hole, text: hole.prefix + hole.suffix }, place, async () => {
      const check = (text: string) => engine.check({ ...hole, languageId: hole.language, text });
      await this.#truth(hole, check);
      await this.#invented(hole, check);
    });
  }

  row(): Record<string, string | number> {
    const { lines, blocks, doubted, refused, renamed, seen, other } = this.#counts;
    const share = (part: number, whole: number) => `${((100 * part) / Math.max(1, whole)).toFixed(2)} %`;
    return {
      ...this.#counts,
      'doubted %': share(doubted, lines + blocks),
      'refused %': share(refused, lines + blocks),
      'seen %': share(seen, renamed - other),
    };
  }

  async #truth(hole: Hole, check: Check): Promise<void> {
    const counts = this.#counts;
    const { doubts, guard, reason } = await check(hole.target);
    counts[hole.target.includes('\n') ? 'blocks' : 'lines']++;
    if (doubts.length > 0) counts.doubted++;
    if (guard === 'missingImport') counts.refused++;
    if (doubts.length > 0) show('DOUBTED', hole, doubts.join('; '), hole.target);
    if (guard === 'missingImport') show('REFUSED', hole, reason ?? '', hole.target);
  }

  async #invented(hole: Hole, check: Check): Promise<void> {
    const invented = inventing(hole);
    if (!invented) return;
    const counts = this.#counts;
    counts.renamed++;
    const { doubts, verdict } = await check(invented.text);
    if (doubts.some(doubt => doubt.includes(`'${invented.name}'`))) counts.seen++;
    else if (verdict === 'refused') counts.other++;
    else show('UNSEEN', hole, invented.name, invented.text);
  }
}

type Check = (text: string) => ReturnType<Remote<EngineApi>['check']>;

function show(what: string, { path }: Hole, why: string, text: string): void {
  if (values.show) console.log(what, path, why, '|', text.trim().split('\n')[0]);
}

/** The true text with one of the names that it calls or looks up exchanged for one of words that exist. */
function inventing(hole: Hole): { readonly text: string; readonly name: string } | undefined {
  const linePrefix = hole.prefix.slice(hole.prefix.lastIndexOf('\n') + 1);
  const uses = nameUses(linePrefix, hole.target, languageOf(hole.language));
  const whole = uses.filter(({ name }) => wordOf(name).test(hole.target));
  if (whole.length === 0) return undefined;
  const { name } = pick(whole);
  const invented = like(name, hole.language);
  return { text: hole.target.replace(wordOf(name), () => invented), name: invented };
}

function wordOf(name: string): RegExp {
  return new RegExp(`(?<![\\w$])${name.replaceAll('$', '\\$')}(?![\\w$])`);
}

function like(name: string, language: string): string {
  const verb = pick(['fetch', 'resolve', 'apply', 'compute', 'merge', 'ensure']);
  const adjective = pick(['Remote', 'Pending', 'Nested', 'Cached', 'Partial', 'Shared']);
  const noun = adjective + pick(['Entries', 'State', 'Scope', 'Bounds', 'Cursor']);
  if (name.includes('_') || /^(?:python|ruby|rust)$/.test(language)) {
    return verb + noun.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`);
  }
  return (/^[A-Z]/.test(name) ? verb[0]!.toUpperCase() + verb.slice(1) : verb) + noun;
}

const rows: Record<string, Record<string, string | number>> = {};
for (const directory of positionals.map(given => resolve(given))) {
  const tally = new Tally();
  await (values.files ? ofFiles(directory, tally) : ofHistory(directory, tally));
  rows[basename(directory)] = tally.row();
  console.log(basename(directory), JSON.stringify(tally.row()));
}
console.table(rows);
