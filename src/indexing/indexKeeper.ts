import { basename } from 'node:path';
import { abortError, isAbort } from '../base/abort.ts';
import type { Clock } from '../base/clock.ts';
import { type Log, messageOf } from '../base/log.ts';
import { Slices } from '../base/slices.ts';
import type { Analyser } from './analyser.ts';
import { CodeIndex } from './codeIndex.ts';
import type { Disk } from './disk.ts';
import type { FileRecord, Skipped, SkipReason } from './fileRecord.ts';
import { isRuleFile } from './ignoreRules.ts';
import { type FileRef, scan } from './scan.ts';
import { loadSnapshot, saveSnapshot } from './snapshotFile.ts';
import { type Folder, WorkspacePaths } from './workspacePaths.ts';

export interface KeeperParts {
  readonly analyser: Analyser;
  readonly disk: Disk;
  readonly clock: Clock;
  readonly log: Log;
  /** File of the stored index; undefined keeps nothing. */
  readonly file: string | undefined;
  readonly onProgress: () => void;
}

export interface KeeperLimits {
  readonly exclude: readonly string[];
  readonly maxFileBytes: number;
  readonly maxSourceBytes: number;
}

/** What an index holds and what it left out. */
export interface KeeperReport {
  readonly files: number;
  readonly chunks: number;
  readonly bytes: number;
  readonly skipped: Readonly<Record<string, number>>;
  readonly seconds: number;
  readonly fromCache: number;
}

export type Progress =
  | { readonly state: 'none' | 'ready' }
  | { readonly state: 'indexing'; readonly done: number; readonly total: number };

export interface UnsavedText {
  readonly path: string;
  readonly languageId: string;
  readonly text: string;
}

/** A request that comes while files are merged waits no longer than this. */
const SLICE_MS = 4;
/** Files analysed in one go: enough to pay for the way to another thread, few enough to see progress. */
const BATCH = 32;
/** Batches under way at once, so that no analysing thread waits for the merging one. */
const ABREAST = 3;
/** Unsaved text enters the index when the user has paused for this long. */
const UNSAVED_PAUSE_MS = 300;
/** Writing tens of megabytes waits for a quiet time. */
const SAVE_PAUSE_MS = 15_000;

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
  readonly #unsaved = new Map<string, UnsavedText>();
  /** Paths whose unsaved text is in the index in place of the disk's. */
  readonly #overlaid = new Set<string>();
  readonly #skipped = new Map<string, SkipReason>();
  #callOffUnsaved = () => {};
  #callOffSave = () => {};
  #working: Promise<void> | undefined;
  #progress: Progress = { state: 'none' };
  #seconds = 0;
  #fromCache = 0;
  #changedSinceSave = false;

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
      const path = this.#paths.pathOf(file);
      if (path === undefined) continue;
      this.#overlaid.delete(path);
      this.#unsaved.delete(path);
      this.#stale.add(isRuleFile(basename(file)) ? '' : path);
    }
    this.#work();
  }

  /** The text of an open document that differs from the disk. It stands for the file until that is written. */
  unsaved(text: UnsavedText): void {
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
    this.#callOffSave();
    await this.#working;
    await this.#save();
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
      if (!this.#loaded) await this.#load();
      if (this.#stale.size > 0) await this.#readAgain(signal);
      for (const text of [...this.#unsaved.values()]) await this.#overlay(text);
      this.#callOffSave();
      if (this.#changedSinceSave) this.#callOffSave = this.#parts.clock.after(SAVE_PAUSE_MS, () => void this.#save());
    } catch (error) {
      if (!isAbort(error)) this.#parts.log.error(`Indexing failed: ${messageOf(error)}`, error);
    }
  }

  async #load(): Promise<void> {
    const { file, log } = this.#parts;
    this.#loaded = true;
    if (file === undefined) return;
    const stored = await loadSnapshot(file);
    if (stored) this.#index = stored;
    else log.info('There is no usable stored index; the workspace is read from the beginning.');
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
      await this.#readAll(wanted, signal, count => {
        done += count;
        if (everything) this.#tell({ state: 'indexing', done, total: wanted.length });
      });
    } finally {
      if (everything) this.#seconds = (this.#parts.clock.elapsed() - start) / 1_000;
      this.#tell({ state: 'ready' });
    }
  }

  /** Looks at the stale paths on disk; removes what is gone and returns what has to be read. */
  async #compare(stale: readonly string[], signal: AbortSignal): Promise<readonly FileRef[]> {
    const seen = new Set<string>();
    const wanted: FileRef[] = [];
    const isStale = (path: string) => stale.some(top => top === '' || path === top || path.startsWith(`${top}/`));
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
      if (isStale(path) && !seen.has(path) && !this.#overlaid.has(path)) this.#remove(path);
      await this.#slices.breathe();
    }
    return wanted;
  }

  async *#scanAll(stale: readonly string[], signal: AbortSignal) {
    const { exclude, maxFileBytes } = this.#limits;
    const { disk } = this.#parts;
    for (const root of this.#paths.roots) {
      for (const path of stale) {
        if (!path.startsWith(root.prefix) && path !== '') continue;
        const under = path.slice(root.prefix.length);
        yield* scan({ root, exclude, maxFileBytes, disk, ...(under === '' ? {} : { under }) }, signal);
      }
    }
  }

  async #readAll(files: readonly FileRef[], signal: AbortSignal, onDone: (count: number) => void): Promise<void> {
    let next = 0;
    const lane = async () => {
      while (next < files.length) {
        const batch = files.slice(next, (next += BATCH));
        for (const record of await this.#parts.analyser.analyse(batch, signal)) {
          if (signal.aborted) throw abortError();
          if (!this.#overlaid.has(record.path)) this.#merge(record);
          await this.#slices.breathe();
        }
        onDone(batch.length);
      }
    };
    await Promise.all(Array.from({ length: ABREAST }, lane));
  }

  async #overlay(text: UnsavedText): Promise<void> {
    const record = await this.#parts.analyser.analyseText(text);
    // A newer text, or a save, may have come while this one was analysed.
    if (this.#unsaved.get(text.path) !== text) return;
    this.#unsaved.delete(text.path);
    this.#overlaid.add(text.path);
    this.#merge(record);
  }

  #merge(record: FileRecord | Skipped): void {
    this.#changedSinceSave = true;
    if ('skipped' in record) {
      this.#skipped.set(record.path, record.skipped);
      this.#index.remove(record.path);
    } else {
      this.#skipped.delete(record.path);
      this.#index.add(record);
    }
  }

  #remove(path: string): void {
    this.#changedSinceSave = true;
    this.#index.remove(path);
  }

  #tell(progress: Progress): void {
    this.#progress = progress;
    this.#parts.onProgress();
  }

  async #save(): Promise<void> {
    const { file, log } = this.#parts;
    if (file === undefined || !this.#changedSinceSave) return;
    this.#changedSinceSave = false;
    try {
      await saveSnapshot(file, this.#index);
    } catch (error) {
      log.warn(`The index could not be stored and will be built again next time: ${messageOf(error)}`);
    }
  }
}
