import type { Clock } from '../base/clock.ts';
import type { FileChange } from '../engine/api.ts';

/** A save is told to the engine this soon. In milliseconds. */
const DELAY = 50;
/** A `git checkout` of ten thousand files is told as one word about the folder, once it has been quiet this long. */
const QUIET = 500;
const MOST_FILES = 500;

export interface ChangeBatchOptions {
  readonly clock: Clock;
  /** The workspace folder that a file lies in, as an absolute path. */
  readonly folderOf: (file: string) => string | undefined;
  readonly send: (changes: readonly FileChange[]) => void;
}

/** Collects file events and sends them in bounded portions; the last event of a file counts. */
export class ChangeBatch {
  readonly #options: ChangeBatchOptions;
  #files = new Map<string, FileChange['kind']>();
  #folders = new Set<string>();
  #lastEvent = 0;
  #callOff: (() => void) | undefined;

  constructor(options: ChangeBatchOptions) {
    this.#options = options;
  }

  add(file: string, kind: FileChange['kind']): void {
    const { clock, folderOf } = this.#options;
    const folder = folderOf(file);
    if (folder === undefined) return;
    this.#lastEvent = clock.elapsed();
    if (!this.#folders.has(folder)) this.#files.set(file, kind);
    if (this.#files.size > MOST_FILES) this.#collapse();
    this.#callOff ??= clock.after(DELAY, () => this.#flush());
  }

  dispose(): void {
    this.#callOff?.();
    this.#callOff = undefined;
  }

  /** From now on the folders stand for the files. */
  #collapse(): void {
    for (const file of this.#files.keys()) this.#folders.add(this.#options.folderOf(file)!);
    this.#files.clear();
  }

  #flush(): void {
    const { clock, send } = this.#options;
    const quiet = clock.elapsed() - this.#lastEvent;
    if (this.#folders.size > 0 && quiet < QUIET) {
      this.#callOff = clock.after(QUIET - quiet, () => this.#flush());
      return;
    }
    this.#callOff = undefined;
    const folders = [...this.#folders].map(file => ({ file, kind: 'written' as const }));
    const files = [...this.#files].map(([file, kind]) => ({ file, kind }));
    this.#folders = new Set();
    this.#files = new Map();
    send([...folders, ...files]);
  }
}
