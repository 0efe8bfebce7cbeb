import type { DocumentSnapshot, Position } from './document.ts';

/**
 * `automatic`: the user typed. `invoked`: the user asked by a command. `wholeLine`: an evaluation wants the rest of the
 * line and how sure it is, however unsure.
 */
export type Trigger = 'automatic' | 'invoked' | 'wholeLine';

/** A question for ghost text, as it crosses from the editor to the engine. */
export interface CompletionRequest {
  readonly id: string;
  readonly uri: string;
  /** The version of the document that the position refers to. */
  readonly version: number;
  readonly position: Position;
  readonly trigger: Trigger;
}

/** The same question with everything that answering it may look at. */
export interface CompletionContext {
  readonly requestId: string;
  readonly document: DocumentSnapshot;
  readonly position: Position;
  /** The document's text before and after the cursor. */
  readonly prefix: string;
  readonly suffix: string;
  readonly trigger: Trigger;
}
