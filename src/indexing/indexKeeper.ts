import { basename } from 'node:path';
import { abortError, isAbort } from '../base/abort.ts';
import { inLanes } from '../base/lanes.ts';
import { messageOf } from '../base/log.ts';
import type { LooseText } from './analyser.ts';
import { CodeIndex } from './codeIndex.ts';
import { isAmong, type ReadLimits } from './comparison.ts';
import type { FileRecord, Skipped } from './fileRecord.ts';
import { isRuleFile } from './ignoreRules.ts';
import { IndexUpdater, type UpdaterParts } from './indexUpdater.ts';
import type { Pace, Pacer } from './pacer.ts';
import type { FileRef } from './scan.ts';
import type { StoredIndex } from './storedIndex.ts';
import { type Folder, WorkspacePaths } from './workspacePaths.ts';

export interface KeeperParts extends UpdaterParts {
  readonly stored: StoredIndex;
  /** Says when the work that nobody waits for may go on; without it, at once. */
  readonly pacer?: Pacer;
  readonly onProgress: () => void;
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

/**
 * Files analysed in one go and at once: few enough to see progress, and enough batches that two processes are busy while
 * the others wait for a slow one, since they are taken in turn.
 */
const LANES = { size: 32, abreast: 6 };
/** Changed files that are looked at one by one. */
const MOST_SINGLE = 64;
/** Unsaved text enters the index when the user has paused for this long. */
const UNSAVED_PAUSE_MS = 300;
/** Nobody who has not typed for this long is likely to begin in the next half second. */
const TIDY_PAUSE_MS = 10_000;

/**
 * Keeps the index in agreement with the disk and with what is typed but not saved. The reading of everything takes its
 * time; what is saved and typed meanwhile is taken beside it. Nothing here ever makes a request wait.
 */
export class IndexKeeper {
  readonly #parts: KeeperParts;
  readonly #updater: IndexUpdater;
  #limits: ReadLimits = { exclude: [], maxFileBytes: 0, maxSourceBytes: 0 };
  #paths = new WorkspacePaths([]);
  #loaded = false;
  #forgotten = false;
  #stop = new AbortController();

  /** Paths within the workspace to look at again; the empty path stands for everything. */
  readonly #stale = new Set<string>();
  #callOffUnsaved = () => {};
  #callOffTidying = () => {};
  /** The reading of everything, while it goes on; once it has compared the index with the disk, others may work, too. */
  #reading: Promise<void> | undefined;
  #isCompared = true;
  #catchingUp: Promise<void> | undefined;
  /** What has been looked at since everything was compared: the reading of everything must not bring back older texts. */
  readonly #newer = new Set<string>();
  #progress: Progress = { state: 'none' };
  #seconds = 0;
  #fromCache = 0;

  constructor(parts: KeeperParts) {
    this.#parts = parts;
    this.#updater = new IndexUpdater(parts);
  }

  get index(): CodeIndex {
    return this.#updater.index;
  }

