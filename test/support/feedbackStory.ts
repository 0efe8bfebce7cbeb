import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLog } from '../../src/base/log.ts';
import type { Position } from '../../src/domain/document.ts';
import type { FeedbackEvent } from '../../src/domain/feedback.ts';
import { JournalReading } from '../../src/feedback/journal.ts';
import { FeedbackRecorder } from '../../src/feedback/recorder.ts';
import { type FakeClock, fakeClock } from './fakeClock.ts';

/** An empty folder for a journal. */
export function newStore(): string {
  return join(mkdtempSync(join(tmpdir(), 'wisp-feedback-')), 'feedback');
}

/**
 * A person at an editor, and the recorder that follows them. Every deed tells the recorder what VS Code would tell:
 * first the change of the document, then the move of the cursor.
 */
export class Story {
  readonly clock: FakeClock = fakeClock();
  readonly store: string;
  readonly recorder: FeedbackRecorder;
  readonly uri: string;
  text: string;
  cursor: number;
  /** What was offered last, and where. */
  #offer = { id: '', text: '', start: 0, replaced: 0 };
  #offers = 0;

  /** The document, its cursor drawn as `█`. */
  constructor(drawn: string, { store = newStore(), uri = 'file:///a.ts' } = {}) {
    this.store = store;
    this.uri = uri;
    this.cursor = drawn.indexOf('█');
    this.text = drawn.replace('█', '');
    this.recorder = new FeedbackRecorder(store, this.clock, silentLog, () => 'shop');
  }

  /** The document as it is now, with its cursor. */
  get drawn(): string {
    return `${this.text.slice(0, this.cursor)}█${this.text.slice(this.cursor)}`;
  }

  /** The engine offers `text` at the cursor, instead of `replaced` characters behind it. */
  offer(text: string, { id = String.fromCharCode(97 + this.#offers), replaced = 0 } = {}): string {
    this.#offers++;
    this.#offer = { id, text, start: this.cursor, replaced };
    const position = this.#positionOf(this.cursor);
    const end = { line: position.line, character: position.character + replaced };
    const { uri } = this;
    this.recorder.offered(
      { id, text, range: { start: position, end }, source: 'workspace', confidence: 0.9, provenance: [] },
      {
        requestId: 'r',
        document: { uri, path: 'a.ts', languageId: 'typescript', version: 1, text: this.text },
        position,
        prefix: this.text.slice(0, this.cursor),
        suffix: this.text.slice(this.cursor),
        trigger: 'automatic',
      },
      5,
    );
    return id;
  }

  /** The engine offers what is left of its last offer, as it does while the person types it. */
  offerRest(): void {
    const whole = this.#offer;
    this.offer(whole.text.slice(this.cursor - whole.start), whole);
    this.#offer = whole;
  }

  wait(ms: number): void {
    this.clock.pass(ms);
  }

  /** Character by character. */
  type(text: string): void {
    for (const char of text) this.insert(char);
  }

  /** In one go, at the cursor; `closed` is put behind it, as editors do with brackets. */
  insert(text: string, closed = ''): void {
    this.replace(this.cursor, this.cursor, text + closed, this.cursor + text.length);
  }

  backspace(count = 1): void {
    for (let i = 0; i < count; i++) this.replace(this.cursor - 1, this.cursor, '', this.cursor - 1);
  }

  /** Tab: the editor puts in the whole text and then says that it was accepted. */
  tab(): void {
    this.putIn();
    this.recorder.accepted(this.#offer.id);
  }

  /** The change that accepting makes, without the command. */
  putIn(): void {
    const { text, start, replaced } = this.#offer;
    this.replace(start, Math.max(start, this.cursor) + replaced, text, start + text.length);
  }

  escape(): void {
    this.recorder.dismissed(this.#offer.id);
  }

  moveTo(offset: number): void {
    this.cursor = offset;
    this.recorder.cursorMoved(this.uri, this.#positionOf(offset));
  }

  /** Any change; the cursor goes to `cursor`, or moves along. */
  replace(start: number, end: number, text: string, cursor?: number): void {
    const range = { start: this.#positionOf(start), end: this.#positionOf(end) };
    this.text = this.text.slice(0, start) + text + this.text.slice(end);
    if (end <= this.#offer.start && start < this.#offer.start)
      this.#offer.start += text.length - (end - start);
    this.recorder.changed(this.uri, [{ range, text }], this.text);
    if (cursor !== undefined) this.moveTo(cursor);
    else if (start < this.cursor) this.moveTo(this.cursor + text.length - (end - start));
  }

  /** The first place where `old` stands is changed to `text`; the cursor stays where it is. */
  change(old: string, text: string): void {
    const start = this.text.indexOf(old);
    this.replace(start, start + old.length, text);
  }

  close(): void {
    this.recorder.closed(this.uri);
  }

  /** What the journal says, one line an event: its id and what happened. */
  async journal(): Promise<string[]> {
    return (await this.events()).map(lineFor);
  }

  async events(): Promise<FeedbackEvent[]> {
    await this.recorder.flush();
    const events: FeedbackEvent[] = [];
    for await (const event of new JournalReading(this.store)) events.push(event);
    return events;
  }

  #positionOf(offset: number): Position {
    const lines = this.text.slice(0, offset).split('\n');
    return { line: lines.length - 1, character: lines.at(-1)!.length };
  }
}

function lineFor(event: FeedbackEvent): string {
  const { id, kind } = event;
  switch (kind) {
    case 'shown':
      return `${id} shown ${event.text}`;
    case 'partlyAccepted':
      return `${id} partlyAccepted ${event.characters}`;
    case 'dismissed':
      return `${id} dismissed ${event.how}`;
    case 'edited':
      return `${id} edited ${event.text}`;
    case 'survival':
      return `${id} ${event.survived ? 'there' : 'gone'} at ${event.seconds}`;
    default:
      return `${id} ${kind}`;
  }
}
