import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { GitObjects } from '../../src/evals/gitObjects.ts';
import { type HistoryHole, historyHoles } from '../../src/evals/history.ts';
import { type Random, seeded } from '../../src/evals/random.ts';
import { LEARNED } from '../../src/models/workspace/learned.ts';
import type { Weights } from '../../src/models/workspace/network.ts';
import { WorkspaceModel } from '../../src/models/workspace/workspaceModel.ts';
import { draftRecordsOf } from './draftRecords.ts';
import { PastIndex } from './past.ts';
import { joined, newRecords, type Records, recordsOf } from './records.ts';

/** What is learned from one repository. */
export interface Collected {
  /** One set for each network that learns from it. */
  readonly sets: readonly Records[];
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
  return collect(directory, 'tokens', options, async (past, holes, random) => {
    const records = newRecords();
    await recordsOf(past, holes, random, records);
    return [records];
  });
}

/** The lines that a network would choose among at the same places, and how far its drafts were right. */
export function collectDrafts(
  directory: string,
  tokens: Weights,
  options: CollectOptions,
): Promise<Collected> {
  return collect(directory, 'drafts', options, async (past, holes, random) => {
    const model = new WorkspaceModel(() => past.index, { ...LEARNED, tokens }, past.retrieve);
    const records = { lines: newRecords(), prefixes: newRecords() };
    await draftRecordsOf(past, model, holes, random, records);
    return [records.lines, records.prefixes];
  });
}

type Replay = (past: PastIndex, holes: readonly HistoryHole[], random: Random) => Promise<readonly Records[]>;

/** Holes for which one index is used: each batch begins anew, so that it can be collected on its own. */
const BATCH = 60;

async function collect(
  directory: string,
  what: 'tokens' | 'drafts',
  options: CollectOptions,
  replay: Replay,
): Promise<Collected> {
  const name = basename(directory);
  const holes = await holesOf(directory, options);
  const parts: (readonly Records[])[] = [];
  for (let first = 0; first < holes.length; first += BATCH) {
    const batch = holes.slice(first, first + BATCH);
    parts.push(
      await kept(options.folder, `${name}-${first}.${what}`, async () => {
        const start = Date.now();
        const past = await PastIndex.open(directory);
        const sets = await replay(past, batch, seeded(options.seed + first));
        past.close();
        const counts = sets.map(({ counts }) => counts.length).join(' and ');
        console.log(`${name}: ${counts} ${what}, ${Math.round((Date.now() - start) / 1000)} s`);
        return sets;
      }),
    );
  }
  return { sets: parts[0]!.map((_, i) => joined(parts.map(sets => sets[i]!))), newest: holes.at(-1)!.commit };
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
  make: () => Promise<readonly Records[]>,
): Promise<readonly Records[]> {
  const file = folder && join(folder, name);
  if (file && existsSync(file)) return deserialize(readFileSync(file)).map(unpacked);
  const sets = await make();
  if (file) writeFileSync(file, serialize(sets.map(packed)));
  return sets;
}

interface Packed extends Pick<Records, 'counts' | 'truths'> {
  readonly width: number;
  readonly places: Float32Array;
  readonly lengths: Uint8Array;
  readonly inputs: Uint8Array;
  readonly values: Float32Array;
}

function packed(records: Records): Packed {
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
  const width = records.places[0]?.length ?? 0;
  const places = new Float32Array(width * records.places.length);
  records.places.forEach((place, i) => {
    places.set(place, i * width);
  });
  const { counts, truths } = records;
  return { counts, truths, width, places, lengths, inputs, values };
}

function unpacked({ counts, truths, width, places, lengths, inputs, values }: Packed): Records {
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
