/**
 * How long an answer takes while somebody types, on a real repository:
 *   node --expose-gc test/bench/ask.ts DIR [--lines 300] [--seed 1] [--indexing]
 * With --indexing everything is read anew all the while. Random lines are taken out of files and typed again character by character, with a question after each. The engine
 * runs in this process, so that no other thread's scheduling is measured. Needs `npm run build` for the grammars.
 */
import { readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { systemClock } from '../../src/base/clock.ts';
import { inProcess } from '../../src/base/port.ts';
import { linePrefixOf } from '../../src/base/text.ts';
import { compose } from '../../src/compose.ts';
import { suggestionOf } from '../../src/domain/outcome.ts';
import { defaultSettings } from '../../src/domain/settings.ts';
import type { Hole } from '../../src/evals/holes.ts';
import { maskedHoles } from '../../src/evals/maskedHoles.ts';
import { seeded } from '../../src/evals/random.ts';
import { quantile } from '../../src/evals/statistics.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    lines: { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
    indexing: { type: 'boolean', default: false },
  },
});
const directory = resolve(positionals[0] ?? '.');
const signal = new AbortController().signal;

const heapBefore = heapUsed();
const { api, index } = compose({
  events: { status() {}, improved() {}, outage() {}, log() {} },
  assets: resolve(import.meta.dirname, '../../dist'),
  indexer: 'threads',
});
const engine = inProcess(api);
await engine.configure({ settings: defaultSettings });
await engine.openWorkspace({
  folders: [{ name: basename(directory), directory }],
  trusted: true,
  filesExclude: [],
});
const report = await engine.indexed({});
console.log(
  `${report.files} files, ${(report.bytes / 1e6).toFixed(1)} MB, indexed in ${report.seconds.toFixed(1)} s`,
);

// The keeper stores and tidies first.
await new Promise(resolve => setTimeout(resolve, 2_000));
const perMegabyte = (bytes: number) => (bytes / report.bytes).toFixed(2);
console.log(
  `${(report.bytes / 1e6 / report.seconds).toFixed(1)} MB/s; memory ${perMegabyte(heapUsed() - heapBefore + index.index.memory)} MB a MB of ` +
    `source, ${perMegabyte(index.index.memory)} of it large arrays`,
);

/** Milliseconds by what they were spent on. */
const times = new Map<string, number[]>();
function note(what: string, ms: number): void {
  const noted = times.get(what);
  if (noted) noted.push(ms);
  else times.set(what, [ms]);
}

const read = (path: string) => readFile(join(directory, path), 'utf8').catch(() => undefined);
const holes = await maskedHoles(await engine.files({}), read, {
  count: Number(values.lines),
  random: seeded(Number(values.seed)),
});
let done = false;
const indexing = values.indexing ? indexAgainAndAgain() : undefined;
for (const hole of holes) await typeAgain(hole);
done = true;
await indexing;
print();
await engine.shutdown({});

async function indexAgainAndAgain(): Promise<void> {
  let rounds = 0;
  for (; !done; rounds++) await engine.reindex({}, signal);
  console.log(`read anew ${rounds} times meanwhile`);
}

function heapUsed(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

async function typeAgain({ id, path, prefix, suffix, target, language }: Hole): Promise<void> {
  const file = join(directory, path);
  const uri = pathToFileURL(file).href;
  const line = prefix.split('\n').length - 1;
  const start = linePrefixOf(prefix).length;
  const text = prefix + suffix;
  await engine.open({ uri, file, languageId: language, version: 1, text, dirty: true });
  if (!values.indexing) await engine.indexed({});
  for (let typed = 0; typed <= target.length; typed++) {
    const version = typed + 1;
    const position = { line, character: start + typed };
    if (typed > 0) {
      const at = { line, character: start + typed - 1 };
      const changes = [{ range: { start: at, end: at }, text: target[typed - 1]! }];
      const began = systemClock.elapsed();
      await engine.change({ uri, version, changes });
      note('(edit)', systemClock.elapsed() - began);
    }
    const began = systemClock.elapsed();
    const { outcome, trace } = await engine.complete(
      { id, uri, version, position, trigger: 'automatic' },
      signal,
    );
    const ms = systemClock.elapsed() - began;
    note('all questions', ms);
    const source = suggestionOf(outcome)?.source;
    note(source ? `${outcome.kind} by ${source}` : outcome.kind, ms);
    for (const stage of trace.stages) note(`  stage: ${stage.stage}`, stage.ms);
  }
  await engine.close({ uri });
}

function print(): void {
  const rows = [...times]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([what, ms]) => {
      const at = (p: number) => Number(quantile(ms, p)!.toFixed(2));
      return [what, { n: ms.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) }];
    });
  console.table(Object.fromEntries(rows));
}
