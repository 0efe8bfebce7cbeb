/** A place in a text: zero-based line, zero-based column in UTF-16 units, as in VS Code. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** One replacement in a document, as the editor reports it: `range` is in the text before the change. */
export interface ContentChange {
  readonly range: Range;
  readonly text: string;
}

/** A document as the engine sees it at one moment. */
export interface DocumentSnapshot {
  /** The editor's own name for the document; identity of an open document. */
  readonly uri: string;
  /** Slash-separated path within the workspace (`src/a.ts`), or the file's name when it lies outside. */
  readonly path: string;
  /** A VS Code language id. */
  readonly languageId: string;
  readonly version: number;
  readonly text: string;
  /** The text with which the user's edits began; what it has and `text` has not was deleted since. */
  readonly opened?: OpenedText;
}

export interface OpenedText {
  readonly text: string;
  /** Tells it from any other text. */
  readonly hash: string;
}
