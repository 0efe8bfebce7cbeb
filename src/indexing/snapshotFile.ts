import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { abortError } from '../base/abort.ts';
import { COLUMNS as CHUNK_COLUMNS, renameChunks } from './chunkTable.ts';
import { CodeIndex } from './codeIndex.ts';
import type { FileRow, IndexState } from './indexState.ts';
import { ID_MASK, withId } from './lexer.ts';
import { HEAD_COLUMNS } from './postings.ts';
import { ANALYSIS_VERSION } from './recordStore.ts';
import { SnapshotReader, SnapshotWriter } from './snapshotStream.ts';
import { renameSymbols, COLUMNS as SYMBOL_COLUMNS } from './symbolTable.ts';
import { roomBehind } from './tokenFamilies.ts';
import { BOUNDARY } from './tokenStore.ts';
import { findUsed, type Used } from './usedNames.ts';

/**
 * One index as one file:
 *
 *     16 bytes   magic, format version
 *     directory  JSON: how long everything else is
 *     arrays     as they are in memory, each at a multiple of 8 bytes
 *     lists      words, terms and files, some of each at a time as JSON
 *     32 bytes   SHA-256 of everything before
 *
 * All in the machine's own byte order; another order does not know the version. What is not exactly right is no index.
 */
const MAGIC = 'WISPIDX\n';
/** Of the layout of the file, to be raised when that changes, and of what was analysed. */
const FORMAT = 5_000 + ANALYSIS_VERSION;
const HEADER = 16;

/** Values of a list that are made and read in one go. */
const AT_ONCE = 2_048;

/** How many of each there are, rows where there are rows. */
interface Directory {
  readonly words: number;
  readonly terms: number;
  readonly files: number;
  readonly chunks: number;
  readonly pool: number;
  readonly documents: number;
  readonly symbols: number;
  /** Tokens by language family. */
  readonly tokens: Readonly<Record<string, number>>;
}

/**
 * Writes beside the file and renames, so that there is the old index or the new one, whenever the power goes. What is
 * written is read from where it stands, while others have their turns: false if the index has changed meanwhile, and
 * nothing has been written.
 */
export async function saveSnapshot(file: string, index: CodeIndex): Promise<boolean> {
  const beside = `${file}.${process.pid}.tmp`;
  const { version } = index;
  await mkdir(dirname(file), { recursive: true });
  try {
    const handle = await open(beside, 'w');
    try {
      const goOn = () => {
        if (index.version !== version) throw abortError();
      };
      goOn();
      await write(index.state(), new SnapshotWriter(handle, goOn), goOn);
    } finally {
      await handle.close();
    }
    await rename(beside, file);
    return true;
  } catch (error) {
    await rm(beside, { force: true });
    if (index.version !== version) return false;
    throw error;
  }
}

async function write(state: IndexState, writer: SnapshotWriter, goOn: () => void): Promise<void> {
  const { vocabulary, files, chunks, symbols, tokens } = state;
  const { rows, postings } = chunks;
  const used = await findUsed(state, goOn);
  const { ids } = used;
  const directory: Directory = {
    words: used.words.length,
    terms: used.terms.length,
    files: files.length,
    chunks: rows.length / CHUNK_COLUMNS,
    pool: postings.pool.length,
    documents: postings.lengths.length,
    symbols: symbols.length / SYMBOL_COLUMNS,
    tokens: Object.fromEntries(Object.entries(tokens).map(([family, { length }]) => [family, length])),
  };
  const header = Buffer.alloc(HEADER);
  header.write(MAGIC);
  header.set(new Uint8Array(Uint32Array.of(FORMAT).buffer), MAGIC.length);
  await writer.bytes(header);
  await writer.json(directory);

  const copied = (from: Int32Array) => (into: Int32Array, at: number) =>
    into.set(from.subarray(at, at + into.length));
  await writer.numbers(directory.chunks, CHUNK_COLUMNS, (into, row) => {
    copied(rows)(into, row * CHUNK_COLUMNS);
    renameChunks(into, ids);
  });
  await writer.numbers(directory.pool, 1, copied(postings.pool));
  await writer.numbers(directory.terms, HEAD_COLUMNS, (into, row) =>
    fillHeads(into, row, postings.heads, used),
  );
  await writer.numbers(directory.documents, 1, copied(postings.lengths));
  await writer.numbers(directory.symbols, SYMBOL_COLUMNS, (into, row) => {
    copied(symbols)(into, row * SYMBOL_COLUMNS);
    renameSymbols(into, ids);
  });
  for (const stored of Object.values(tokens)) {
    await writer.numbers(stored.length, 1, (into, at) => fillTokens(into, stored, at, ids));
  }
  await writeList(writer, used.words.length, at => vocabulary.words[used.words[at]!]);
  await writeList(writer, used.terms.length, at => vocabulary.terms[used.terms[at]!]);
  await writeList(writer, files.length, at => files[at]);
  await writer.end();
}

