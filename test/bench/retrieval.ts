/**
 * What the index costs at a size, beside two libraries that do the same:
 *
 *     node --expose-gc test/bench/retrieval.ts DIR CHUNKS [--alone]
 *
 * Takes files from all over the folder until they make about so many chunks. Everything runs as in the engine: two
 * indexing processes, syntax, a store on disk. `--alone` leaves the libraries out.
 */

import { readFileSync } from 'node:fs';
import { appendFile, cp, mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { systemClock } from '../../src/base/clock.ts';
import { silentLog } from '../../src/base/log.ts';
import { LANGUAGES, languageOfPath } from '../../src/domain/languages.ts';
import type { CompletionContext } from '../../src/domain/request.ts';
import type { CodeIndex } from '../../src/indexing/codeIndex.ts';
import { nodeDisk } from '../../src/indexing/disk.ts';
import { IndexKeeper } from '../../src/indexing/indexKeeper.ts';
import { Pacer } from '../../src/indexing/pacer.ts';
import { RecordStore } from '../../src/indexing/recordStore.ts';
import { scan } from '../../src/indexing/scan.ts';
import { splitAnalyser } from '../../src/indexing/splitAnalyser.ts';
import { StoredIndex } from '../../src/indexing/storedIndex.ts';
import { LexicalRetriever } from '../../src/retrieval/lexical.ts';
import type { Retrieval } from '../../src/retrieval/retrieve.ts';
import { retrievalOf } from '../../src/retrieval/sources.ts';
import { indexerPlaces, indexerScript } from '../support/indexerPlaces.ts';
import { randomFrom } from '../support/random.ts';
import { measureLibraries } from './retrieval/libraries.ts';
import { heapUsed, row, spread, time } from './retrieval/rows.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { alone: { type: 'boolean' } },
});
const [directory, size = '10000'] = positionals;
if (!directory)
  throw new Error('Which directory? node --expose-gc test/bench/retrieval.ts DIR CHUNKS [--alone]');

/** Places asked before, so that what is timed is compiled. */
const WARM_UP = 50;
const QUERIES = 200;
const LIBRARY_QUERIES = 60;
/** Of snippets, fused. */
const TOKENS = 1_024;
const UPDATES = 40;
/** A person looks at what he has typed before he saves it. */
const TYPED_BEFORE_MS = 700;
/** Source files of many repositories come to about so many bytes a chunk. */
const BYTES_A_CHUNK = 950;
const LIMITS = { exclude: [], maxFileBytes: 512 * 1024, maxSourceBytes: 1e10 };
const never = new AbortController().signal;
const random = randomFrom(1);

