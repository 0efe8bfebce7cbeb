import { abortError } from '../base/abort.ts';
import type { Clock } from '../base/clock.ts';
import { type Log, messageOf } from '../base/log.ts';
import { Slices } from '../base/slices.ts';
import { languageOfPath } from '../domain/languages.ts';
import type { Analyser, LooseText } from './analyser.ts';
import { CodeIndex } from './codeIndex.ts';
import { compare, type Difference, isAmong, type ReadLimits } from './comparison.ts';
import type { Disk } from './disk.ts';
import type { FileRecord, Skipped, SkipReason } from './fileRecord.ts';
import { Overlays } from './overlays.ts';
import type { RecordStore } from './recordStore.ts';
import type { FileRef } from './scan.ts';
import type { StoredIndex } from './storedIndex.ts';
import type { Root } from './workspacePaths.ts';

export interface UpdaterParts {
  readonly analyser: Analyser;
  readonly disk: Disk;
  readonly clock: Clock;
  readonly log: Log;
  readonly stored: Pick<StoredIndex, 'changed'>;
  /** Where the records of contents go that leave the index; without it they are made again. */
  readonly records?: RecordStore;
}

/** A request that comes while files are merged waits no longer than this. */
const SLICE_MS = 4;
/** Of source; 4.1 on average over a million lines, fewer in some languages. Room that is not needed costs no memory. */
const BYTES_A_TOKEN = 3.6;
/** So many files, of a language too, that each process will have some. */
const MANY = 32;
/** Why a file may not enter the index, as unsaved text neither. */
const FORBIDDEN: ReadonlySet<SkipReason | undefined> = new Set<SkipReason>([
  'ignored by git',
  'excluded by settings',
  'dependency or build folder',
  'secret',
]);

/** Brings the index up to date, file by file, and lets whoever waits have a turn between two. */
export class IndexUpdater {
  index = new CodeIndex();
  readonly overlays = new Overlays();
  /** Files that may not be read because all together would be too large. */
  overCap = 0;
  readonly #parts: UpdaterParts;
  readonly #slices: Slices;
  readonly #skipped = new Map<string, SkipReason>();

  constructor(parts: UpdaterParts) {
    this.#parts = parts;
    this.#slices = new Slices(() => parts.clock.elapsed(), SLICE_MS);
  }

  /** Goes on from a stored index. It can be searched at once; what completes from its tokens gets them bit by bit. */
  async begin(stored: CodeIndex): Promise<void> {
    this.index = stored;
    await stored.settle(() => this.#slices.breathe());
  }

  /** Gives back room bit by bit. */
  async vacuum(): Promise<void> {
    for (const _ of this.index.vacuuming()) await this.#slices.breathe();
  }

  /** Makes room for files before they come, so that growing never holds up a request. */
  expect(files: readonly FileRef[]): void {
    const bytes = new Map<string, number>();
    for (const { path, size } of files) {
      const family = languageOfPath(path)?.family;
      if (family !== undefined) bytes.set(family, (bytes.get(family) ?? 0) + size);
    }
    for (const [family, size] of bytes) this.index.reserve(family, Math.ceil(size / BYTES_A_TOKEN));
  }

  /** How much was left out, by reason. */
  get skipped(): Readonly<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const reason of this.#skipped.values()) counts[reason] = (counts[reason] ?? 0) + 1;
    return counts;
  }