/** The index that was saved, or undefined if one bit of it is not as it was, or the format is another. Never rejects. */
export async function loadSnapshot(
  file: string,
  settle: 'now' | 'later' = 'now',
): Promise<CodeIndex | undefined> {
  try {
    const handle = await open(file, 'r');
    try {
      const { size } = await handle.stat();
      const state = await read(new SnapshotReader(handle, size));
      return state && new CodeIndex(state, settle);
    } finally {
      await handle.close();
    }
  } catch {
    return undefined;
  }
}

async function read(reader: SnapshotReader): Promise<IndexState | undefined> {
  const header = await reader.bytes(HEADER);
  const [format] = new Uint32Array(header.buffer.slice(header.byteOffset + MAGIC.length), 0, 1);
  if (header.toString('latin1', 0, MAGIC.length) !== MAGIC || format !== FORMAT) return undefined;
  const directory = await reader.json<Directory>();
  const rows = await reader.numbers(directory.chunks * CHUNK_COLUMNS);
  const pool = await reader.numbers(directory.pool);
  const heads = await reader.numbers(directory.terms * HEAD_COLUMNS);
  const lengths = await reader.numbers(directory.documents);
  const symbols = await reader.numbers(directory.symbols * SYMBOL_COLUMNS);
  const tokens: Record<string, Uint32Array> = {};
  for (const [family, length] of Object.entries(directory.tokens)) {
    tokens[family] = new Uint32Array((await reader.numbers(length, roomBehind(length))).buffer);
  }
  const words = await readList<string>(reader, directory.words);
  const terms = await readList<string>(reader, directory.terms);
  const files = await readList<FileRow | null>(reader, directory.files);
  if (!(await reader.end())) return undefined;
  return {
    vocabulary: { words, terms },
    files,
    chunks: { rows, postings: { pool, heads, lengths } },
    symbols,
    tokens,
  };
}

/** The heads of the terms that are kept, from one of them on. */
function fillHeads(into: Int32Array, from: number, heads: Int32Array, { terms }: Used): void {
  for (let row = 0; row * HEAD_COLUMNS < into.length; row++) {
    const at = terms[from + row]! * HEAD_COLUMNS;
    for (let column = 0; column < HEAD_COLUMNS; column++)
      into[row * HEAD_COLUMNS + column] = heads[at + column]!;
  }
}

/** Tokens from a place on, with words by their new ids. */
function fillTokens(into: Int32Array, stored: Uint32Array, from: number, ids: Int32Array): void {
  for (let i = 0; i < into.length; i++) {
    const token = stored[from + i]!;
    const id = token & ID_MASK;
    into[i] = id === BOUNDARY ? token : withId(token, ids[id]!);
  }
}

async function writeList(
  writer: SnapshotWriter,
  length: number,
  at: (place: number) => unknown,
): Promise<void> {
  for (let start = 0; start < length; start += AT_ONCE) {
    await writer.json(Array.from({ length: Math.min(AT_ONCE, length - start) }, (_, i) => at(start + i)));
  }
}

async function readList<T>(reader: SnapshotReader, length: number): Promise<T[]> {
  const list: T[] = [];
  while (list.length < length) {
    const some = await reader.json<T[]>();
    if (!(some.length > 0)) throw new Error('A list of the stored index is shorter than it says.');
    for (const value of some) list.push(value);
  }
  return list;
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
