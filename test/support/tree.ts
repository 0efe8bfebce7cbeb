import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** Writes files, named by slash-separated paths, into a new directory that goes when the test is over. */
export async function makeTree(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'wisp-'));
  // An engine that is still writing may put a file back.
  onTestFinished(() => rm(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 }));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(join(directory, dirname(path)), { recursive: true });
    await writeFile(join(directory, path), content);
  }
  return directory;
}
