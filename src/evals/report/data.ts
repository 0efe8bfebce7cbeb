import type { Settings } from '../../domain/settings.ts';
import type { HoleResult, Measures, Summary } from '../summary.ts';
import type { Excerpt } from './excerpt.ts';

/** Where the holes come from: lines that the newest commits added, or lines of the files as they are now. */
export type HoleSource =
  | {
      readonly kind: 'history';
      readonly commits: number;
      /** Holes for which near-duplicates of their file were left out of the index. */
      readonly nearDuplicates: number;
    }
  | { readonly kind: 'masked'; readonly because: string };

/** One hole as it is shown: what stood there, what was offered, and where the offer comes from. */
export interface Case {
  readonly result: HoleResult;
  readonly path: string;
  /** Line of the cursor, from 1. */
  readonly line: number;
  /** What stands above the cursor's line: a few lines. */
  readonly above: string;
  /** The cursor's line up to the cursor, and behind the hole. */
  readonly linePrefix: string;
  readonly lineSuffix: string;
  readonly target: string;
  /** What was offered; null for nothing. */
  readonly offer: string | null;
  /** Why nothing was offered, in a sentence. */
  readonly reason: string;
  /** Id of the commit that added the line; a hole in the present files has none. */
  readonly commit: string | null;
  /** Where the offer comes from, and what a model was shown. */
  readonly provenance: readonly Excerpt[];
  readonly retrieved: readonly Excerpt[];
}

/** Everything that a report tells. */
export interface ReportData {
  /** The folder's name. */
  readonly repository: string;
  /** Id of the newest commit; null without git. */
  readonly head: string | null;
  readonly source: HoleSource;
  /** How many holes there were to ask at. */
  readonly planned: number;
  readonly seed: number;
  readonly settings: Settings;
  readonly versions: { readonly wisp: string; readonly node: string };
  /** When it began, in milliseconds since the epoch, and how long it took. */
  readonly at: number;
  readonly seconds: number;
  readonly summary: Summary;
  /** Code whose line stands nowhere else between the same neighbours; null if that is all of it. */
  readonly unseen: Measures | null;
  /** In the order asked. */
  readonly cases: readonly Case[];
}
