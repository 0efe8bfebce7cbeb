import type { Clock } from '../base/clock.ts';
import { type Log, messageOf } from '../base/log.ts';
import type { CodeIndex, IndexState } from './codeIndex.ts';
import { loadSnapshot, removeAbandoned, saveSnapshot } from './snapshotFile.ts';

/** Writes a state into a file, here or elsewhere; the state is not used afterwards. */
export type WriteSnapshot = (file: string, state: IndexState) => Promise<void>;

/** Writing tens of megabytes waits for a quiet time. */
const PAUSE_MS = 15_000;

/** The index between sessions. Losing it costs time, never a wrong answer: it is compared with the disk after loading. */
export class StoredIndex {
  readonly #file: string | undefined;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #write: WriteSnapshot;
  #callOff = () => {};
  #unsaved = false;

  /** Without a `file` nothing is kept. */
  constructor(file: string | undefined, clock: Clock, log: Log, write: WriteSnapshot = saveSnapshot) {
    this.#write = write;
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

  async save(index: CodeIndex): Promise<void> {
    this.#callOff();
    if (this.#file === undefined || !this.#unsaved) return;
    this.#unsaved = false;
    try {
      await this.#write(this.#file, index.state());
    } catch (error) {
      this.#log.warn(`The index could not be stored and is built again next time: ${messageOf(error)}`);
    }
  }
}
