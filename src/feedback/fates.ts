import { maskSecrets } from '../base/secrets.ts';
import type { FeedbackEvent } from '../domain/feedback.ts';
import { MOST_DISTANCE } from './survival.ts';

type Shown = Extract<FeedbackEvent, { kind: 'shown' }>;
type Edited = Extract<FeedbackEvent, { kind: 'edited' }>;

/** What became of one suggestion, without its texts: a year of them fits into memory. */
export interface Fate {
  shown?: Pick<Shown, 'languageId' | 'source' | 'ms'>;
  /** Milliseconds since the epoch. */
  acceptedAt?: number;
  partlyAccepted?: boolean;
  dismissed?: boolean;
  ignored?: boolean;
  /** What the user made of it. */
  edited?: Pick<Edited, 'text' | 'distance'>;
  /** Survived or not, by the seconds after acceptance. */
  readonly checks: Map<number, boolean>;
}

/** What became of every suggestion in a journal, by id. */
export async function fatesOf(events: AsyncIterable<FeedbackEvent>): Promise<Map<string, Fate>> {
  const fates = new Map<string, Fate>();
  for await (const event of events) {
    let fate = fates.get(event.id);
    if (!fate) {
      fate = { checks: new Map() };
      fates.set(event.id, fate);
    }
    add(fate, event);
  }
  return fates;
}

/** The latest check: when, and whether it was still there. */
export function lastCheckOf({ checks }: Fate): { seconds: number; survived: boolean } | undefined {
  if (checks.size === 0) return undefined;
  const seconds = Math.max(...checks.keys());
  return { seconds, survived: checks.get(seconds)! };
}

/** Whether an accepted suggestion was no longer there when it was last seen. */
export function isGone(fate: Fate): boolean {
  const check = lastCheckOf(fate);
  if (check) return !check.survived;
  // The document was closed before the first check.
  return fate.edited !== undefined && fate.edited.distance > MOST_DISTANCE;
}

function add(fate: Fate, event: FeedbackEvent): void {
  switch (event.kind) {
    case 'shown': {
      const { languageId, source, ms } = event;
      fate.shown = { languageId, source, ms };
      break;
    }
    case 'accepted':
      fate.acceptedAt = event.at;
      break;
    case 'partlyAccepted':
      fate.partlyAccepted = true;
      break;
    case 'dismissed':
      fate.dismissed = true;
      break;
    case 'ignored':
      fate.ignored = true;
      break;
    case 'edited': {
      const { text, distance } = event;
      fate.edited = { text: maskSecrets(text), distance };
      break;
    }
    case 'survival':
      fate.checks.set(event.seconds, event.survived);
  }
}
