// How fast a workspace is read: `node test/bench/analyse.ts DIR [DIR…]` prints a table. Threads and processes run from source.
import { cpus } from 'node:os';
import { systemClock } from '../../src/base/clock.ts';
import { silentLog } from '../../src/base/log.ts';
import { LANGUAGES } from '../../src/domain/languages.ts';
import { type Analyser, InProcessAnalyser } from '../../src/indexing/analyser.ts';
import { nodeDisk } from '../../src/indexing/disk.ts';
import { HostedAnalyser } from '../../src/indexing/hostedAnalyser.ts';
import { hostInProcess, hostInThread } from '../../src/indexing/indexerHosts.ts';
import { type FileRef, scan } from '../../src/indexing/scan.ts';
import { Grammars } from '../../src/syntax/grammars.ts';
import { Outliner } from '../../src/syntax/outline.ts';
import { readGrammar, readQuery } from '../support/grammars.ts';
import { indexerPlaces, indexerScript } from '../support/indexerPlaces.ts';

const BATCH = 32;
const signal = new AbortController().signal;
const grammarNames = new Set(LANGUAGES.flatMap(({ grammar }) => grammar ?? []));
const { places, remove } = await indexerPlaces(...grammarNames);
const count = (counts: Map<string, number>, reason: string) =>
  counts.set(reason, (counts.get(reason) ?? 0) + 1);

function withSyntax(): Analyser {
  const grammars = new Grammars(readGrammar);
  return new InProcessAnalyser(nodeDisk, { grammars, outliner: new Outliner(grammars, readQuery) });
}

function hosted(hosts: number, host: typeof hostInThread): Analyser {
  const start = () => host(indexerScript, places);
  return new HostedAnalyser({ start, hosts, idleMs: 60_000, clock: systemClock, log: silentLog });
}

async function scanned(directory: string, skipped: Map<string, number>): Promise<FileRef[]> {
  const files: FileRef[] = [];
  const options = { root: { directory, prefix: '' }, exclude: [], maxFileBytes: 512 * 1_024, disk: nodeDisk };
  for await (const batch of scan(options, signal)) {
    files.push(...batch.files);
    for (const skip of batch.skipped) count(skipped, skip.skipped);
  }
  return files;
}

/** Seconds that the files take, by the clock and of all threads' work, and what became of them. */
async function measure(analyser: Analyser, files: readonly FileRef[], lanes: number) {
  const start = performance.now();
  const cpuStart = process.cpuUsage();
  const skipped = new Map<string, number>();
  let chunks = 0;
  let tokens = 0;
  let next = 0;
  const lane = async () => {
    while (next < files.length) {
      const batch = files.slice(next, next + BATCH);
      next += BATCH;
      for (const result of await analyser.analyse(batch, signal)) {
        if ('skipped' in result) count(skipped, result.skipped);
        else {
          chunks += result.chunks.length;
          tokens += result.tokens.length;
        }
      }
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  const seconds = (performance.now() - start) / 1_000;
  const { user, system } = process.cpuUsage(cpuStart);
  await analyser.dispose();
  return { seconds, cpuSeconds: (user + system) / 1e6, chunks, tokens, skipped };
}

for (const directory of process.argv.slice(2)) {
  const skipped = new Map<string, number>();
  const start = performance.now();
  const files = await scanned(directory, skipped);
  const scanSeconds = (performance.now() - start) / 1_000;
  const megabytes = files.reduce((sum, { size }) => sum + size, 0) / 1e6;
  console.log(`${directory}: ${files.length} files, ${megabytes.toFixed(1)} MB, ${cpus().length} cores`);
  const row = (seconds: number) => ({
    seconds: Number(seconds.toFixed(2)),
    'files/s': Math.round(files.length / seconds),
    'MB/s': Number((megabytes / seconds).toFixed(1)),
  });
  const rows: Record<string, object> = { scan: row(scanSeconds) };
  const kinds: [string, () => Analyser, number][] = [
    ['by lines, in process', () => new InProcessAnalyser(nodeDisk), 1],
    ['tree-sitter, in process', withSyntax, 1],
    ['tree-sitter, 1 thread', () => hosted(1, hostInThread), 3],
    ['tree-sitter, 2 threads', () => hosted(2, hostInThread), 3],
    ['tree-sitter, 2 processes', () => hosted(2, hostInProcess), 3],
  ];
  for (const [name, make, lanes] of kinds) {
    const result = await measure(make(), files, lanes);
    const rss = `${Math.round(process.memoryUsage().rss / 1e6)} MB`;
    // Of this process alone: what others do is not known to it.
    const perCpuSecond = name.endsWith('processes') ? '' : Number((megabytes / result.cpuSeconds).toFixed(1));
    rows[name] = {
      ...row(result.seconds),
      'MB/cpu s': perCpuSecond,
      chunks: result.chunks,
      tokens: result.tokens,
      'rss after': rss,
    };
    if (name.startsWith('by lines'))
      for (const [reason, n] of result.skipped) skipped.set(reason, (skipped.get(reason) ?? 0) + n);
  }
  console.table(rows);
  console.log('left out:', Object.fromEntries(skipped), '\n');
}
await remove();
