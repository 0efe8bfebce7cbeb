import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Remote } from '../base/port.ts';
import { languageOfPath } from '../domain/languages.ts';
import type { EngineApi } from '../engine/api.ts';
import type { GitTreeDisk } from './gitTree.ts';
import type { HistoryHole } from './history.ts';

export interface ReplayParts {
  readonly engine: Remote<EngineApi>;
  /** What the engine reads. */
  readonly disk: GitTreeDisk;
  /** The workspace folder's absolute path. */
  readonly directory: string;
  /** Whether the engine also gets the files that the author had changed so far, and those of the last commits, open. */
  readonly session: boolean;
}

/** Takes the engine from hole to hole: to the tree before its commit, and to what its author had done by then. */
export class Replay {
  readonly #parts: ReplayParts;
  #commit: string | undefined;
  /** The texts of open documents, by path, but for the hole's own. */
  readonly #open = new Map<string, string>();

  constructor(parts: ReplayParts) {
    this.#parts = parts;
  }

  /** Texts of the documents that are open beside the hole's own, by path, the one opened last last. */
  get open(): ReadonlyMap<string, string> {
    return this.#open;
  }

  /** Call this before a hole is asked. The holes of a commit follow each other. */
  readonly enter = async (hole: HistoryHole): Promise<void> => {
    if (hole.commit !== this.#commit) await this.#checkout(hole);
    if (!this.#parts.session) return;
    // Who asks at the hole opens these documents with texts of its own, and closes them again.
    const taken = new Set([hole.path, ...(hole.exclude ?? [])]);
    for (const path of taken) this.#open.delete(path);
    for (const { path, text } of hole.recent) if (!taken.has(path)) await this.#show(path, text, true);
  };

  async #checkout(hole: HistoryHole): Promise<void> {
    const { engine, disk, directory, session } = this.#parts;
    for (const path of this.#open.keys()) await engine.close({ uri: this.#uriOf(path) });
    this.#open.clear();
    // What was closed is read from the tree that it was opened in, so that every run reads in the same order.
    await engine.indexed({});
    const changed = await disk.checkout(hole.parent);
    await engine.filesChanged(changed.map(file => ({ file, kind: 'written' })));
    this.#commit = hole.commit;
    if (!session) return;
    // The newest was opened last.
    for (const path of hole.lately.toReversed()) {
      await this.#show(path, Buffer.from(await disk.read(join(directory, path))).toString('utf8'), false);
    }
  }

  async #show(path: string, text: string, dirty: boolean): Promise<void> {
    if (this.#open.get(path) === text) return;
    this.#open.set(path, text);
    const languageId = languageOfPath(path)?.id ?? 'plaintext';
    const file = join(this.#parts.directory, path);
    await this.#parts.engine.open({ uri: this.#uriOf(path), file, languageId, version: 1, text, dirty });
  }

  #uriOf(path: string): string {
    return pathToFileURL(join(this.#parts.directory, path)).href;
  }
}