const folder = await mkdtemp(join(tmpdir(), 'wisp-bench-'));
const source = join(folder, 'src');
const store = join(folder, 'store');
let startedAt = 0;
let startedCpu = process.threadCpuUsage();
const { places, remove } = await indexerPlaces(...new Set(LANGUAGES.flatMap(({ grammar }) => grammar ?? [])));
try {
  await copySome(directory, Number(size) * BYTES_A_CHUNK);
  await measure();
} finally {
  await remove();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** Copies files of a folder, spread over all of it, until they have so many bytes. */
async function copySome(from: string, bytes: number): Promise<void> {
  const files: { path: string; file: string; size: number }[] = [];
  const root = { directory: from, prefix: '' };
  for await (const batch of scan({ root, ...LIMITS, disk: nodeDisk }, never)) files.push(...batch.files);
  const total = files.reduce((sum, file) => sum + file.size, 0);
  const share = Math.min(1, bytes / total);
  for (const { path, file } of files.filter(() => random() < share)) {
    await mkdir(join(source, dirname(path)), { recursive: true });
    await cp(file, join(source, path));
  }
}

async function measure(): Promise<void> {
  const before = heapUsed();
  const keeper = newKeeper();
  const lexical: number[] = [];
  const fused: number[] = [];
  const retrieval = retrievalIn(keeper);
  const timer = setInterval(() => {
    const context = placeIn(keeper.index);
    if (!context) return;
    lexical.push(time(() => new LexicalRetriever(() => keeper.index).retrieve(context)));
    fused.push(time(() => retrieval.retrieve(context, TOKENS)));
  }, 40);
  const cold = await held(() => open(keeper));
  clearInterval(timer);
  const { files, chunks, bytes } = keeper.report;
  row('files, chunks, MB of source', `${files}, ${chunks}, ${(bytes / 1e6).toFixed(1)}`);
  row(
    'cold index',
    `${(bytes / 1e3 / cold.ms).toFixed(1)} MB/s, ${Math.round((files / cold.ms) * 1e3)} files/s, ${(cold.ms / 1e3).toFixed(1)} s`,
  );
  row('  of processor time, without the indexing processes', `${(cold.cpuMs / 1e3).toFixed(1)} s`);
  row('  longest hold of the engine meanwhile', `${cold.longest.toFixed(0)} ms`);
  row('  query of the lexical source meanwhile, p50 / p95', spread(lexical));
  row('  all sources fused meanwhile, p50 / p95', spread(fused));
  row('  memory of the process at its end', `${(process.memoryUsage.rss() / 1e6).toFixed(0)} MB resident`);
  const grown = heapUsed() - before + keeper.index.memory;
  row(
    'memory that the index holds',
    `${(grown / 1e6).toFixed(0)} MB, ${(grown / bytes).toFixed(2)} bytes a byte of source`,
  );
  row('  of it large arrays', `${(keeper.index.memory / 1e6).toFixed(0)} MB`);
  await measureUpdates(keeper);
  const saved = await held(() => keeper.shutdown());
  const { size } = await stat(join(store, 'index.bin'));
  row(
    'store',
    `${(size / 1e6).toFixed(0)} MB, written in ${saved.ms.toFixed(0)} ms, longest hold ${saved.longest.toFixed(0)} ms`,
  );

  const again = newKeeper();
  const loaded = await held(async () => {
    const opened = open(again);
    while (again.index.report.files === 0) await new Promise(resolve => setImmediate(resolve));
    const { user, system } = process.threadCpuUsage(startedCpu);
    const ms = performance.now() - startedAt;
    row(
      'warm start: searchable',
      `${ms.toFixed(0)} ms, ${((user + system) / 1e3).toFixed(0)} ms of processor time`,
    );
    await opened;
  });
  row(
    '  compared with the disk',
    `${loaded.ms.toFixed(0)} ms, ${again.report.fromCache} of ${files} files as they were`,
  );
  row('  longest hold', `${loaded.longest.toFixed(0)} ms`);
  measureQueries(again);
  if (!values.alone) await measureLibraries(again.index, contextsIn(again.index, LIBRARY_QUERIES), folder);
  await again.shutdown();
}

/**
 * Runs something; how long it takes by the clock and of all threads' processor time, and the longest stretch of this
 * thread's processor time in which it could answer nobody.
 */
async function held(work: () => Promise<unknown>): Promise<{ ms: number; cpuMs: number; longest: number }> {
  let longest = 0;
  let last = process.threadCpuUsage();
  const timer = setInterval(() => {
    const { user, system } = process.threadCpuUsage(last);
    longest = Math.max(longest, (user + system) / 1e3);
    last = process.threadCpuUsage();
  }, 1);
  startedAt = performance.now();
  startedCpu = process.threadCpuUsage();
  const before = process.cpuUsage();
  await work();
  const ms = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(before);
  await new Promise(resolve => setTimeout(resolve, 20));
  clearInterval(timer);
  return { ms, cpuMs: (user + system) / 1e3, longest };
}

function newKeeper(): IndexKeeper {
  const records = join(store, 'records');
  const clock = systemClock;
  const analyser = splitAnalyser({
    program: indexerScript,
    places: { ...places, records },
    cores: availableParallelism(),
    clock,
    log: silentLog,
  });
  return new IndexKeeper({
    analyser,
    disk: nodeDisk,
    clock,
    log: { ...silentLog, error: message => console.error(message) },
    records: new RecordStore(records),
    stored: new StoredIndex(join(store, 'index.bin'), clock, silentLog),
    pacer: new Pacer(clock),
    onProgress: () => {},
  });
}

function open(keeper: IndexKeeper): Promise<unknown> {
  keeper.open([{ name: 'src', directory: source }], LIMITS);
  return keeper.settled(never);
}

/** As an editor does it: the text is known while it is typed, and saved a while later. */
async function measureUpdates(keeper: IndexKeeper): Promise<void> {
  const typed: number[] = [];
  const unheralded: number[] = [];
  const paths = keeper.index.paths();
  for (let i = 0; i < UPDATES; i++) {
    const path = paths[Math.floor(random() * paths.length)]!;
    const file = join(source, path);
    const added = `\nconst changed${i} = ${i};\n`;
    const isTyped = i % 2 === 0;
    if (isTyped) {
      const text = readFileSync(file, 'utf8') + added;
      keeper.unsaved({ path, languageId: languageOfPath(path)?.id ?? '', text });
      await new Promise(resolve => setTimeout(resolve, TYPED_BEFORE_MS));
    }
    await appendFile(file, added);
    const start = performance.now();
    keeper.filesChanged([file]);
    await keeper.settled(never);
    (isTyped ? typed : unheralded).push(performance.now() - start);
  }
  row('one file, typed in and saved, to searchable, p50 / p95', spread(typed));
  row('one file, changed by another program, p50 / p95', spread(unheralded));
}

function measureQueries(keeper: IndexKeeper): void {
  const retriever = new LexicalRetriever(() => keeper.index);
  const retrieval = retrievalIn(keeper);
  for (const context of contextsIn(keeper.index, WARM_UP)) retrieval.retrieve(context, TOKENS);
  const contexts = contextsIn(keeper.index, QUERIES);
  row(
    'query of the lexical source, idle, p50 / p95',
    spread(contexts.map(context => time(() => retriever.retrieve(context)))),
  );
  row(
    'all sources fused, idle, p50 / p95',
    spread(contexts.map(context => time(() => retrieval.retrieve(context, TOKENS)))),
  );
}

/** Retrieval as the engine has it, without a session. */
function retrievalIn(keeper: IndexKeeper): Retrieval {
  const readText = (path: string) => readFileSync(join(source, path), 'utf8');
  return retrievalOf({ keeper, readText, savedText: () => undefined, embedded: undefined }).retrieval;
}

function contextsIn(index: CodeIndex, count: number): readonly CompletionContext[] {
  return Array.from({ length: count }, () => placeIn(index)).filter(context => context !== undefined);
}

/** A cursor at the beginning of some line of some file. */
function placeIn(index: CodeIndex): CompletionContext | undefined {
  const paths = index.paths();
  const path = paths[Math.floor(random() * paths.length)];
  if (path === undefined) return undefined;
  const text = readFileSync(join(source, path), 'utf8');
  const lines = text.split('\n');
  const line = Math.floor(random() * lines.length);
  const prefix = lines
    .slice(0, line)
    .map(one => `${one}\n`)
    .join('');
  const document = { uri: path, path, languageId: languageOfPath(path)!.id, version: 1, text };
  const position = { line, character: 0 };
  return {
    requestId: 'r',
    document,
    position,
    prefix,
    suffix: text.slice(prefix.length),
    trigger: 'automatic',
  };
}
