import { open, rename, rm } from 'node:fs/promises';
import { hashOf } from '../base/hash.ts';
import { MASK } from '../base/secrets.ts';
import type { FeedbackEvent } from '../domain/feedback.ts';
import { type Fate, fatesOf, isGone, lastCheckOf } from './fates.ts';
import { JournalReading } from './journal.ts';
import { presentable } from './journalEvent.ts';

/**
 * What a fine-tuning program reads, one JSON object a line.
 * - `fim`: `{prefix, middle, suffix, …}` of each accepted suggestion that was not gone when it was last looked at.
 * - `sft`: the same ones as `{prompt, completion, suffix}`; the prompt is the prefix.
 * - `dpo`: `{prompt, chosen, rejected, suffix}` of each accepted suggestion that the user then changed: rejected is the
 *   suggestion, chosen what the user made of it, if that is not nothing.
 * - `kto`: `{prompt, completion, label, suffix}`. True: accepted, and survived its last check. False: dismissed without
 *   a part taken, or accepted and gone when last looked at. Ignored ones and those not yet checked tell nothing. What was
 *   dismissed once and wanted another time counts as wanted.
 */
export type ExportFormat = 'fim' | 'sft' | 'dpo' | 'kto';

export interface ExportReport {
  /** Lines written. */
  readonly records: number;
  /** Left out because the same example was written already. */
  readonly duplicates: number;
  /** Left out because a secret stood in the text that a model would learn to write. */
  readonly secret: number;
  /** Lines of the journal that could not be read. */
  readonly unreadable: number;
}

/** Writes a journal's examples to the file `out`, which comes to be at once and complete, or not at all. */
export async function exportFeedback(
  store: string,
  format: ExportFormat,
  out: string,
): Promise<ExportReport> {
  const reading = new JournalReading(store);
  const fates = await fatesOf(reading);
  const written = new Set<string>();
  let duplicates = 0;
  let secret = 0;
  const temporary = `${out}.${process.pid}.tmp`;
  const file = await open(temporary, 'w', 0o600);
  try {
    for (const exampleOf of FORMATS[format]) {
      for await (const event of reading) {
        const fate = event.kind === 'shown' ? fates.get(event.id) : undefined;
        const example = fate && exampleOf(presentable(event) as Shown, fate);
        if (!example) continue;
        if (example.learned.some(text => text.includes(MASK))) {
          secret++;
          continue;
        }
        const key = hashOf(...example.same);
        if (written.has(key)) {
          duplicates++;
          continue;
        }
        written.add(key);
        await file.appendFile(`${JSON.stringify(example.record)}\n`);
      }
    }
    await file.sync();
    await file.close();
    await rename(temporary, out);
  } catch (error) {
    await file.close().catch(() => {});
    await rm(temporary, { force: true });
    throw error;
  }
  return { records: written.size, duplicates, secret, unreadable: reading.broken + reading.unknown };
}

type Shown = Extract<FeedbackEvent, { kind: 'shown' }>;

interface Example {
  /** What makes two examples the same. */
  readonly same: readonly string[];
  /** The texts of it that a model learns to write. */
  readonly learned: readonly string[];
  readonly record: object;
}

/** Each format's examples, in the order of the passes over the journal: an example of a later pass must be new. */
const FORMATS: Readonly<
  Record<ExportFormat, readonly ((shown: Shown, fate: Fate) => Example | undefined)[]>
> = {
  fim: [fim],
  sft: [sft],
  dpo: [dpo],
  kto: [wanted, unwanted],
};

function fim(shown: Shown, fate: Fate): Example | undefined {
  const check = lastCheckOf(fate);
  const middle = middleOf(shown, fate);
  if (middle === undefined) return undefined;
  const { id, prefix, suffix, path, languageId: language, source } = shown;
  const record = {
    prefix,
    suffix,
    middle,
    // Whose text the middle is: the suggestion as it was accepted, or what the user made of it.
    middleIs: fate.edited === undefined ? 'accepted' : 'edited',
    path,
    language,
    source,
    id,
    acceptedAt: fate.acceptedAt,
    ...(check && { survivedSeconds: check.seconds }),
  };
  return { same: [prefix, middle, suffix], learned: [middle], record };
}

function sft(shown: Shown, fate: Fate): Example | undefined {
  const completion = middleOf(shown, fate);
  if (completion === undefined) return undefined;
  const { prefix: prompt, suffix } = shown;
  return {
    same: [prompt, completion, suffix],
    learned: [completion],
    record: { prompt, completion, suffix },
  };
}

function dpo({ prefix: prompt, text: rejected, suffix }: Shown, fate: Fate): Example | undefined {
  const chosen = fate.edited?.text;
  if (fate.acceptedAt === undefined || !chosen || chosen === rejected) return undefined;
  return {
    same: [prompt, chosen, rejected, suffix],
    learned: [chosen, rejected],
    record: { prompt, chosen, rejected, suffix },
  };
}

function wanted(shown: Shown, fate: Fate): Example | undefined {
  const survived = fate.acceptedAt !== undefined && lastCheckOf(fate)?.survived;
  return survived ? labelled(shown, true) : undefined;
}

function unwanted(shown: Shown, fate: Fate): Example | undefined {
  const gone = fate.acceptedAt !== undefined && isGone(fate);
  const dismissed = fate.dismissed && !fate.partlyAccepted;
  return gone || dismissed ? labelled(shown, false) : undefined;
}

function labelled({ prefix: prompt, text: completion, suffix }: Shown, label: boolean): Example {
  return {
    same: [prompt, completion, suffix],
    learned: [completion],
    record: { prompt, completion, label, suffix },
  };
}

/** The text that the user wanted here, as far as is known; undefined if it was not accepted or is gone. */
function middleOf(shown: Shown, fate: Fate): string | undefined {
  if (fate.acceptedAt === undefined || isGone(fate)) return undefined;
  return fate.edited?.text ?? shown.text;
}
