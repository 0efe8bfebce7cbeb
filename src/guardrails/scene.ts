import type { Language } from '../domain/languages.ts';
import type { Ground, Parse } from '../syntax/ground.ts';
import type { Lookaheads } from '../syntax/viable.ts';

/** Where texts are tried, and how. */
export interface Scene {
  readonly language: Language;
  /** The document near the cursor without the cursor's line. */
  readonly ground: Ground;
  /** The parts of that line before and after what is replaced. */
  readonly linePrefix: string;
  readonly lineRest: string;
  /** The text may stop anywhere: its maker went only as far as it was sure. */
  readonly goesOn: boolean;
  readonly parse: Parse;
  readonly lookaheads: Lookaheads;
}

export class OutOfTime extends Error {
  constructor() {
    super('there was no time to parse it');
  }
}
