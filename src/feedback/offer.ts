import { commonPrefixLength, lineEndingOf } from '../base/text.ts';
import type { FeedbackEvent } from '../domain/feedback.ts';
import type { CompletionContext } from '../domain/request.ts';
import type { Suggestion } from '../domain/suggestion.ts';
import type { Edit } from './edits.ts';

/** A suggestion as the engine has just given it to the editor. */
export interface Offered {
  readonly suggestion: Suggestion;
  readonly context: CompletionContext;
  /** Ask to answer. */
  readonly ms: number;
  /** Name of the workspace. */
  readonly workspace: string;
}

type Shown = Extract<FeedbackEvent, { kind: 'shown' }>;

/** Where an offer stands in its document, and what would make it true. All in UTF-16 offsets. */
export interface Place {
  /** The whole suggestion, what the user has taken of it included, with the document's line endings. */
  readonly text: string;
  /** Where `text` begins. */
  readonly start: number;
  /** Where what it replaces ends: what has been taken of it, what the editor has closed by itself, and `tail`. */
  readonly end: number;
  /** Where the user types. */
  readonly cursor: number;
  /** What stood behind the cursor and is to be replaced. */
  readonly tail: string;
}

export type Facts = Omit<Shown, 'id' | 'at' | 'text' | 'kind'>;

export function factsOf({ suggestion, context, ms, workspace }: Offered, { start, end }: Place): Facts {
  const { path, languageId, text } = context.document;
  const { source, confidence, provenance } = suggestion;
  return {
    ...{ workspace, path, languageId, source, confidence, provenance, ms },
    prefix: text.slice(0, start),
    suffix: text.slice(end),
  };
}

export function placeOf({ suggestion, context }: Offered): Place {
  const { position, prefix, document } = context;
  const { start, end } = suggestion.range;
  const cursor = prefix.length;
  const endOffset = cursor + end.character - position.character;
  return {
    text: withLineEndings(suggestion.text, lineEndingOf(document.text)),
    start: cursor + start.character - position.character,
    end: endOffset,
    cursor,
    tail: document.text.slice(cursor, endOffset),
  };
}

/** The place of a suggestion that is offered again while the user types it: only its rest is offered then. */
export function placeContinued(place: Place, offered: Offered): Place {
  const rest = placeOf(offered);
  const taken = offered.context.document.text.slice(place.start, rest.start);
  if (place.start > rest.start || !place.text.startsWith(taken)) return rest;
  return { ...rest, start: place.start, text: taken + rest.text };
}

/** What an edit does to an offer. */
export type Effect =
  /** It happened elsewhere. */
  | { readonly kind: 'none'; readonly place: Place }
  /** The user took a part of it, or gave a part back. `chunk`: in one go, as no one types. */
  | { readonly kind: 'taken'; readonly place: Place; readonly characters: number; readonly chunk: boolean }
  /** All of it stands there. */
  | { readonly kind: 'complete'; readonly place: Place }
  /** The user wrote something else. */
  | { readonly kind: 'contradicted'; readonly place: Place }
  /** Something was taken away or changed beside it. */
  | { readonly kind: 'disturbed'; readonly place: Place };

/** `text` is the document just after the edit. */
export function effectOf(edit: Edit, place: Place, text: string): Effect {
  const { offset, removed, inserted } = edit;
  const removedEnd = offset + removed;
  const growth = inserted.length - removed;
  const within =
    offset >= place.start && removedEnd <= place.end && (offset < place.end || place.tail === '');
  if (within) return effectWithin(edit, { ...place, end: place.end + growth }, text);

  if (removedEnd <= place.start) {
    const moved = shifted(place, growth);
    const between = text.slice(offset + inserted.length, moved.start);
    const otherLine = inserted.endsWith('\n') || between.includes('\n');
    return { kind: otherLine ? 'none' : 'disturbed', place: moved };
  }
  if (offset >= place.end) {
    const otherLine = /^\r?\n/.test(inserted) || text.slice(place.end, offset).includes('\n');
    return { kind: otherLine ? 'none' : 'disturbed', place };
  }
  const start = Math.min(place.start, offset);
  return { kind: inserted === '' ? 'disturbed' : 'contradicted', place: { ...place, start, end: start } };
}

/** `place` ends where it does after the edit. */
function effectWithin({ offset, removed, inserted }: Edit, place: Place, text: string): Effect {
  const characters = takenOf(place, text.slice(place.start, place.end));
  if (characters === undefined) return { kind: inserted === '' ? 'disturbed' : 'contradicted', place };
  const moved = { ...place, cursor: place.start + characters };
  if (characters === place.text.length) return { kind: 'complete', place: moved };
  const grown = removed === 0 && offset === place.cursor && moved.cursor - place.cursor === inserted.length;
  return { kind: 'taken', place: moved, characters, chunk: grown && !isTyped(inserted) };
}

/** How much of its text stands there already; undefined if something else does. */
function takenOf({ text, tail }: Place, there: string): number | undefined {
  // The tail may be the end of the text, such as a closing bracket: then nothing is left to take.
  if (there === text) return text.length;
  if (!there.endsWith(tail)) return undefined;
  const written = there.slice(0, there.length - tail.length);
  const taken = commonPrefixLength(written, text);
  return closersOf(written.slice(0, taken)).startsWith(written.slice(taken)) ? taken : undefined;
}

const CLOSERS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '<': '>' };
const QUOTES = '"\'`';

/** What an editor may have closed by itself behind the cursor, innermost first. */
function closersOf(typed: string): string {
  const open: string[] = [];
  for (const char of typed) {
    if (open.at(-1) === char) open.pop();
    else if (CLOSERS[char]) open.push(CLOSERS[char]);
    else if (QUOTES.includes(char)) open.push(char);
  }
  return open.reverse().join('');
}

const CLOSED_AT_ONCE = new Set(['()', '[]', '{}', '<>', '""', "''", '``']);

/** Whether one key can insert this: a character, a pair of brackets, a line break or a tab with indentation. */
function isTyped(inserted: string): boolean {
  return [...inserted].length < 2 || CLOSED_AT_ONCE.has(inserted) || inserted.trim() === '';
}

function shifted(place: Place, by: number): Place {
  return { ...place, start: place.start + by, end: place.end + by, cursor: place.cursor + by };
}

function withLineEndings(text: string, ending: '\n' | '\r\n'): string {
  const plain = text.replace(/\r\n/g, '\n');
  return ending === '\n' ? plain : plain.replace(/\n/g, '\r\n');
}
