import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { ContentChange, Position } from '../domain/document.ts';
import type { FeedbackEvent } from '../domain/feedback.ts';
import type { GuardCounts } from '../domain/guardCounts.ts';
import type { CompletionContext } from '../domain/request.ts';
import type { Suggestion } from '../domain/suggestion.ts';
import type { Note } from '../domain/trace.ts';
import { EditedText } from './edits.ts';
import { type ExportFormat, type ExportReport, exportFeedback } from './export.ts';
import { GuardLedger, type JudgedPlace } from './guardLedger.ts';
import { Journal } from './journal.ts';
import { Lifecycle } from './lifecycle.ts';
import { Survival } from './survival.ts';

/** Follows suggestions from their offer to the last survival check and writes down what becomes of them. */
export class FeedbackRecorder {
  readonly #store: string | undefined;
  readonly #journal: Journal | undefined;
  readonly #guards: GuardLedger;
  readonly #workspace: () => string;
  readonly #lifecycle: Lifecycle;
  readonly #survival: Survival;
  /** Of the documents in which something is being followed. */
  readonly #texts = new Map<string, EditedText>();
  #recording = true;

  /** `store` is the journal's folder; without one nothing is recorded. `workspace` gives the workspace's name. */
  constructor(store: string | undefined, clock: Clock, log: Log, workspace: () => string = () => '') {
    this.#store = store;
    this.#journal = store === undefined ? undefined : new Journal(store, log);
    this.#guards = new GuardLedger(store, clock, log);
    this.#workspace = workspace;
    const emit = (event: FeedbackEvent) => {
      if (this.#recording) this.#journal?.append(event);
    };
    this.#survival = new Survival({ clock, emit, textOf: uri => this.#texts.get(uri)?.text });
    this.#lifecycle = new Lifecycle({ clock, emit, stands: accepted => this.#survival.begin(accepted) });
  }

  /** Whether the user wants a journal. What is being followed when that ends is forgotten. */
  keep(record: boolean): void {
    this.#recording = record;
    this.#guards.keep(record);
    if (!record) this.#forget();
  }

  /** What the guards did since the engine started. */
  get guardCounts(): GuardCounts {
    return this.#guards.session;
  }

  /** The guards noted this on the way to an answer. */
  judged(notes: readonly Note[], place: JudgedPlace): void {
    this.#guards.count(notes, place);
  }

  /** The editor was given this suggestion; `ms` from ask to answer. */
  offered(suggestion: Suggestion, context: CompletionContext, ms: number): void {
    if (!this.#recording || !this.#journal) return;
    const { uri, text } = context.document;
    if (this.#texts.get(uri)?.text !== text) {
      this.#survival.closed(uri);
      this.#texts.set(uri, new EditedText(text));
    }
    this.#lifecycle.offered({ suggestion, context, ms, workspace: this.#workspace() });
  }

  /** The editor asked in this document and got nothing: what it showed is gone. */
  withdrawn(uri: string): void {
    this.#lifecycle.withdrawn(uri);
  }

  /** `textAfter` is the document's text after all of the changes. */
  changed(uri: string, changes: readonly ContentChange[], textAfter: string): void {
    const held = this.#texts.get(uri);
    if (!held) return;
    for (const edit of held.apply(changes)) {
      // What the lifecycle hands over stands in the text after this edit, so survival must have seen it before.
      this.#survival.edited(uri, edit);
      this.#lifecycle.edited(uri, edit, held.text);
    }
    // The document was changed behind our back, such as by another line ending: what we know is worth nothing now.
    if (held.text !== textAfter) this.closed(uri);
    else if (!this.#lifecycle.follows(uri) && !this.#survival.follows(uri)) this.#texts.delete(uri);
  }

  cursorMoved(uri: string, position: Position): void {
    // Of a document without a text nothing is visible, so any offset says that the user is elsewhere.
    this.#lifecycle.cursorMoved(uri, this.#texts.get(uri)?.offsetAt(position) ?? 0);
  }

  /** The editor's accept command. */
  accepted(id: string): void {
    this.#lifecycle.accepted(id);
  }

  /** The user pressed Esc. */
  dismissed(id: string): void {
    this.#lifecycle.dismissed(id);
  }

  closed(uri: string): void {
    this.#lifecycle.closed(uri);
    this.#survival.closed(uri);
    this.#texts.delete(uri);
  }

  /** Resolves when every event so far is in the journal. */
  async flush(): Promise<void> {
    await this.#guards.flush();
    await this.#journal?.flush();
  }

  /** Writes the examples to `file`. */
  async export(format: ExportFormat, file: string): Promise<ExportReport> {
    if (this.#store === undefined) throw new Error('No feedback is recorded here.');
    await this.flush();
    return exportFeedback(this.#store, format, file);
  }

  /** Writes every open ending and resolves when all is on the disk. */
  async shutdown(): Promise<void> {
    this.#forget();
    await this.#guards.flush();
    await this.#journal?.close();
  }

  #forget(): void {
    this.#lifecycle.stop();
    this.#survival.stop();
    this.#texts.clear();
  }
}
