import { hashOf } from '../../base/hash.ts';
import type { HistoryHole } from '../history.ts';
import type { Hole } from '../holes.ts';

/** What a result says of its hole, so that results of two runs can be compared. */
export interface Asked {
  /** Hash of what was asked and of its answer: a hole of the same id may be another one in another run. */
  readonly question: string;
  /** Holes of one cluster are alike: those of one commit, or of one line where there is none. */
  readonly cluster: string;
  /** Of a hole from history: its line stands elsewhere between the same neighbours. */
  readonly seenElsewhere?: boolean;
}

const QUESTION_DIGITS = 12;

export function askedOf(hole: Hole & Partial<Pick<HistoryHole, 'commit' | 'seenIn'>>): Asked {
  const { path, prefix, suffix, target, commit, seenIn } = hole;
  return {
    question: hashOf(path, prefix, suffix, target).slice(0, QUESTION_DIGITS),
    cluster: commit?.slice(0, QUESTION_DIGITS) ?? `${path}:${prefix.split('\n').length}`,
    ...(seenIn && { seenElsewhere: seenIn.length > 0 }),
  };
}
