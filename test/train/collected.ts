import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { GitObjects } from '../../src/evals/gitObjects.ts';
import { type HistoryHole, historyHoles } from '../../src/evals/history.ts';
import { type Random, seeded } from '../../src/evals/random.ts';
import { LEARNED } from '../../src/models/workspace/learned.ts';
import type { Weights } from '../../src/models/workspace/network.ts';
import { WorkspaceModel } from '../../src/models/workspace/workspaceModel.ts';
import { lineRecordsOf } from './lineRecords.ts';
import { PastIndex } from './past.ts';
import { joined, newRecords, type Records, recordsOf } from './records.ts';

/** What is learned from one repository. */
export interface Collected {
  readonly records: Records;
  /** Id of the newest commit among those whose lines were typed again. */
  readonly newest: string;
}

export interface CollectOptions {
  readonly seed: number;
  readonly holes: number;
  /** Where what was collected is kept, and read from the next time. */
  readonly folder: string | undefined;
}

/** What comes of typing the lines of a repository's newest commits again, one token after the other. */
export function collectTokens(directory: string, options: CollectOptions): Promise<Collected> {
  return collect(directory, 'tokens', options, (past, holes, into, random) =>
    recordsOf(past, holes, random, into),
  );
}

/** The lines that a network would choose among at the same places. */
export function collectLines(
  directory: string,
  tokens: Weights,
  options: CollectOptions,
): Promise<Collected> {
  return collect(directory, 'lines', options, (past, holes, into, random) => {
    const model = new WorkspaceModel(() => past.index, { ...LEARNED, tokens });
    return lineRecordsOf(past, model, holes, random, into);
  });
}

type Replay = (
  past: PastIndex,
  holes: readonly HistoryHole[],
  into: Records,
  random: Random,
) => Promise<void>;

/** Holes for which one index is used: each batch begins anew, so that it can be collected on its own. */
const BATCH = 60;

async function collect(
  directory: string,
  what: 'tokens' | 'lines',
  options: CollectOptions,
  replay: Replay,
): Promise<Collected> {
  const name = basename(directory);
  const holes = await holesOf(directory, options);
  const parts: Records[] = [];
  for (let first = 0; first < holes.length; first += BATCH) {
    const batch = holes.slice(first, first + BATCH);
    parts.push(
      await kept(options.folder, `${name}-${first}.${what}`, async () => {
        const start = Date.now();
        const past = await PastIndex.open(directory);
        const records = newRecords();
        await replay(past, batch, records, seeded(options.seed + first));
        past.close();
        console.log(
          `${name}: ${records.counts.length} ${what}, ${Math.round((Date.now() - start) / 1000)} s`,
        );
        return records;
      }),
    );
  }
  return { records: joined(parts), newest: holes[0]!.commit };
}

async function holesOf(
  directory: string,
  { seed, holes: count, folder }: CollectOptions,
): Promise<readonly HistoryHole[]> {
  const file = folder && join(folder, `${basename(directory)}-${count}-${seed}.json`);
  if (file && existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));
  const objects = await GitObjects.open(directory);
  try {
    const { signal } = new AbortController();
    const { holes } = await historyHoles(objects, { seed, holes: count, signal });
    if (file) writeFileSync(file, JSON.stringify(holes));
    return holes;
  } finally {
    objects.close();
  }
}

async function kept(
  folder: string | undefined,
  name: string,
  make: () => Promise<Records>,
): Promise<Records> {
  const file = folder && join(folder, name);
  if (file && existsSync(file)) return unpacked(readFileSync(file));
  const records = await make();
  if (file) writeFileSync(file, packed(records));
  return records;
}

function packed(records: Records): Uint8Array {
  const lengths = Uint8Array.from(records.inputs, ({ length }) => length);
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const inputs = new Uint8Array(total);
  const values = new Float32Array(total);
  let at = 0;
  records.inputs.forEach((row, i) => {
    inputs.set(row, at);
    values.set(records.values[i]!, at);
    at += row.length;
  });
  const width = records.places[0]!.length;
  const places = new Float32Array(width * records.places.length);
  records.places.forEach((place, i) => {
    places.set(place, i * width);
  });
  const { counts, truths } = records;
  return serialize({ counts, truths, width, places, lengths, inputs, values });
}

function unpacked(bytes: Uint8Array): Records {
  const { counts, truths, width, places, lengths, inputs, values } = deserialize(bytes);
  const records: Records = { ...newRecords(), counts, truths };
  for (let i = 0; i < counts.length; i++) records.places.push(places.subarray(i * width, (i + 1) * width));
  let at = 0;
  for (const length of lengths) {
    records.inputs.push(inputs.subarray(at, at + length));
    records.values.push(values.subarray(at, at + length));
    at += length;
  }
  return records;
}
