import { TextDocument } from 'vscode-languageserver-textdocument';
import { commonPrefixLength, commonSuffixLength } from '../base/text.ts';
import type { ContentChange, Position } from '../domain/document.ts';

/** One replacement, in UTF-16 offsets of the text before it. */
export interface Edit {
  readonly offset: number;
  /** How many characters were taken away. */
  readonly removed: number;
  readonly inserted: string;
}

/** A stretch of a text, in UTF-16 offsets, `end` excluded. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A document's text, kept by the editor's changes and told in edits. */
export class EditedText {
  readonly #document: TextDocument;

  constructor(text: string) {
    this.#document = TextDocument.create('', '', 0, text);
  }

  get text(): string {
    return this.#document.getText();
  }

  offsetAt(position: Position): number {
    return this.#document.offsetAt(position);
  }

  /** Makes the changes one after the other; at each edit that is yielded, `text` stands just after it. */
  *apply(changes: readonly ContentChange[]): Generator<Edit, void, undefined> {
    for (const change of changes) {
      const edit = trimmed(
        this.#document.offsetAt(change.range.start),
        this.#document.getText(change.range),
        change.text,
      );
      TextDocument.update(this.#document, [change], 0);
      yield edit;
    }
  }
}

/** Editors like to replace `fo` by `format`; what has happened is that `rmat` was inserted. */
function trimmed(offset: number, removed: string, inserted: string): Edit {
  const before = commonPrefixLength(removed, inserted);
  const after = commonSuffixLength(removed, inserted, before);
  return {
    offset: offset + before,
    removed: removed.length - before - after,
    inserted: inserted.slice(before, inserted.length - after),
  };
}

/**
 * Where a span lies after an edit. What is inserted strictly inside belongs to it, and so does what replaces a part of
 * it; what is typed right before or behind it, or replaces more than the span, does not.
 */
export function spanAfter(span: Span, { offset, removed, inserted }: Edit): Span {
  const { start, end } = span;
  const removedEnd = offset + removed;
  const growth = inserted.length - removed;
  if (removedEnd <= start) return { start: start + growth, end: end + growth };
  if (offset >= end) return span;
  if (offset >= start && removedEnd <= end) return { start, end: end + growth };
  if (offset < start && removedEnd < end) {
    return { start: offset + inserted.length, end: end + growth };
  }
  if (offset > start) return { start, end: offset };
  return { start: offset, end: offset };
}
