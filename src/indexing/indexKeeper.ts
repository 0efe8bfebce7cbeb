import { basename } from 'node:path';
import { abortError, isAbort } from '../base/abort.ts';
import type { Clock } from '../base/clock.ts';
import { inLanes } from '../base/lanes.ts';
import { type Log, messageOf } from '../base/log.ts';
import { Slices } from '../base/slices.ts';
import type { Analyser, LooseText } from './analyser.ts';
import { CodeIndex } from './codeIndex.ts';
import type { Disk } from './disk.ts';
import type { FileRecord, Skipped, SkipReason } from './fileRecord.ts';
import { isRuleFile } from './ignoreRules.ts';
import { type FileRef, scan } from './scan.ts';
import type { StoredIndex } from './storedIndex.ts';
import { type Folder, WorkspacePaths } from './workspacePaths.ts';

export interface KeeperParts {
  readonly analyser: Analyser;
  readonly disk: Disk;
  readonly clock: Clock;
  readonly log: Log;
  readonly stored: StoredIndex;
  readonly onProgress: () => void;
}

/** What may be read of the workspace. */
export interface KeeperLimits {
  readonly exclude: readonly string[];
  readonly maxFileBytes: number;
  readonly maxSourceBytes: number;
}

/** What an index holds and what it left out, by reason. */
export interface KeeperReport {
  readonly files: number;
  readonly chunks: number;
  readonly bytes: number;
  readonly skipped: Readonly<Record<string, number>>;
  /** What the last look at the whole workspace took. */
  readonly seconds: number;
  /** Files that it did not have to read again. */
  readonly fromCache: number;
}

export type Progress =
  | { readonly state: 'none' | 'ready' }
  | { readonly state: 'indexing'; readonly done: number; readonly total: number };

/** A request that comes while files are merged waits no longer than this. */
const SLICE_MS = 4;
/** Files analysed in one go and at once: enough to keep the analysing threads busy, few enough to see progress. */
const LANES = { size: 32, abreast: 3 };
/** Unsaved text enters the index when the user has paused for this long. */
const UNSAVED_PAUSE_MS = 300;

/**
 * Keeps the index in agreement with the disk and with what is typed but not saved. One piece of work runs at a time;
 * what is asked for meanwhile is remembered and done next. Nothing here ever makes a request wait.
 */
export class IndexKeeper {
  readonly #parts: KeeperParts;
  readonly #slices: Slices;
  #limits: KeeperLimits = { exclude: [], maxFileBytes: 0, maxSourceBytes: 0 };
  #paths = new WorkspacePaths([]);
  #index = new CodeIndex();
  #loaded = false;
  #stop = new AbortController();

  /** Paths within the workspace to look at again; the empty path stands for everything. */
  readonly #stale = new Set<string>();
  readonly #unsaved = new Map<string, LooseText>();
  /** Paths whose unsaved text is in the index in place of the disk's. */
  readonly #overlaid = new Set<string>();
  readonly #skipped = new Map<string, SkipReason>();
  #callOffUnsaved = () => {};
  #working: Promise<void> | undefined;
  #progress: Progress = { state: 'none' };
  #seconds = 0;
  #fromCache = 0;

  constructor(parts: KeeperParts) {
    this.#parts = parts;
    this.#slices = new Slices(() => parts.clock.elapsed(), SLICE_MS);
  }

  get index(): CodeIndex {
    return this.#index;
  }

  get paths(): WorkspacePaths {
    return this.#paths;
  }

  get progress(): Progress {
    return this.#progress;
  }

  get report(): KeeperReport {
    const skipped: Record<string, number> = {};
    for (const reason of this.#skipped.values()) skipped[reason] = (skipped[reason] ?? 0) + 1;
    const { files, chunks, bytes } = this.#index.report;
    return { files, chunks, bytes, skipped, seconds: this.#seconds, fromCache: this.#fromCache };
  }

  /** Sets what may be read. Everything is looked at again, only what changed is read again. */
  open(folders: readonly Folder[], limits: KeeperLimits): void {
    this.#stop.abort();
    this.#stop = new AbortController();
    this.#paths = new WorkspacePaths(folders);
    this.#limits = limits;
    this.#stale.clear();
    this.#stale.add('');
    this.#work();
  }

  /** Forgets what is stored and reads everything again. */
  forget(): void {
    this.#stop.abort();
    this.#stop = new AbortController();
    this.#index = new CodeIndex();
    this.#loaded = true;
    this.#overlaid.clear();
    this.#stale.add('');
    this.#work();
  }

  /** Files or whole directories on disk that have been written, made or deleted; absolute paths. */
  filesChanged(files: readonly string[]): void {
    for (const file of files) {
      // A folder of several has its name and a slash for a path.
      const path = this.#paths.pathOf(file)?.replace(/\/$/, '');
      if (path === undefined) continue;
      this.#overlaid.delete(path);
      this.#unsaved.delete(path);
      this.#stale.add(isRuleFile(basename(file)) ? '' : path);
    }
    this.#work();
  }

  /** The text of an open document that differs from the disk. It stands for the file until that is written. */
  unsaved(text: LooseText): void {
    this.#unsaved.set(text.path, text);
    this.#callOffUnsaved();
    this.#callOffUnsaved = this.#parts.clock.after(UNSAVED_PAUSE_MS, () => this.#work());
  }

  /** Resolves with a report once there is nothing left to do. Rejects when `signal` fires. */
  async settled(signal: AbortSignal): Promise<KeeperReport> {
    while (this.#stale.size > 0 || this.#unsaved.size > 0 || this.#working) {
      if (signal.aborted) throw abortError();
      this.#work();
      await this.#working;
    }
    return this.report;
  }

  async shutdown(): Promise<void> {
    this.#stop.abort();
    this.#callOffUnsaved();
    await this.#working;
    await this.#parts.stored.save(this.#index);
    await this.#parts.analyser.dispose();
  }

  #work(): void {
    this.#working ??= this.#workAll().finally(() => {
      this.#working = undefined;
      if (this.#stale.size > 0) this.#work();
    });
  }

