import { abortError } from '../base/abort.ts';
import { languageOf, languageOfPath } from '../domain/languages.ts';
import type { Grammars } from '../syntax/grammars.ts';
import type { Outliner } from '../syntax/outline.ts';
import { analyse, type OutlineOf, type Source } from './analyse.ts';
import type { Disk } from './disk.ts';
import type { FileRecord, Skipped } from './fileRecord.ts';
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
  /**
   * In the order of `files`, one result each; what goes wrong with a file is its result. About 32 files are a good
   * batch. Rejects when `signal` fires, and when no thread can be had at all.
   */
  analyse(files: readonly FileRef[], signal: AbortSignal): Promise<readonly (FileRecord | Skipped)[]>;
  analyseText(text: LooseText): Promise<FileRecord | Skipped>;
  dispose(): Promise<void>;
}

/** An outline of a normal file takes some milliseconds; a file that the parser chokes on is cut by lines instead. */
const OUTLINE_MS = 500;

/** The analyser on the thread that asks: the terminal's, a test's, or the worker's own. */
export class InProcessAnalyser implements Analyser {
  readonly #disk: Pick<Disk, 'read'>;
  readonly #grammars: Grammars | undefined;
  readonly #outline: OutlineOf | undefined;

  /** Without `syntax`, everything is cut by lines. */
  constructor(
    disk: Pick<Disk, 'read'>,
    syntax?: { readonly grammars: Grammars; readonly outliner: Outliner },
  ) {
    this.#disk = disk;
    this.#grammars = syntax?.grammars;
    this.#outline = syntax && ((grammar, text) => outlineOf(syntax.outliner, grammar, text));
  }

  async analyse(files: readonly FileRef[], signal: AbortSignal): Promise<readonly (FileRecord | Skipped)[]> {
    // The disk works ahead while the files before are analysed.
    const reads = files.map(({ file }) => this.#disk.read(file).catch(() => undefined));
    const results: (FileRecord | Skipped)[] = [];
    for (const [i, { path, size, mtimeMs }] of files.entries()) {
      if (signal.aborted) throw abortError();
      const content = await reads[i];
      const languageId = languageOfPath(path)?.id ?? '';
      results.push(
        content
          ? await this.#analyse({ path, languageId, content, size, mtimeMs })
          : { path, skipped: 'unreadable' },
      );
      await breathe();
    }
    return results;
  }

  analyseText({ path, languageId, text }: LooseText): Promise<FileRecord | Skipped> {
    return this.#analyse({ path, languageId, content: text, size: 0, mtimeMs: 0 });
  }

  async dispose(): Promise<void> {}

  async #analyse(source: Source): Promise<FileRecord | Skipped> {
    const { grammar } = languageOf(source.languageId);
    if (grammar !== undefined) await this.#grammars?.prepare(grammar);
    return analyse(source, this.#outline);
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
