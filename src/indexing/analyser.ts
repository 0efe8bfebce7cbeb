import { abortError } from '../base/abort.ts';
import { type Clock, systemClock } from '../base/clock.ts';
import { hashOf } from '../base/hash.ts';
import { languageOf, languageOfPath } from '../domain/languages.ts';
import type { Grammars } from '../syntax/grammars.ts';
import type { Outliner } from '../syntax/outline.ts';
import { analyse, bytesOf, type OutlineOf, type Source } from './analyse.ts';
import type { Disk } from './disk.ts';
import type { FileRecord, Skipped } from './fileRecord.ts';
import type { RecordStore } from './recordStore.ts';
import type { FileRef } from './scan.ts';

/** Text that is not, or not yet, on the disk. */
export interface LooseText {
  /** Slash-separated path within the workspace. */
  readonly path: string;
  readonly languageId: string;
  readonly text: string;
}

/** Reads files and analyses them, here or elsewhere. */
export interface Analyser {
  /** A file of a language will soon be there. What takes time to start is started. */
  expect(languageId: string): void;
  /** A whole workspace will soon be there, with many files of a language if one is named. */
  expectMuch(languageId?: string): void;
  /** Nothing more is to be expected: what was started for it and has nothing to do is given back. */
  rest(): void;
  /**
   * In the order of `files`, one result each; what goes wrong with a file is its result. About 32 files are a good
   * batch. Rejects when `signal` fires, and when no thread can be had at all. Rests after its work, so that it takes
   * `cpuPercent` of a core, 100 if that is left out.
   */
  analyse(
    files: readonly FileRef[],
    signal: AbortSignal,
    cpuPercent?: number,
  ): Promise<readonly (FileRecord | Skipped)[]>;
  analyseText(text: LooseText): Promise<FileRecord | Skipped>;
  dispose(): Promise<void>;
}

/** An outline of a normal file takes some milliseconds; a file that the parser chokes on is cut by lines instead. */
const OUTLINE_MS = 500;

/** A rest shorter than this is put off: timers are no more exact. */
const LEAST_REST_MS = 10;

/** The analyser on the thread that asks: the terminal's, a test's, or the worker's own. */
export class InProcessAnalyser implements Analyser {
  readonly #disk: Pick<Disk, 'read'>;
  readonly #grammars: Grammars | undefined;
  readonly #outline: OutlineOf | undefined;
  readonly #records: Pick<RecordStore, 'get'> | undefined;
  readonly #clock: Pick<Clock, 'elapsed' | 'after'>;

  /** Without `syntax`, everything is cut by lines. What `records` has of a content is not made again. */
  constructor(
    disk: Pick<Disk, 'read'>,
    syntax?: { readonly grammars: Grammars; readonly outliner: Outliner },
    records?: Pick<RecordStore, 'get'>,
    clock: Pick<Clock, 'elapsed' | 'after'> = systemClock,
  ) {
    this.#disk = disk;
    this.#grammars = syntax?.grammars;
    this.#outline = syntax && ((grammar, text) => outlineOf(syntax.outliner, grammar, text));
    this.#records = records;
    this.#clock = clock;
  }

  expect(languageId: string): void {
    const { grammar } = languageOf(languageId);
    if (grammar !== undefined) void this.#grammars?.prepare(grammar).then(() => this.#outline?.(grammar, ''));
  }

  /** Nothing: each language is there when its first file is. */
  expectMuch(): void {}

  rest(): void {}

  async analyse(
    files: readonly FileRef[],
    signal: AbortSignal,
    cpuPercent = 100,
  ): Promise<readonly (FileRecord | Skipped)[]> {
    // The disk works ahead while the files before are analysed.
    const reads = files.map(({ file }) => this.#disk.read(file).catch(() => undefined));
    const results: (FileRecord | Skipped)[] = [];
    let unrested = 0;
    for (const [i, { path, size, mtimeMs }] of files.entries()) {
      if (signal.aborted) throw abortError();
      const content = await reads[i];
      const start = this.#clock.elapsed();
      const languageId = languageOfPath(path)?.id ?? '';
      results.push(
        content
          ? await this.#analyse({ path, languageId, content, size, mtimeMs })
          : { path, skipped: 'unreadable' },
      );
      unrested += (this.#clock.elapsed() - start) * (100 / cpuPercent - 1);
      if (unrested >= LEAST_REST_MS) {
        const rest = unrested;
        await new Promise<void>(resolve => this.#clock.after(rest, resolve));
        unrested = 0;
      } else await breathe();
    }
    return results;
  }

  analyseText({ path, languageId, text }: LooseText): Promise<FileRecord | Skipped> {
    return this.#analyse({ path, languageId, content: text, size: 0, mtimeMs: 0 });
  }

  async dispose(): Promise<void> {}

  async #analyse(source: Source): Promise<FileRecord | Skipped> {
    const { path, languageId, content, size, mtimeMs } = source;
    const hash = hashOf(bytesOf(content));
    const known = await this.#records?.get(languageId, hash);
    // By its path it is wanted, or the scan would not have named it.
    if (known) return { ...known, path, size, mtimeMs };
    const { grammar } = languageOf(languageId);
    if (grammar !== undefined) await this.#grammars?.prepare(grammar);
    return analyse({ ...source, hash }, this.#outline);
  }
}

/** A parser that fails on one file must not cost that file its place in the index. */
function outlineOf(outliner: Outliner, grammar: string, text: string): ReturnType<OutlineOf> {
  try {
    return outliner.outline(grammar, text, OUTLINE_MS);
  } catch {
    return undefined;
  }
}

/** Lets messages in, such as that nobody waits for this any more. */
const breathe = () => new Promise<void>(resolve => setImmediate(resolve));
