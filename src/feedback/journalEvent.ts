import * as v from 'valibot';
import { maskSecrets } from '../base/secrets.ts';
import { MARGIN, maskInserted } from '../base/secretsAcross.ts';
import { headAtLineEnd, tailAtLineStart } from '../base/text.ts';
import type { FeedbackEvent } from '../domain/feedback.ts';
import type { Source } from '../domain/suggestion.ts';

/** The form of a journal's lines. A reader passes over lines of a form that it does not know. */
const SCHEMA = 1;

/** In UTF-16 units: enough to train on, little enough that a year of use stays small. */
const MOST_PREFIX = 4_000;
const MOST_SUFFIX = 2_000;

/** One line of the journal with its line end: texts cut to size, secrets masked. */
export function lineOf(event: FeedbackEvent): string {
  return `${JSON.stringify({ schema: SCHEMA, ...presentable(event) })}\n`;
}

/** The event of a line; `unknown` for one that a newer Wisp wrote, `broken` for anything else. */
export function eventOf(line: string): FeedbackEvent | 'unknown' | 'broken' {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return 'broken';
  }
  const head = v.safeParse(HeadSchema, value);
  if (!head.success) return 'broken';
  if (head.output.schema !== SCHEMA || !KINDS.has(head.output.kind)) return 'unknown';
  const event = v.safeParse(EventSchema, value);
  return event.success ? event.output : 'broken';
}

/** Texts cut to size, secrets masked; of what was presentable already it changes nothing. */
export function presentable(event: FeedbackEvent): FeedbackEvent {
  if (event.kind === 'edited') return { ...event, text: maskSecrets(event.text) };
  if (event.kind !== 'shown') return event;
  // Looked at a good way beyond what is kept, so that a secret that is cut there is still known for one.
  const before = event.prefix.slice(-MOST_PREFIX - MARGIN);
  const after = event.suffix.slice(0, MOST_SUFFIX + MARGIN);
  const [prefix, text, suffix] = maskInserted(before, event.text, after);
  return {
    ...event,
    prefix: tailAtLineStart(prefix, MOST_PREFIX),
    text,
    suffix: headAtLineEnd(suffix, MOST_SUFFIX),
  };
}

const HeadSchema = v.object({ schema: v.number(), kind: v.string() });

const common = { id: v.string(), at: v.number() };
const EventSchema = v.variant('kind', [
  v.object({
    ...common,
    kind: v.literal('shown'),
    workspace: v.string(),
    path: v.string(),
    languageId: v.string(),
    // A source that only a newer Wisp has is counted under its own name.
    source: v.custom<Source>(value => typeof value === 'string'),
    confidence: v.number(),
    text: v.string(),
    prefix: v.string(),
    suffix: v.string(),
    provenance: v.array(
      v.object({
        path: v.string(),
        startLine: v.number(),
        endLine: v.number(),
        retriever: v.string(),
        score: v.number(),
      }),
    ),
    ms: v.number(),
  }),
  v.object({ ...common, kind: v.literal('accepted') }),
  v.object({ ...common, kind: v.literal('partlyAccepted'), characters: v.number() }),
  v.object({ ...common, kind: v.literal('dismissed'), how: v.picklist(['escape', 'typed']) }),
  v.object({ ...common, kind: v.literal('ignored') }),
  v.object({ ...common, kind: v.literal('edited'), distance: v.number(), text: v.string() }),
  v.object({
    ...common,
    kind: v.literal('survival'),
    seconds: v.number(),
    distance: v.number(),
    survived: v.boolean(),
  }),
]);

const KINDS: ReadonlySet<string> = new Set(EventSchema.options.map(option => option.entries.kind.literal));
