import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CodeIndex } from '../../src/indexing/codeIndex.ts';
import { loadSnapshot, saveSnapshot } from '../../src/indexing/snapshotFile.ts';

/** The file of a stored index. */
export async function bytesOf(index: CodeIndex): Promise<Buffer> {
  return inFile(async file => {
    if (!(await saveSnapshot(file, index))) throw new Error('The index changed while it was stored.');
    return readFile(file);
  });
}

/** The index that is stored as such a file. */
export async function indexIn(bytes: Uint8Array): Promise<CodeIndex | undefined> {
  return inFile(async file => {
    await writeFile(file, bytes);
    return loadSnapshot(file);
  });
}

async function inFile<T>(work: (file: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'wisp-stored-'));
  try {
    return await work(join(folder, 'index.bin'));
  } finally {
    await rm(folder, { recursive: true });
  }
}
