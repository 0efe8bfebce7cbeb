import type { ChildProcess } from 'node:child_process';
import { GitFailure, startGit } from '../base/gitProcess.ts';

/** A git object, or with `--batch-check` what is known of it without reading it: then `content` is empty. */
export interface GitObject {
  readonly id: string;
  readonly type: string;
  readonly size: number;
  readonly content: Uint8Array;
}

interface Question {
  readonly resolve: (object: GitObject | undefined) => void;
  readonly reject: (error: Error) => void;
}

const NEWLINE = 10;
const NOTHING = new Uint8Array();

/**
 * One long-lived `git cat-file` that answers in the order asked, so that thousands of small objects cost one process.
 * Any number of questions may be under way.
 */
export class CatFile {
  readonly #process: ChildProcess;
  readonly #withContent: boolean;
  readonly #waiting: Question[] = [];
  readonly #received = new Received();
  /** An object whose content has not come in whole. */
  #header: Omit<GitObject, 'content'> | undefined;
  #ended: Error | undefined;

  constructor(directory: string, what: '--batch' | '--batch-check') {
    this.#withContent = what === '--batch';
    this.#process = startGit(directory, ['cat-file', what]);
    this.#process.stdout!.on('data', (chunk: Buffer) => this.#take(chunk));
    // A process that cannot be started, or that has died, is told once, by `close`.
    this.#process.on('error', () => {});
    this.#process.stdin!.on('error', () => {});
    this.#process.stderr!.resume();
    this.#process.on('close', () => this.#end(new GitFailure("'git cat-file' has ended.")));
  }

  /** The object of this name, as in `<id>` or `<id>:<path>`; undefined if the repository does not have it. */
  ask(name: string): Promise<GitObject | undefined> {
    if (/[\n\0]/.test(name)) return Promise.resolve(undefined);
    return new Promise((resolve, reject) => {
      if (this.#ended) return reject(this.#ended);
      this.#waiting.push({ resolve, reject });
      this.#process.stdin!.write(`${name}\n`);
    });
  }

  /** Ends the process. What is still waited for is rejected. */
  close(): void {
    this.#process.kill();
    this.#end(new GitFailure("'git cat-file' was closed."));
  }

  #end(error: Error): void {
    this.#ended ??= error;
    for (const { reject } of this.#waiting.splice(0)) reject(this.#ended);
  }

  #take(chunk: Buffer): void {
    this.#received.push(chunk);
    for (;;) {
      if (!this.#header) {
        const line = this.#received.line();
        if (line === undefined) return;
        this.#head(line);
      } else {
        const { size } = this.#header;
        // A line end follows the content.
        const content = this.#received.bytes(size + 1);
        if (!content) return;
        this.#answer({ ...this.#header, content: content.subarray(0, size) });
      }
    }
  }

  /** `<id> <type> <size>`, or `<name> missing` and the like. */
  #head(line: string): void {
    const parsed = /^([0-9a-f]{40,64}) (\w+) (\d+)$/.exec(line);
    const header = parsed && { id: parsed[1]!, type: parsed[2]!, size: Number(parsed[3]) };
    if (!header) this.#answer(undefined);
    else if (this.#withContent) this.#header = header;
    else this.#answer({ ...header, content: NOTHING });
  }

  #answer(object: GitObject | undefined): void {
    this.#header = undefined;
    this.#waiting.shift()?.resolve(object);
  }
}

/** Bytes that have come in and are not used yet. Chunks are joined only when something is taken that spans them. */
class Received {
  #chunks: Buffer[] = [];
  #length = 0;

  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
  }

  /** Takes a line, without its end; undefined if it has not come in whole. */
  line(): string | undefined {
    let before = 0;
    for (const chunk of this.#chunks) {
      const at = chunk.indexOf(NEWLINE);
      if (at >= 0)
        return this.bytes(before + at + 1)!
          .subarray(0, -1)
          .toString('utf8');
      before += chunk.length;
    }
    return undefined;
  }

  /** Takes so many bytes; undefined if there are fewer. */
  bytes(count: number): Buffer | undefined {
    if (this.#length < count) return undefined;
    const joined = this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks);
    const rest = joined.subarray(count);
    this.#chunks = rest.length > 0 ? [rest] : [];
    this.#length = rest.length;
    return joined.subarray(0, count);
  }
}
