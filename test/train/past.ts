import { join } from 'node:path';
import { systemClock } from '../../src/base/clock.ts';
import { silentLog } from '../../src/base/log.ts';
import { languageOfPath } from '../../src/domain/languages.ts';
import type { CompletionContext } from '../../src/domain/request.ts';
import { GitObjects } from '../../src/evals/gitObjects.ts';
import { GitTreeDisk } from '../../src/evals/gitTree.ts';
import type { HistoryHole } from '../../src/evals/history.ts';
import { InProcessAnalyser } from '../../src/indexing/analyser.ts';
import type { CodeIndex } from '../../src/indexing/codeIndex.ts';
import { IndexKeeper } from '../../src/indexing/indexKeeper.ts';
import { StoredIndex } from '../../src/indexing/storedIndex.ts';
import type { Retrieval } from '../../src/retrieval/retrieve.ts';
import { retrievalOf } from '../../src/retrieval/sources.ts';
import type { Trail } from '../../src/retrieval/trail.ts';

const LIMITS = { exclude: [], maxFileBytes: 512 * 1024, maxSourceBytes: 256 * 1024 * 1024 };

/**
 * The index as it was when the author of a commit came to a hole, without an engine around it: the tree before the
 * commit, the author's earlier files of that commit as they left them, and the hole's file without what is missing.
 */
export class PastIndex {
  readonly #keeper: IndexKeeper;
  readonly #disk: GitTreeDisk;
  readonly #objects: GitObjects;
  readonly #trail: Trail;
  readonly #retrieval: Retrieval;
  #commit: string | undefined;
  #overlaid: string[] = [];

  private constructor(objects: GitObjects) {
    this.#objects = objects;
    this.#disk = new GitTreeDisk(objects);
    this.#keeper = new IndexKeeper({
      analyser: new InProcessAnalyser(this.#disk),
      disk: this.#disk,
      clock: systemClock,
      log: silentLog,
      stored: new StoredIndex(undefined, systemClock, silentLog),
      onProgress: () => {},
    });
    const parts = { keeper: this.#keeper, readText: () => undefined, savedText: () => undefined };
    const { retrieval, trail } = retrievalOf({ ...parts, embedded: undefined });
    this.#retrieval = retrieval;
    this.#trail = trail;
  }

  static async open(directory: string): Promise<PastIndex> {
    return new PastIndex(await GitObjects.open(directory));
  }

  get index(): CodeIndex {
    return this.#keeper.index;
  }

  /** What retrieval gives the workspace model. */
  readonly retrieve = (context: CompletionContext) => this.#retrieval.gives(context);

  /** Brings the index to a hole, whose file then holds `text`. Holes of a commit should follow each other. */
  async enter(hole: HistoryHole, text: string): Promise<void> {
    const { signal } = new AbortController();
    const fileOf = (path: string) => join(this.#objects.top, this.#objects.prefix, path);
    if (this.#commit === undefined) {
      await this.#disk.checkout(hole.parent);
      this.#keeper.open([{ name: 'repository', directory: fileOf('') }], LIMITS);
    } else {
      const changed = hole.commit === this.#commit ? [] : await this.#disk.checkout(hole.parent);
      this.#keeper.filesChanged([...this.#overlaid.map(fileOf), ...changed]);
    }
    const before = this.#commit;
    this.#commit = hole.commit;
    await this.#keeper.settled(signal);
    await this.#walk(hole, before !== hole.commit);
    this.#overlaid = [];
    const taken = new Set([hole.path, ...(hole.exclude ?? [])]);
    const show = (path: string, shown: string) => {
      this.#overlaid.push(path);
      this.#keeper.unsaved({ path, languageId: languageOfPath(path)?.id ?? 'plaintext', text: shown });
    };
    for (const { path, text: own } of hole.recent) if (!taken.has(path)) show(path, own);
    for (const path of taken) show(path, path === hole.path ? text : '');
    await this.#keeper.settled(signal);
  }

  /** Leaves the trail of somebody who opened what was changed lately and edited what the commit has changed so far. */
  async #walk({ path, exclude, lately, recent }: HistoryHole, isNew: boolean): Promise<void> {
    if (isNew) {
      this.#trail.clear();
      // The newest was opened last.
      for (const opened of lately.toReversed()) this.#trail.opened(opened);
    }
    const taken = new Set([path, ...(exclude ?? [])]);
    for (const { path: edited, text } of recent) {
      if (taken.has(edited)) continue;
      const file = join(this.#objects.top, this.#objects.prefix, edited);
      const saved = await this.#disk.read(file).catch(() => new Uint8Array());
      this.#trail.openedUnsaved(edited, text, Buffer.from(saved).toString('utf8'));
    }
    for (const one of taken) this.#trail.forget(one);
    this.#trail.opened(path);
  }

  close(): void {
    this.#objects.close();
  }
}

/** The question at the end of `prefix`. */
export function contextOf(
  { id, path, language, before }: Pick<HistoryHole, 'id' | 'path' | 'language' | 'before'>,
  prefix: string,
  suffix: string,
): CompletionContext {
  const lines = prefix.split('\n');
  return {
    requestId: id,
    document: {
      ...{ uri: path, path, languageId: language, version: 1, text: prefix + suffix },
      ...(before !== undefined && { opened: { text: before, hash: '' } }),
    },
    position: { line: lines.length - 1, character: lines.at(-1)!.length },
    prefix,
    suffix,
    trigger: 'automatic',
  };
}
