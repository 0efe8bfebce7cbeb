import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import type { Clock } from '../base/clock.ts';
import { type Log, messageOf } from '../base/log.ts';
import { maskSecrets } from '../base/secrets.ts';
import {
  addCounts,
  type GuardCounts,
  type GuardExample,
  JUDGEMENTS,
  NOTHING_COUNTED,
} from '../domain/guardCounts.ts';
import type { Note } from '../domain/trace.ts';

/** Stands beside the journal. */
export const GUARDS_FILE = 'guards.json';

/** Where and when the guards judged. */
export interface JudgedPlace {
  readonly at: number;
  readonly path: string;
  /** Counts from 1. */
  readonly line: number;
}

/** Counted in memory, written once in a while: losing a minute of counts to a crash costs nothing. */
const PAUSE_MS = 30_000;
/** `guard:addsSyntaxError` noted `refused: it adds a syntax error`. */
const WHERE = /^guard:(.+)$/;
const WHAT = /^(refused|repaired|doubted|undecided): (.*)$/s;
const MOST_REASON = 200;

/** Counts what each guard does, in this session and on the user's disk. */
export class GuardLedger {
  readonly #file: string | undefined;
  readonly #store: string | undefined;
  readonly #clock: Clock;
  readonly #log: Log;
  /** Since the last write, and before it. */
  #fresh: GuardCounts = {};
  #written: GuardCounts = {};
  #callOff = () => {};
  #keeping = true;

  /** Without a `store`, the journal's folder, nothing is kept beyond this session. */
  constructor(store: string | undefined, clock: Clock, log: Log) {
    this.#store = store;
    this.#file = store === undefined ? undefined : join(store, GUARDS_FILE);
    this.#clock = clock;
    this.#log = log;
  }

  /** What the guards did since the engine started. */
  get session(): GuardCounts {
    return addCounts(this.#written, this.#fresh);
  }

  /** Whether the user wants it written down. */
  keep(record: boolean): void {
    this.#keeping = record;
  }

  /** Counts what the guards noted on the way to one answer. */
  count(notes: readonly Note[], place: JudgedPlace): void {
    let counted = false;
    for (const { where, what } of notes) {
      const guard = WHERE.exec(where)?.[1];
      const [, kind, reason = ''] = WHAT.exec(what) ?? [];
      const judgement = JUDGEMENTS.find(each => each === kind);
      if (guard === undefined || judgement === undefined) continue;
      const example: GuardExample = {
        ...place,
        judgement,
        reason: maskSecrets(reason).slice(0, MOST_REASON),
      };
      const one = {
        ...NOTHING_COUNTED,
        [judgement]: 1,
        examples: judgement === 'undecided' ? [] : [example],
      };
      this.#fresh = addCounts(this.#fresh, { [guard]: one });
      counted = true;
    }
    if (!counted || this.#file === undefined) return;
    this.#callOff();
    this.#callOff = this.#clock.after(PAUSE_MS, () => void this.flush());
  }

  /** Adds what was counted since to what is on the disk, where other windows may have added theirs. */
  async flush(): Promise<void> {
    this.#callOff();
    const fresh = this.#fresh;
    if (!this.#keeping) return;
    if (this.#store === undefined || this.#file === undefined || Object.keys(fresh).length === 0) return;
    this.#written = addCounts(this.#written, fresh);
    this.#fresh = {};
    const beside = `${this.#file}.${process.pid}.tmp`;
    try {
      await mkdir(this.#store, { recursive: true, mode: 0o700 });
      const all = addCounts(await guardCountsIn(this.#store), fresh);
      await writeFile(beside, JSON.stringify(all), { mode: 0o600 });
      await rename(beside, this.#file);
    } catch (error) {
      this.#log.warn(`What the guards did could not be written down: ${messageOf(error)}`);
    }
  }
}

const number = v.pipe(v.number(), v.integer(), v.minValue(0));
const CountsSchema = v.record(
  v.string(),
  v.object({
    refused: number,
    repaired: number,
    doubted: number,
    undecided: number,
    examples: v.array(
      v.object({
        at: v.number(),
        path: v.string(),
        line: number,
        judgement: v.picklist(JUDGEMENTS),
        reason: v.string(),
      }),
    ),
  }),
);

/** The counts in a journal's folder; none if there are none, or what is there cannot be read. */
export async function guardCountsIn(store: string): Promise<GuardCounts> {
  try {
    const parsed = v.safeParse(CountsSchema, JSON.parse(await readFile(join(store, GUARDS_FILE), 'utf8')));
    return parsed.success ? parsed.output : {};
  } catch {
    return {};
  }
}
