import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Remote } from '../base/port.ts';
import { languageOfPath } from '../domain/languages.ts';
import type { EngineApi } from '../engine/api.ts';
import type { Hole } from './holes.ts';

/**
 * Does `work` while a hole's file is open with `text`, and closes it whatever happens. Unsaved text stands for the disk's
 * in the index too: so what is missing of the file is in neither, and a file that the hole excludes is empty. `before` is
 * the text that the user's edits began with, where that is known and does not hold the answer.
 */
export async function withHoleOpen<T>(
  engine: Remote<EngineApi>,
  hole: Pick<Hole, 'path' | 'language' | 'exclude' | 'before'> & { readonly text: string },
  { directory, signal }: { readonly directory: string; readonly signal: AbortSignal },
  work: (uri: string) => Promise<T>,
): Promise<T> {
  const fileOf = (path: string) => join(directory, path);
  const uriOf = (path: string) => pathToFileURL(fileOf(path)).href;
  const open = (path: string, languageId: string, text: string, before = text) =>
    engine.open({ uri: uriOf(path), file: fileOf(path), languageId, version: 1, text, dirty: true, before });
  const excluded = (hole.exclude ?? []).filter(path => path !== hole.path);
  for (const path of excluded) await open(path, languageOfPath(path)?.id ?? 'plaintext', '');
  await open(hole.path, hole.language, hole.text, hole.before);
  try {
    await engine.indexed({}, signal);
    return await work(uriOf(hole.path));
  } finally {
    for (const path of [hole.path, ...excluded]) await engine.close({ uri: uriOf(path) });
  }
}
