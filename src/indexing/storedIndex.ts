import type { Clock } from '../base/clock.ts';
import { type Log, messageOf } from '../base/log.ts';
import type { CodeIndex } from './codeIndex.ts';
import { loadSnapshot, removeAbandoned, saveSnapshot } from './snapshotFile.ts';

/** Writing tens of megabytes waits for a quiet time. */
const PAUSE_MS = 15_000;

/** The index between sessions. Losing it costs time, never a wrong answer: it is compared with the disk after loading. */
export class StoredIndex {
  readonly #file: string | undefined;
  readonly #clock: Clock;
  readonly #log: Log;
  #callOff = () => {};
  #unsaved = false;
  #saving = Promise.resolve();

  /** Without a `file` nothing is kept. */
  constructor(file: string | undefined, clock: Clock, log: Log) {
    this.#file = file;
    this.#clock = clock;
    this.#log = log;
  }

  /** What was stored last, yet to be settled, unless it is missing, damaged or of another format. */
  async load(): Promise<CodeIndex | undefined> {
    if (this.#file === undefined) return undefined;
    await removeAbandoned(this.#file);
    const stored = await loadSnapshot(this.#file, 'later');
    if (!stored) this.#log.info('There is no usable stored index; the workspace is read from the beginning.');
    return stored;
  }

  /** The index is not what is stored any more. */
  changed(): void {
    this.#unsaved = true;
  }

  /** Stores the index once nothing has asked for this for a while. */
  saveLater(index: CodeIndex): void {
    this.#callOff();
    if (this.#unsaved) this.#callOff = this.#clock.after(PAUSE_MS, () => void this.save(index));
  }

  /** Stores the index now, or later if it changes meanwhile. Never rejects. */
  save(index: CodeIndex): Promise<void> {
    this.#callOff();
    // Two would write the same file.
    this.#saving = this.#saving.then(() => this.#save(index));
    return this.#saving;
  }

  async #save(index: CodeIndex): Promise<void> {
    if (this.#file === undefined || !this.#unsaved) return;
    this.#unsaved = false;
    try {
      if (await saveSnapshot(this.#file, index)) return;
      this.#unsaved = true;
      this.saveLater(index);
    } catch (error) {
      this.#log.warn(`The index could not be stored and is built again next time: ${messageOf(error)}`);
    }
  }
}
