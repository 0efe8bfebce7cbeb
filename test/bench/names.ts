/**
 * What the guards of names say of true lines, and of the same lines with an invented name, on a repository's history:
 *   node test/bench/names.ts DIR... [--holes 400] [--seed 1] [--show]
 * The workspace is the tree before the commit, with what its author had done of it by then (`evals/replay.ts`).
 */
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { inProcess } from '../../src/base/port.ts';
import { compose } from '../../src/compose.ts';
import { languageOf } from '../../src/domain/languages.ts';
import { GitObjects } from '../../src/evals/gitObjects.ts';
import { GitTreeDisk } from '../../src/evals/gitTree.ts';
import { type HistoryHole, historyHoles } from '../../src/evals/history.ts';
import { withHoleOpen } from '../../src/evals/openHole.ts';
import { Replay } from '../../src/evals/replay.ts';
import { nameUses } from '../../src/guardrails/nameUses.ts';
import { randomFrom } from '../support/random.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    holes: { type: 'string', default: '400' },
    seed: { type: 'string', default: '1' },
    show: { type: 'boolean', default: false },
  },
});
const random = randomFrom(Number(values.seed));
const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;
const signal = new AbortController().signal;
const rows: Record<string, Record<string, string | number>> = {};
for (const directory of positionals) rows[basename(directory)] = await measure(resolve(directory));
console.table(rows);

async function measure(directory: string): Promise<Record<string, string | number>> {
  const objects = await GitObjects.open(directory);
  const history = await historyHoles(objects, {
    seed: Number(values.seed),
    holes: Number(values.holes),
    signal,
  });
  const disk = new GitTreeDisk(objects);
  await disk.checkout(history.holes[0]!.parent);
  const { api } = compose({
    events: { status() {}, improved() {}, outage() {}, log() {} },
    assets: resolve(import.meta.dirname, '../../dist'),
    indexer: 'in-process',
    disk,
    readNow: disk.readNow,
  });
  const engine = inProcess(api);
  await engine.openWorkspace({ folders: [{ name: 'w', directory }], trusted: true, filesExclude: [] });
  await engine.indexed({});
  const replay = new Replay({ engine, disk, directory: join(objects.top, objects.prefix), session: true });
  const counts = { lines: 0, blocks: 0, doubted: 0, refused: 0, renamed: 0, seen: 0, other: 0 };
  const times: number[] = [];
  for (const hole of history.holes) {
    await replay.enter(hole);
    const place = { directory, signal };
    await withHoleOpen(engine, { ...hole, text: hole.prefix + hole.suffix }, place, async () => {
      const check = (text: string) => engine.check({ ...hole, languageId: hole.language, text });
      const truth = await check(hole.target);
      counts[hole.target.includes('\n') ? 'blocks' : 'lines']++;
      times.push(truth.ms);
      if (truth.doubts.length > 0) {
        counts.doubted++;
        if (values.show)
          console.log('DOUBTED', hole.path, truth.doubts.join('; '), '|', hole.target.split('\n')[0]);
      }
      if (truth.guard === 'missingImport') {
        counts.refused++;
        console.log('REFUSED', hole.path, truth.reason, '|', hole.target);
      }
      const invented = inventing(hole);
      if (!invented) return;
      counts.renamed++;
      const report = await check(invented.text);
      if (report.doubts.some(doubt => doubt.includes(`'${invented.name}'`))) counts.seen++;
      else if (report.verdict === 'refused') counts.other++;
      else if (values.show)
        console.log('UNSEEN', hole.path, invented.name, '|', invented.text.split('\n')[0]);
    });
  }
  await engine.shutdown({});
  objects.close();
  const share = (part: number, whole: number) => `${((100 * part) / Math.max(1, whole)).toFixed(2)} %`;
  times.sort((a, b) => a - b);
  return {
    ...counts,
    'doubted %': share(counts.doubted, history.holes.length),
    'refused %': share(counts.refused, history.holes.length),
    'seen %': share(counts.seen, counts.renamed - counts.other),
  };
}

/** The true text with one of the names that it calls or looks up exchanged for one of words that exist. */
function inventing(hole: HistoryHole): { readonly text: string; readonly name: string } | undefined {
  const linePrefix = hole.prefix.slice(hole.prefix.lastIndexOf('\n') + 1);
  const uses = nameUses(linePrefix, hole.target, languageOf(hole.language));
  const whole = uses.filter(({ name }) =>
    new RegExp(`(?<![\\w$])${name.replaceAll('$', '\\$')}(?![\\w$])`).test(hole.target),
  );
  if (whole.length === 0) return undefined;
  const { name } = pick(whole);
  const snake = name.includes('_') || /^(?:python|ruby|rust)$/.test(hole.language);
  const verb = pick(['fetch', 'resolve', 'apply', 'compute', 'merge', 'ensure']);
  const noun =
    pick(['Remote', 'Pending', 'Nested', 'Cached', 'Partial', 'Shared']) +
    pick(['Entries', 'State', 'Scope', 'Bounds', 'Cursor']);
  const invented = snake
    ? `${verb}${noun.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)}`
    : (/^[A-Z]/.test(name) ? verb[0]!.toUpperCase() + verb.slice(1) : verb) + noun;
  const text = hole.target.replace(
    new RegExp(`(?<![\\w$])${name.replaceAll('$', '\\$')}(?![\\w$])`),
    () => invented,
  );
  return { text, name: invented };
}
