import { createHash } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { CodeIndex, type IndexState } from './codeIndex.ts';
import { forgetUnused } from './forgetUnused.ts';
import { ANALYSIS_VERSION } from './recordStore.ts';
import type { VocabularyState } from './vocabulary.ts';

/**
 * One index as one file:
 *
 *     16 bytes   magic, format version, length of the table
 *     32 bytes   SHA-256 of everything else
 *     table      JSON: everything that is not a large array, and the places of the arrays
 *     arrays     as they are in memory, each at a multiple of 8 bytes
 *
 * All in the machine's own byte order; another order does not know the version. What is not exactly right is no index.
 */
const MAGIC = 'WISPIDX\n';
/** Of the layout of the file, to be raised when that changes, and of what was analysed. */
const FORMAT = 4_000 + ANALYSIS_VERSION;
const SUM_AT = 16;
const HEADER = 48;
const ALIGNMENT = 8;

/** Arrays that are there whatever the languages are. */
const ALWAYS = 5;

/** Bytes that are looked over in a few milliseconds. */
const SLICE = 1 << 20;

type Numbers = Int32Array | Uint32Array;

interface Table {
  readonly vocabulary: VocabularyState;
  readonly files: IndexState['files'];
  /** In the order in which `arraysOf` gives the arrays: that of the families after the five that are always there. */
  readonly families: readonly string[];
  /** Elements of each array. */
  readonly lengths: readonly number[];
}

/** The bytes of an index, in pieces; the state is used up. */
export function encode(whole: IndexState): readonly Uint8Array[] {
  const state = forgetUnused(whole);
  const arrays = arraysOf(state);
  const table: Table = {
    vocabulary: state.vocabulary,
    files: state.files,
    families: Object.keys(state.tokens),
    lengths: arrays.map(array => array.length),
  };
  const [json, ...padding] = aligned(Buffer.from(JSON.stringify(table)));
  const body = [json!, ...padding, ...arrays.flatMap(array => aligned(bytesOf(array)))];
  const header = new Uint8Array(HEADER);
  header.set(Buffer.from(MAGIC));
  const tableLength = json!.length + (padding[0]?.length ?? 0);
  header.set(bytesOf(Uint32Array.of(FORMAT, tableLength)), MAGIC.length);
  header.set(checksum(header.subarray(0, SUM_AT), ...body), SUM_AT);
  return [header, ...body];
}

/**
 * The index that was encoded, or undefined if one bit of it is not as it was, or the format is another. Whoever waits on
 * this thread gets a turn while the bytes are looked over.
 */
export async function decode(
  stored: Uint8Array,
  settle: 'now' | 'later' = 'now',
): Promise<CodeIndex | undefined> {
  // A Buffer's slice is no copy.
  const bytes = new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength);
  const header = bytes.slice(0, SUM_AT);
  const body = bytes.subarray(HEADER);
  if (header.length < SUM_AT || !Buffer.from(MAGIC).equals(header.subarray(0, MAGIC.length)))
    return undefined;
  const [format, tableLength = 0] = new Uint32Array(header.buffer, MAGIC.length);
  if (format !== FORMAT) return undefined;
  const hash = createHash('sha256').update(header);
  for (let start = 0; start < body.length; start += SLICE) {
    hash.update(body.subarray(start, start + SLICE));
    await setImmediate();
  }
  if (!hash.digest().equals(bytes.subarray(SUM_AT, HEADER))) return undefined;

  const table = JSON.parse(Buffer.from(body.subarray(0, tableLength)).toString()) as Table;
  let start = tableLength;
  const arrays = table.lengths.map((length, i) => {
    const part = body.subarray(start, start + length * 4);
    start += paddedLength(length * 4);
    // Tokens move to their stores, and what was read is let go of; a copy of them would double that for as long.
    const isRead = i >= ALWAYS && part.byteOffset % Int32Array.BYTES_PER_ELEMENT === 0;
    return isRead
      ? new Int32Array(part.buffer, part.byteOffset, length)
      : new Int32Array(part.slice().buffer);
  });
  return new CodeIndex(stateOf(table, arrays), settle);
}

/** Writes beside the file and renames, so that there is the old index or the new one, whenever the power goes. */
export async function saveSnapshot(file: string, state: IndexState): Promise<void> {
  const beside = `${file}.${process.pid}.tmp`;
  await mkdir(dirname(file), { recursive: true });
  try {
    const handle = await open(beside, 'w');
    try {
      await handle.writeFile(encode(state));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

/** Removes what writers left beside the file that died while they wrote. Never rejects. */
export async function removeAbandoned(file: string): Promise<void> {
  const folder = dirname(file);
  for (const name of await readdir(folder).catch(() => [])) {
    const pid = name.startsWith(`${basename(file)}.`) && /\.(\d+)\.tmp$/.exec(name)?.[1];
    if (pid && !isAlive(Number(pid))) await rm(join(folder, name), { force: true }).catch(() => {});
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process is alive, too.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** The stored index, or undefined if there is none that can be trusted. Never rejects. */
export async function loadSnapshot(
  file: string,
  settle: 'now' | 'later' = 'now',
): Promise<CodeIndex | undefined> {
  try {
    return await decode(await readFile(file), settle);
  } catch {
    return undefined;
  }
}

/** The memory of a state, which may be moved to another thread: a state is a copy. */
export function buffersOf(state: IndexState): readonly ArrayBuffer[] {
  return arraysOf(state).map(({ buffer }) => buffer as ArrayBuffer);
}

function arraysOf({ chunks: { rows, postings }, symbols, tokens }: IndexState): readonly Numbers[] {
  return [rows, postings.pool, postings.heads, postings.lengths, symbols, ...Object.values(tokens)];
}

function stateOf({ vocabulary, files, families }: Table, arrays: readonly Int32Array[]): IndexState {
  const [rows, pool, heads, lengths, symbols, ...tokens] = arrays as [
    Int32Array,
    Int32Array,
    Int32Array,
    Int32Array,
    Int32Array,
    ...Int32Array[],
  ];
  return {
    vocabulary,
    files,
    chunks: { rows, postings: { pool, heads, lengths } },
    symbols,
    tokens: Object.fromEntries(families.map((family, i) => [family, unsigned(tokens[i]!)])),
  };
}

function unsigned({ buffer, byteOffset, length }: Int32Array): Uint32Array {
  return new Uint32Array(buffer, byteOffset, length);
}

function bytesOf(array: Numbers): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

/** With what fills it up to the next array: a copy would double the memory of a large one. */
function aligned(bytes: Uint8Array): readonly Uint8Array[] {
  // JSON may be followed by spaces; after an array it does not matter what stands there.
  const padding = new Uint8Array(paddedLength(bytes.length) - bytes.length).fill(0x20);
  return padding.length === 0 ? [bytes] : [bytes, padding];
}

function paddedLength(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}

function checksum(...parts: readonly Uint8Array[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}
