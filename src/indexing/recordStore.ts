import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { FileRecord } from './fileRecord.ts';

/** What the content alone says, under whatever path it stands. */
export type KnownRecord = Omit<FileRecord, 'path' | 'size' | 'mtimeMs'>;

/** Of everything analysed: to be raised with every change of what a record holds or of how a file is analysed. */
export const ANALYSIS_VERSION = 4;

/** Bytes of SHA-256 before the content. */
const SUM = 32;
/** Some thousands of files: more than two branches usually differ by. */
const MOST_BYTES = 64 * 1024 * 1024;
/** Pruning makes this much room, so that it is not needed again at once. */
const KEPT = 0.75;

/**
 * Records of contents that have left the index, on disk by the hash of the content: a branch that is switched to and
 * back, a file that is renamed or an edit that is undone is not parsed again. Any thread or process may read and write
 * at the same time; an object is there whole or not at all, and one that is damaged counts as not there.
 */
export class RecordStore {
  readonly #top: string;
  readonly #folder: string;
  readonly #mostBytes: number;
  /** Bytes on disk as far as this object knows; undefined before it has looked. */
  #bytes: number | undefined;

  constructor(folder: string, mostBytes = MOST_BYTES) {
    this.#top = folder;
    this.#folder = join(folder, `v${ANALYSIS_VERSION}`);
    this.#mostBytes = mostBytes;
  }

  /** The record of a content; undefined if it is not kept. Never rejects. */
  async get(languageId: string, hash: string): Promise<KnownRecord | undefined> {
    const file = this.#file(languageId, hash);
    // Of a workspace that is read for the first time nothing is kept: an error for each file would take its time.
    if (!existsSync(file)) return undefined;
    try {
      const stored = await readFile(file);
      const content = stored.subarray(SUM);
      if (!sumOf(content).equals(stored.subarray(0, SUM))) return undefined;
      const known = deserialize(content) as KnownRecord;
      // What was read is a view of all that was read, and that cannot be moved to another thread.
      return { ...known, tokens: known.tokens.slice(), symbols: known.symbols.slice() };
    } catch {
      return undefined;
    }
  }

  /** Keeps a record. What is oldest goes when there is no more room. */
  async put(record: FileRecord): Promise<void> {
    const { path: _, size: __, mtimeMs: ___, ...known } = record;
    const file = this.#file(known.languageId, known.hash);
    this.#bytes ??= await this.#prune(this.#mostBytes);
    if (await touched(file)) return;
    const content = serialize(known);
    const beside = `${file}.${process.pid}.tmp`;
    const handle = await open(beside, 'w');
    try {
      await handle.writev([sumOf(content), content]);
    } finally {
      await handle.close();
    }
    await rename(beside, file);
    this.#bytes += SUM + content.length;
    if (this.#bytes > this.#mostBytes) this.#bytes = await this.#prune(this.#mostBytes * KEPT);
  }

  /** Forgets everything. */
  async clear(): Promise<void> {
    this.#bytes = undefined;
    await rm(this.#top, { recursive: true, force: true });
  }

  /** Removes what other versions and dead writers left, then the oldest, until `most` bytes are left; says how many. */
  async #prune(most: number): Promise<number> {
    await mkdir(this.#folder, { recursive: true });
    for (const name of await readdir(this.#top)) {
      if (join(this.#top, name) !== this.#folder)
        await rm(join(this.#top, name), { recursive: true, force: true });
    }
    const objects: { file: string; size: number; mtimeMs: number }[] = [];
    for (const name of await readdir(this.#folder)) {
      const file = join(this.#folder, name);
      const found = await stat(file).catch(() => undefined);
      if (found) objects.push({ file, size: found.size, mtimeMs: name.endsWith('.tmp') ? 0 : found.mtimeMs });
    }
    objects.sort((one, other) => other.mtimeMs - one.mtimeMs);
    let bytes = 0;
    for (const { file, size, mtimeMs } of objects) {
      if (mtimeMs > 0 && bytes + size <= most) bytes += size;
      else await rm(file, { force: true });
    }
    return bytes;
  }

  #file(languageId: string, hash: string): string {
    return join(this.#folder, `${hash}.${languageId.replace(/[^\w-]/g, '_')}`);
  }
}

/** Whether the file is there; it then counts as new. */
async function touched(file: string): Promise<boolean> {
  try {
    const now = new Date();
    await utimes(file, now, now);
    return true;
  } catch {
    return false;
  }
}

function sumOf(content: Uint8Array): Buffer {
  return createHash('sha256').update(content).digest();
}
