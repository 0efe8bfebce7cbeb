import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { languageOfPath } from '../../src/domain/languages.ts';
import type { CompletionContext } from '../../src/domain/request.ts';
import { CodeIndex } from '../../src/indexing/codeIndex.ts';
import type { FileRecord } from '../../src/indexing/fileRecord.ts';
import { loadSnapshot, saveSnapshot } from '../../src/indexing/snapshotFile.ts';
import { LexicalRetriever } from '../../src/retrieval/lexical.ts';
import { Retrieval } from '../../src/retrieval/retrieve.ts';
import { lineRecord } from '../support/lineRecord.ts';
import { randomFrom } from '../support/random.ts';

/**
 * What the index costs, on a git work tree of one's own: `node --expose-gc test/bench/index.ts DIR [COPIES]`. Files are
 * cut by lines, so that only the index is measured. With COPIES the same files stand under that many paths.
 */
const [directory, copies = '1'] = process.argv.slice(2);
if (!directory) throw new Error('Which directory? node --expose-gc test/bench/index.ts DIR [COPIES]');

const QUERIES = 400;
const LARGEST = 512 * 1024;
const random = randomFrom(1);
const texts = sourceFiles(directory);
const megabytes = ([...texts.values()].reduce((sum, text) => sum + text.length, 0) * Number(copies)) / 1e6;
const row = (what: string, value: string) => console.log(`${what.padEnd(44)} ${value}`);

collect();
const before = process.memoryUsage();
const index = new CodeIndex();
let merging = 0;
for (let copy = 0; copy < Number(copies); copy++) {
  for (const [path, text] of texts) {
    const record = asFromAThread(lineRecord(copy === 0 ? path : `copy${copy}/${path}`, text));
    merging += time(() => index.add(record));
  }
}
const { files, chunks } = index.report;
row('files, chunks, MB', `${files}, ${chunks}, ${megabytes.toFixed(1)}`);
row('merge', `${(megabytes / (merging / 1000)).toFixed(1)} MB/s`);
collect();
const after = process.memoryUsage();
const held = (after.heapUsed - before.heapUsed + index.memory) / 1e6;
row('memory, MB per MB of source', (held / megabytes).toFixed(2));
row('  of it large arrays', (index.memory / 1e6 / megabytes).toFixed(2));
row('words, terms', `${index.vocabulary.size}, ${index.vocabulary.termCount}`);

await measureSnapshot();
measureQueries();
measureUpdates();

async function measureSnapshot(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'wisp-bench-'));
  const file = join(folder, 'index.bin');
  const saved = await timeAsync(() => saveSnapshot(file, index));
  row('snapshot', `${(statSync(file).size / 1e6).toFixed(1)} MB, saved in ${saved.toFixed(0)} ms`);
  row('  loaded in', `${(await timeAsync(() => loadSnapshot(file))).toFixed(0)} ms`);
  rmSync(folder, { recursive: true });
}

function measureQueries(): void {
  const retriever = new LexicalRetriever(() => index);
  const retrieval = new Retrieval({
    retrievers: [retriever],
    index: () => index,
    readText: path => texts.get(path.replace(/^copy\d+\//, '')),
  });
  const search: number[] = [];
  const whole: number[] = [];
  const recalls: number[] = [];
  for (let i = 0; i < QUERIES; i++) {
    const { context, wanted } = randomPlace();
    const { path, text } = context.document;
    // The file ends at the cursor, in the index too: nobody has written the next lines yet.
    index.add(lineRecord(path, text));
    search.push(time(() => retriever.retrieve(context)));
    whole.push(
      time(() => {
        const found = new Set(retrieval.retrieve(context, 1024).flatMap(({ text }) => wordsIn(text)));
        if (wanted.length > 0) recalls.push(wanted.filter(word => found.has(word)).length / wanted.length);
      }),
    );
    index.add(lineRecord(path, texts.get(path)!));
  }
  row('query and search, p50 / p95 / max', spread(search));
  row('with packing 1024 tokens', spread(whole));
  const recall = recalls.reduce((sum, one) => sum + one, 0) / recalls.length;
  row('identifier recall@1024, next 5 lines', `${(recall * 100).toFixed(1)} % of ${recalls.length} places`);
}

/** A place in a file, and the names of the next lines that are not above it. The rest of the file is cut away. */
function randomPlace(): { context: CompletionContext; wanted: readonly string[] } {
  const paths = [...texts.keys()];
  const path = paths[Math.floor(random() * paths.length)]!;
  const lines = texts.get(path)!.split('\n');
  const line = Math.floor(random() * lines.length);
  const prefix = lines
    .slice(0, line)
    .map(text => `${text}\n`)
    .join('');
  const known = new Set(wordsIn(prefix));
  const wanted = [...new Set(wordsIn(lines.slice(line, line + 5).join('\n')))].filter(
    word => !known.has(word),
  );
  const languageId = languageOfPath(path)!.id;
  const document = { uri: path, path, languageId, version: 1, text: prefix };
  const position = { line, character: 0 };
  const context = { requestId: 'r', document, position, prefix, suffix: '', trigger: 'automatic' } as const;
  return { context, wanted };
}

function measureUpdates(): void {
  const taken: number[] = [];
  const paths = [...texts.keys()];
  for (let i = 0; i < 200; i++) {
    const path = paths[Math.floor(random() * paths.length)]!;
    const record = asFromAThread(lineRecord(path, `${texts.get(path)}\nconst changed${i} = ${i};\n`));
    taken.push(time(() => index.add(record)));
  }
  row('one changed file, p50 / p95 / max', spread(taken));
  for (const path of paths.slice(0, Math.floor(paths.length * 0.4))) index.remove(path);
  row('vacuum after removing 40 % of one copy', `${time(() => index.vacuum()).toFixed(0)} ms`);
}

/** Tracked files that the index would take. */
function sourceFiles(root: string): ReadonlyMap<string, string> {
  const listed = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 28 });
  const paths = listed.split('\0').filter(path => languageOfPath(path) !== undefined);
  const read = paths.map(path => [path, readIfThere(join(root, path))] as const);
  return new Map(read.filter(([, text]) => text.length > 0 && text.length <= LARGEST));
}

function readIfThere(file: string): string {
  return statSync(file, { throwIfNoEntry: false })?.isFile() ? readFileSync(file, 'utf8') : '';
}

/** Copied as a thread's answer would be: strings cut from a file no longer hold the file. */
function asFromAThread(record: FileRecord): FileRecord {
  return structuredClone(record);
}

function wordsIn(text: string): string[] {
  return text.match(/[\p{L}_$][\p{L}\p{N}_$]+/gu) ?? [];
}

function time(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

async function timeAsync(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function spread(times: readonly number[]): string {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
  return `${at(0.5).toFixed(2)} / ${at(0.95).toFixed(2)} / ${at(1).toFixed(2)} ms`;
}

/** Twice, because what the first round frees lets go of more. */
function collect(): void {
  globalThis.gc?.();
  globalThis.gc?.();
}
