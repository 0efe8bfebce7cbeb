/**
 * How long retrieval takes, source by source and all fused into 1,024 tokens, at random places of a workspace:
 *
 *     node test/bench/sources.ts DIR… [--places 300] [--store DIR]
 *
 * With several folders they are one workspace. With `--store` the index is kept between runs, so that a second run times
 * nothing but retrieval. Files are open and edited as in a session. Times are those of the processor on this thread, so
 * that a busy machine counts little. With `--digests FILE` it writes down what came out at every place, so that two builds
 * can be compared. Needs `npm run build` for the grammars.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { systemClock } from '../../src/base/clock.ts';
import { hashOf } from '../../src/base/hash.ts';
import { inProcess } from '../../src/base/port.ts';
import { compose } from '../../src/compose.ts';
import { languageOfPath } from '../../src/domain/languages.ts';
import type { CompletionContext } from '../../src/domain/request.ts';
import { defaultSettings } from '../../src/domain/settings.ts';
import { TraceRecorder } from '../../src/domain/trace.ts';
import { quantile } from '../../src/evals/statistics.ts';
import { randomFrom } from '../support/random.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    places: { type: 'string', default: '300' },
    store: { type: 'string' },
    digests: { type: 'string' },
  },
});
if (positionals.length === 0) throw new Error('Which folders? node test/bench/sources.ts DIR…');
const BUDGET = 1_024;
const OPEN_FILES = 8;
const WARM_UP = 50;
const random = randomFrom(1);
const nobody = new Int32Array(new SharedArrayBuffer(4));
const silent = () => {};
const { api, retrieval, index } = compose({
  events: { status: silent, improved: silent, outage: silent, log: silent },
  assets: resolve(import.meta.dirname, '../../dist'),
  indexer: 'threads',
  clock: systemClock,
  ...(values.store !== undefined && { storage: values.store }),
});
const engine = inProcess(api);
const folders = positionals.map(directory => ({ name: basename(directory), directory: resolve(directory) }));
const limits = { ...defaultSettings.index, maxSourceMegabytes: 1_000 };
await engine.configure({ settings: { ...defaultSettings, index: limits } });
await engine.openWorkspace({ folders, trusted: true, filesExclude: [] });
const report = await engine.indexed({});
const code = (await engine.files({})).filter(path => languageOfPath(path)?.grammar !== undefined).sort();
let lines = 0;
for (const path of code) lines += textOf(path).split('\n').length;
console.log(
  `${report.files} files, ${report.chunks} chunks, ${(report.bytes / 1e6).toFixed(1)} MB, ${lines} lines of code`,
);

for (let i = 0; i < OPEN_FILES; i++) {
  const path = somePath();
  const file = index.paths.fileOf(path)!;
  const document = { uri: pathToFileURL(file).href, file, languageId: languageOfPath(path)!.id, version: 1 };
  const text = textOf(path);
  await engine.open({ ...document, text, dirty: false });
  const line = Math.floor(random() * text.split('\n').length);
  const start = { line, character: 0 };
  await engine.change({
    uri: document.uri,
    version: 2,
    changes: [{ range: { start, end: start }, text: '\n' }],
  });
}
await engine.indexed({});

const times = new Map<string, number[]>();
const add = (stage: string, ms: number) => times.set(stage, [...(times.get(stage) ?? []), ms]);
const digests: string[] = [];
for (let i = 0; i < WARM_UP + Number(values.places); i++) {
  const context = somePlace();
  const trace = new TraceRecorder('bench', worked);
  // Every other place is asked without asking what each source takes: the question itself takes time.
  const whole = i % 2 === 0;
  const began = worked();
  const snippets = retrieval.retrieve(context, BUDGET, whole ? undefined : trace);
  const all = worked() - began;
  digests.push(
    `${context.document.path}:${context.position.line + 1} ${hashOf(Buffer.from(JSON.stringify(snippets)))}`,
  );
  if (i < WARM_UP) continue;
  for (const { stage, ms } of trace.finish().stages) add(stage, ms);
  if (whole) add('all, fused and packed', all);
}
if (values.digests !== undefined) writeFileSync(values.digests, `${digests.join('\n')}\n`);
for (const [stage, taken] of times) {
  const [p50, p95, most] = [0.5, 0.95, 1].map(share => quantile(taken, share)!.toFixed(2));
  console.log(`${stage.padEnd(28)} ${p50} / ${p95} / ${most} ms (n ${taken.length})`);
}
await engine.shutdown({});

/** Milliseconds that the processor has worked for this thread: they are counted up to date when it has just paused. */
function worked(): number {
  Atomics.wait(nobody, 0, 0, 0.02);
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

function somePath(): string {
  return code[Math.floor(random() * code.length)]!;
}

/** A cursor at the end of some line, with all of the file around it. */
function somePlace(): CompletionContext {
  const path = somePath();
  const text = textOf(path);
  const rows = text.split('\n');
  const line = Math.floor(random() * rows.length);
  const prefix = rows.slice(0, line + 1).join('\n');
  const uri = pathToFileURL(join('/', path)).href;
  return {
    requestId: 'bench',
    document: { uri, path, languageId: languageOfPath(path)!.id, version: 1, text },
    position: { line, character: rows[line]!.length },
    prefix,
    suffix: text.slice(prefix.length),
    trigger: 'automatic',
  };
}

function textOf(path: string): string {
  return readFileSync(index.paths.fileOf(path)!, 'utf8');
}
