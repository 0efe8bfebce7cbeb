import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Log, messageOf } from '../base/log.ts';
import type { FeedbackEvent } from '../domain/feedback.ts';
import { GUARDS_FILE } from './guardLedger.ts';
import { eventOf, lineOf } from './journalEvent.ts';

/** The file that is written; full ones are kept beside it as `journal.1.jsonl`, `journal.2.jsonl`, … */
const CURRENT = 'journal.jsonl';
const NAME = /^journal(?:\.(\d+))?\.jsonl$/;
/** Bytes at which a file is full. */
const FULL = 64 * 1024 * 1024;

/**
 * Feedback on the user's disk, one JSON line an event. It is only ever appended to, whole lines at a time, so that
 * several windows may write the same file and a crash costs at most the line that was being written.
 */
export class Journal {
  readonly #store: string;
  readonly #log: Log;
  readonly #full: number;
  #written: Promise<void> = Promise.resolve();
  #failing = false;

  constructor(store: string, log: Log, full = FULL) {
    this.#store = store;
    this.#log = log;
    this.#full = full;
  }

  /** Writes in the background, in order. What cannot be written is lost; the log says so once. */
  append(event: FeedbackEvent): void {
    const line = lineOf(event);
    this.#written = this.#written.then(async () => {
      try {
        await appendLine(this.#store, line, this.#full);
        this.#failing = false;
      } catch (error) {
        if (!this.#failing) {
          this.#log.warn(`Feedback is lost, ${this.#store} cannot be written: ${messageOf(error)}`);
        }
        this.#failing = true;
      }
    });
  }

  /** Resolves when everything appended so far has been handed to the system. */
  flush(): Promise<void> {
    return this.#written;
  }

  /** Resolves when everything appended so far is on the disk. */
  async close(): Promise<void> {
    await this.flush();
    try {
      const file = await open(join(this.#store, CURRENT), 'r+');
      await file.sync().finally(() => file.close());
    } catch {
      // Nothing was written, or somebody purged it.
    }
  }
}

/** A journal's events, oldest file first, with counts of the lines that it passed over. */
export class JournalReading implements AsyncIterable<FeedbackEvent> {
  readonly #store: string;
  /** Lines that are no events: torn by a crash, or edited by hand. */
  broken = 0;
  /** Events that a newer Wisp wrote. */
  unknown = 0;

  constructor(store: string) {
    this.#store = store;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<FeedbackEvent, void, undefined> {
    this.broken = 0;
    this.unknown = 0;
    for (const name of await filesIn(this.#store)) {
      for await (const line of linesOf(join(this.#store, name))) {
        const event = eventOf(line);
        if (event === 'broken') this.broken++;
        else if (event === 'unknown') this.unknown++;
        else yield event;
      }
    }
  }
}

/** Deletes a journal and what stands beside it, and nothing else that may be in its folder. */
export async function purge(store: string): Promise<{ files: number; bytes: number }> {
  const names = [...(await filesIn(store)), ...(await besideIn(store))];
  let bytes = 0;
  for (const name of names) {
    const file = join(store, name);
    bytes += (await stat(file)).size;
    await rm(file);
  }
  return { files: names.length, bytes };
}

/** What is kept beside the journal, of what there is. */
async function besideIn(store: string): Promise<string[]> {
  const names = await readdir(store).catch(() => []);
  return names.filter(name => name === GUARDS_FILE);
}

async function appendLine(store: string, line: string, full: number): Promise<void> {
  await mkdir(store, { recursive: true, mode: 0o700 });
  const path = join(store, CURRENT);
  const file = await open(path, 'a+', 0o600);
  let size: number;
  try {
    ({ size } = await file.stat());
    const torn = size > 0 && (await file.read(Buffer.alloc(1), 0, 1, size - 1)).buffer[0] !== 10;
    // One write for the whole line: the system keeps it in one piece between the windows.
    await file.appendFile(torn ? `\n${line}` : line);
  } finally {
    await file.close();
  }
  if (size + line.length >= full) await setAside(store, path);
}

async function setAside(store: string, path: string): Promise<void> {
  const newest = Math.max(0, ...(await filesIn(store)).map(numberOf).filter(Number.isFinite));
  // Another window may have been faster.
  await rename(path, join(store, `journal.${newest + 1}.jsonl`)).catch(() => {});
}

/** Names of a journal's files, the oldest first; none if the folder does not exist. */
async function filesIn(store: string): Promise<string[]> {
  const names = await readdir(store).catch(error => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return names.filter(name => NAME.test(name)).sort((a, b) => numberOf(a) - numberOf(b));
}

/** The file that is still written has no number and is the newest. */
function numberOf(name: string): number {
  return Number(NAME.exec(name)?.[1] ?? Number.POSITIVE_INFINITY);
}

/** Split at line feeds alone: `readline` also splits at separators that JSON strings may hold. */
async function* linesOf(path: string): AsyncGenerator<string, void, undefined> {
  const file = await open(path, 'r');
  let rest = '';
  for await (const chunk of file.createReadStream({ encoding: 'utf8' })) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop()!;
    yield* lines.filter(line => line !== '');
  }
  if (rest !== '') yield rest;
}
