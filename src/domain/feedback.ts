import type { Provenance, Source } from './suggestion.ts';

/** Seconds after acceptance at which Wisp looks what is left of a suggestion (DESIGN section 4). */
export const SURVIVAL_CHECKS = [15, 30, 120, 300, 600] as const;

interface Event {
  /** Suggestion id. */
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** One line of the journal. Everything about one suggestion carries its id; `shown` holds what the others refer to. */
export type FeedbackEvent =
  /** Visible and still true of the document for 750 ms, or accepted before that. */
  | (Event & {
      readonly kind: 'shown';
      readonly workspace: string;
      readonly path: string;
      readonly languageId: string;
      readonly source: Source;
      readonly confidence: number;
      readonly text: string;
      /** The document around the suggestion, cut to a bounded size, secrets masked. */
      readonly prefix: string;
      readonly suffix: string;
      readonly provenance: readonly Provenance[];
      /** Ask to answer. */
      readonly ms: number;
    })
  | (Event & { readonly kind: 'accepted' })
  /** A word or a line of it was taken; `characters` counts from the suggestion's start. */
  | (Event & { readonly kind: 'partlyAccepted'; readonly characters: number })
  /** The user said no: Esc, or typed something else in its place. */
  | (Event & { readonly kind: 'dismissed'; readonly how: 'escape' | 'typed' })
  /** The user went elsewhere without a word. */
  | (Event & { readonly kind: 'ignored' })
  /** After acceptance the user changed it; `text` is what stands there now. */
  | (Event & { readonly kind: 'edited'; readonly distance: number; readonly text: string })
  /** What is left `seconds` after acceptance: normalised edit distance, 0 untouched to 1 gone; ≤ 0.5 is survival. */
  | (Event & {
      readonly kind: 'survival';
      readonly seconds: number;
      readonly distance: number;
      readonly survived: boolean;
    });