  async #workAll(): Promise<void> {
    const { signal } = this.#stop;
    try {
      if (!this.#loaded) {
        this.#loaded = true;
        this.#index = (await this.#parts.stored.load()) ?? this.#index;
      }
      if (this.#stale.size > 0) await this.#readAgain(signal);
      for (const text of [...this.#unsaved.values()]) await this.#overlay(text);
      this.#parts.stored.saveLater(this.#index);
    } catch (error) {
      if (!isAbort(error)) this.#parts.log.error(`Indexing failed: ${messageOf(error)}`, error);
    }
  }

  async #readAgain(signal: AbortSignal): Promise<void> {
    const stale = this.#stale.has('') ? [''] : [...this.#stale];
    this.#stale.clear();
    const start = this.#parts.clock.elapsed();
    const everything = stale[0] === '';
    if (everything) this.#tell({ state: 'indexing', done: 0, total: 0 });
    try {
      const wanted = await this.#compare(stale, signal);
      let done = 0;
      const analyse = (batch: readonly FileRef[]) => this.#parts.analyser.analyse(batch, signal);
      await inLanes(wanted, LANES, analyse, async records => {
        await this.#mergeAll(records, signal);
        done += records.length;
        if (everything) this.#tell({ state: 'indexing', done, total: wanted.length });
      });
      this.#index.vacuum();
    } finally {
      if (everything) this.#seconds = (this.#parts.clock.elapsed() - start) / 1_000;
      this.#tell({ state: 'ready' });
    }
  }

  /** Looks at the stale paths on disk; removes what is gone and returns what has to be read. */
  async #compare(stale: readonly string[], signal: AbortSignal): Promise<readonly FileRef[]> {
    const seen = new Set<string>();
    const wanted: FileRef[] = [];
    const isStale = (path: string) =>
      stale.some(top => top === '' || path === top || path.startsWith(`${top}/`));
    const everything = stale[0] === '';
    for (const path of [...this.#skipped.keys()]) if (isStale(path)) this.#skipped.delete(path);
    if (everything) this.#fromCache = 0;
    let bytes = everything ? 0 : this.#index.report.bytes;
    for await (const { files, skipped } of this.#scanAll(stale, signal)) {
      for (const skip of skipped) this.#skipped.set(skip.path, skip.skipped);
      for (const file of files) {
        const stamp = this.#index.stamp(file.path);
        const unchanged = stamp?.size === file.size && stamp.mtimeMs === file.mtimeMs;
        bytes += everything ? file.size : file.size - (stamp?.size ?? 0);
        if (bytes > this.#limits.maxSourceBytes) {
          bytes -= file.size;
          this.#skipped.set(file.path, 'over the source cap');
          continue;
        }
        seen.add(file.path);
        if (unchanged) this.#fromCache++;
        else if (!this.#overlaid.has(file.path)) wanted.push(file);
      }
    }
    for (const path of [...this.#index.paths()]) {
      if (isStale(path) && !seen.has(path) && !this.#overlaid.has(path)) {
        this.#parts.stored.changed();
        this.#index.remove(path);
      }
      await this.#slices.breathe();
    }
    return wanted;
  }

  async *#scanAll(stale: readonly string[], signal: AbortSignal) {
    const { exclude, maxFileBytes } = this.#limits;
    const { disk } = this.#parts;
    for (const root of this.#paths.roots) {
      for (const path of stale) {
        if (!`${path}/`.startsWith(root.prefix) && path !== '') continue;
        const under = path.slice(root.prefix.length);
        yield* scan({ root, exclude, maxFileBytes, disk, ...(under === '' ? {} : { under }) }, signal);
      }
    }
  }

  async #mergeAll(records: readonly (FileRecord | Skipped)[], signal: AbortSignal): Promise<void> {
    for (const record of records) {
      if (signal.aborted) throw abortError();
      if (!this.#overlaid.has(record.path)) this.#merge(record);
      await this.#slices.breathe();
    }
  }

  async #overlay(text: LooseText): Promise<void> {
    // A newer text, or a save, may come while this one is analysed.
    const isNewest = () => this.#unsaved.get(text.path) === text;
    try {
      const record = await this.#parts.analyser.analyseText(text);
      if (!isNewest()) return;
      this.#overlaid.add(text.path);
      this.#merge(record);
    } finally {
      if (isNewest()) this.#unsaved.delete(text.path);
    }
  }

  #merge(record: FileRecord | Skipped): void {
    this.#parts.stored.changed();
    if ('skipped' in record) {
      this.#skipped.set(record.path, record.skipped);
      this.#index.remove(record.path);
    } else {
      this.#skipped.delete(record.path);
      this.#index.add(record);
    }
  }

  #tell(progress: Progress): void {
    this.#progress = progress;
    this.#parts.onProgress();
  }
}