  /** How much of the machine work may take that nobody waits for. */
  set pace(pace: Pace) {
    if (this.#parts.pacer) this.#parts.pacer.pace = pace;
  }

  get paths(): WorkspacePaths {
    return this.#paths;
  }

  get progress(): Progress {
    return this.#progress;
  }

  /** Files that were left out because all together would be too large. */
  get overCap(): number {
    return this.#updater.overCap;
  }

  get report(): KeeperReport {
    const { skipped } = this.#updater;
    return { ...this.index.report, skipped, seconds: this.#seconds, fromCache: this.#fromCache };
  }

  /** Sets what may be read. Everything is looked at again, only what changed is read again. */
  open(folders: readonly Folder[], limits: ReadLimits): void {
    const before = JSON.stringify(this.#paths.roots);
    this.#paths = new WorkspacePaths(folders);
    // A path may mean another file now; whoever has unsaved texts says them again.
    if (JSON.stringify(this.#paths.roots) !== before) this.#updater.overlays.clear();
    this.#limits = limits;
    this.#lookAtEverything();
    this.#work();
  }

  /** Forgets what is stored and reads everything again. */
  forget(): void {
    this.#updater.index = new CodeIndex();
    this.#forgotten = true;
    this.#loaded = true;
    this.#lookAtEverything();
    this.#work();
  }

  /** Files or whole directories on disk that have been written, made or deleted; absolute paths. */
  filesChanged(files: readonly string[]): void {
    for (const file of files) {
      // A folder of several has its name and a slash for a path.
      const path = this.#paths.pathOf(file)?.replace(/\/$/, '');
      if (path === undefined) continue;
      this.#updater.overlays.drop(path);
      this.#stale.add(isRuleFile(basename(file)) ? '' : path);
    }
    // Of another branch: to walk down to each of many files is more than to walk over all once.
    if (this.#stale.has('') || this.#stale.size > MOST_SINGLE) this.#lookAtEverything();
    this.#work();
  }

  /** The text of an open document that differs from the disk. It stands for the file until that is written. */
  unsaved(text: LooseText): void {
    this.#parts.pacer?.typed();
    this.#updater.overlays.set(text);
    this.#parts.analyser.expect(text.languageId);
    this.#workLater();
  }

  /** Resolves with a report once there is nothing left to do. Rejects when `signal` fires. */
  async settled(signal: AbortSignal): Promise<KeeperReport> {
    while (this.#stale.size > 0 || this.#updater.overlays.pending.length > 0 || this.#isWorking) {
      if (signal.aborted) throw abortError();
      this.#work();
      await Promise.all([this.#reading, this.#catchingUp]);
    }
    return this.report;
  }

  async shutdown(): Promise<void> {
    this.#stop.abort();
    this.#callOffUnsaved();
    this.#callOffTidying();
    await Promise.all([this.#reading, this.#catchingUp]);
    await this.#parts.stored.save(this.index);
    await this.#parts.analyser.dispose();
  }

  /** What goes on is called off: it would have to be done again. */
  #lookAtEverything(): void {
    this.#stop.abort();
    this.#stop = new AbortController();
    this.#stale.clear();
    this.#stale.add('');
  }

  get #isWorking(): boolean {
    return this.#reading !== undefined || this.#catchingUp !== undefined;
  }

  /** Begins what there is to do. Catching up does not wait for the reading of everything, which may take its time. */
  #work(): void {
    const { signal } = this.#stop;
    if (this.#stale.has('')) {
      this.#isCompared = false;
      this.#reading ??= this.#try(() => this.#readEverything(signal)).finally(() => {
        this.#reading = undefined;
        this.#isCompared = true;
        this.#workOn();
      });
    } else if (this.#isCompared && (this.#stale.size > 0 || this.#updater.overlays.pending.length > 0)) {
      this.#catchingUp ??= this.#catchUp(signal).finally(() => {
        this.#catchingUp = undefined;
        this.#workOn();
      });
    }
  }

  #workOn(): void {
    this.#parts.stored.saveLater(this.index);
    if (this.#stale.size > 0) this.#work();
    else if (this.#updater.overlays.pending.length > 0) this.#workLater();
  }

  #workLater(): void {
    this.#callOffUnsaved();
    this.#callOffUnsaved = this.#parts.clock.after(UNSAVED_PAUSE_MS, () => this.#work());
  }

  async #try(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!isAbort(error)) this.#parts.log.error(`Indexing failed: ${messageOf(error)}`, error);
    }
  }

  async #readEverything(signal: AbortSignal): Promise<void> {
    this.#stale.clear();
    const start = this.#parts.clock.elapsed();
    this.#tell({ state: 'indexing', done: 0, total: 0 });
    try {
      await this.#catchingUp;
      await this.#load();
      const wanted = await this.#compare(new Set(['']), signal);
      this.#newer.clear();
      this.#isCompared = true;
      this.#work();
      let done = 0;
      this.#updater.expect(wanted);
      const pacer = wanted.length > LANES.size ? this.#parts.pacer : undefined;
      await this.#read(wanted, signal, pacer, async records => {
        const stillNewest = records.filter(({ path }) => !isAmong(this.#newer, path));
        await this.#updater.merge(stillNewest, signal);
        done += records.length;
        this.#tell({ state: 'indexing', done, total: wanted.length });
      });
    } finally {
      // What called it off begins anew.
      if (!signal.aborted) this.#parts.analyser.rest();
      this.#seconds = (this.#parts.clock.elapsed() - start) / 1_000;
      this.#tell({ state: 'ready' });
    }
    this.#tidy();
  }

  /** Gives back the room of what is gone: at once where nobody types, else after a long pause, for it takes a while. */
  #tidy(): void {
    this.#callOffTidying();
    if (!this.#parts.pacer) this.index.vacuum();
    else this.#callOffTidying = this.#parts.clock.after(TIDY_PAUSE_MS, () => void this.#updater.vacuum());
  }

  async #load(): Promise<void> {
    if (this.#forgotten) await this.#parts.records?.clear();
    this.#forgotten = false;
    if (this.#loaded) return;
    this.#loaded = true;
    const stored = await this.#parts.stored.load();
    if (stored) await this.#updater.begin(stored);
  }

  /** Takes what was saved and typed lately: that waits for nobody. */
  async #catchUp(signal: AbortSignal): Promise<void> {
    const paths = new Set(this.#stale);
    this.#stale.clear();
    for (const path of paths) this.#newer.add(path);
    await this.#try(async () => {
      const wanted = paths.size > 0 ? await this.#compare(paths, signal) : [];
      await this.#read(wanted, signal, undefined, records => this.#updater.merge(records, signal));
      this.#tidy();
    });
    for (const text of this.#updater.overlays.pending) await this.#try(() => this.#updater.overlay(text));
  }

  async #read(
    files: readonly FileRef[],
    signal: AbortSignal,
    pacer: Pacer | undefined,
    take: (records: readonly (FileRecord | Skipped)[]) => Promise<void>,
  ): Promise<void> {
    const analyse = async (batch: readonly FileRef[]) =>
      this.#parts.analyser.analyse(batch, signal, await pacer?.turn(signal));
    await inLanes(files, LANES, analyse, take);
  }

  async #compare(paths: ReadonlySet<string>, signal: AbortSignal): Promise<readonly FileRef[]> {
    const { wanted, unchanged } = await this.#updater.compare(paths, this.#paths.roots, this.#limits, signal);
    if (paths.has('')) this.#fromCache = unchanged;
    return wanted;
  }

  #tell(progress: Progress): void {
    this.#progress = progress;
    this.#parts.onProgress();
  }
}