  /** Compares the given paths, and what lies below them, with the disk, and removes what is gone. */
  async compare(
    paths: ReadonlySet<string>,
    roots: readonly Root[],
    limits: ReadLimits,
    signal: AbortSignal,
  ): Promise<Difference> {
    const sides = {
      ...limits,
      roots,
      index: this.index,
      disk: this.#parts.disk,
      overlaid: this.overlays.placed,
      // Nothing is known: everything will have to be read.
      ...(paths.has('') && this.index.report.files === 0 && { found: announcer(this.#parts.analyser) }),
    };
    const difference = await compare(paths, sides, signal);
    for (const path of [...this.#skipped.keys()]) if (isAmong(paths, path)) this.#skipped.delete(path);
    // The folders above have been judged again on the way.
    for (const path of paths) for (const folder of foldersAbove(path)) this.#skipped.delete(folder);
    for (const skip of difference.skipped) this.#skipped.set(skip.path, skip.skipped);
    this.overlays.again(paths);
    this.overCap = this.skipped['over the source cap'] ?? 0;
    for (const path of difference.gone) {
      const former = this.#formerAt(path);
      this.#parts.stored.changed();
      this.index.remove(path);
      await this.#keepFormer(former);
      await this.#slices.breathe();
    }
    return difference;
  }

  /** Puts records in the place of what stood under their paths, except where an unsaved text stands. */
  async merge(records: readonly (FileRecord | Skipped)[], signal: AbortSignal): Promise<void> {
    for (const record of records) {
      if (signal.aborted) throw abortError();
      if (!this.overlays.placed.has(record.path)) await this.#merge(record);
      await this.#slices.breathe();
    }
  }

  /** Puts an unsaved text in the place of what stood under its path, if it may be read at all. */
  async overlay(text: LooseText): Promise<void> {
    const mayRead = this.#mayRead(text.path);
    try {
      const record = mayRead ? await this.#parts.analyser.analyseText(text) : undefined;
      if (this.overlays.isOutdated(text)) return;
      this.overlays.done(text, mayRead);
      if (record) await this.#merge(record);
      else this.index.remove(text.path);
    } catch (error) {
      if (!this.overlays.isOutdated(text)) this.overlays.done(text, false);
      throw error;
    }
  }

  /** Whether no rule forbids a file or a folder that it lies in, as far as the last scan has seen. */
  #mayRead(path: string): boolean {
    return ![path, ...foldersAbove(path)].some(place => FORBIDDEN.has(this.#skipped.get(place)));
  }

  async #merge(record: FileRecord | Skipped): Promise<void> {
    const former = this.#formerAt(record.path, 'skipped' in record ? undefined : record.hash);
    // What was left out last time, too, is no reason to store everything again.
    if (!('skipped' in record) || this.index.stamp(record.path)) this.#parts.stored.changed();
    if ('skipped' in record) {
      this.#skipped.set(record.path, record.skipped);
      this.index.remove(record.path);
    } else {
      this.#skipped.delete(record.path);
      this.index.add(record);
    }
    await this.#keepFormer(former);
  }

  /** The record of a file that is about to go, unless its content stays or was only typed and never saved. */
  #formerAt(path: string, nextHash?: string): FileRecord | undefined {
    if (!this.#parts.records) return undefined;
    const stamp = this.index.stamp(path);
    const wasOnDisk = stamp && stamp.mtimeMs > 0 && stamp.hash !== nextHash;
    return wasOnDisk ? this.index.recordOf(path) : undefined;
  }

  async #keepFormer(record: FileRecord | undefined): Promise<void> {
    try {
      if (record) await this.#parts.records?.put(record);
    } catch (error) {
      this.#parts.log.info(`What is known of ${record?.path} could not be kept: ${messageOf(error)}`);
    }
  }
}

/** Has what analyses many files start while the folders are walked. */
function announcer(analyser: Analyser): (files: readonly FileRef[]) => void {
  const counts = new Map<string, number>();
  let total = 0;
  return files => {
    for (const { path } of files) {
      total++;
      if (total === MANY) analyser.expectMuch();
      const languageId = languageOfPath(path)?.id ?? '';
      const count = (counts.get(languageId) ?? 0) + 1;
      counts.set(languageId, count);
      if (count === MANY) analyser.expectMuch(languageId);
    }
  };
}

function foldersAbove(path: string): readonly string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, i) => parts.slice(0, i + 1).join('/'));
}
