import { TextDocument } from 'vscode-languageserver-textdocument';
import { hashOf } from '../base/hash.ts';
import type { ContentChange, DocumentSnapshot, OpenedText, Position } from '../domain/document.ts';
import type { CompletionContext, CompletionRequest } from '../domain/request.ts';
import type { OpenDocument } from './api.ts';

/** An open document as the user sees it, unsaved edits included. */
export interface Mirror extends DocumentSnapshot {
  /** Absolute path on disk, if it has one. */
  readonly file: string | undefined;
  /** Its file lies in a folder of the workspace. */
  readonly inWorkspace: boolean;
  readonly dirty: boolean;
  offsetAt(position: Position): number;
}

interface Entry {
  readonly text: TextDocument;
  readonly opened: OpenedText;
  readonly file: string | undefined;
  dirty: boolean;
}

/** The engine's copy of every open document, kept by the editor's edits so that no text crosses threads twice. */
export class Documents {
  readonly #open = new Map<string, Entry>();
  readonly #pathOf: (file: string) => string | undefined;

  /** `pathOf` gives a file's path within the workspace, or undefined when it lies outside. */
  constructor(pathOf: (file: string) => string | undefined) {
    this.#pathOf = pathOf;
  }

  open({ uri, file, languageId, version, text, dirty, before = text }: OpenDocument): Mirror {
    const opened = { text: before, hash: hashOf(before) };
    this.#open.set(uri, { text: TextDocument.create(uri, languageId, version, text), opened, file, dirty });
    return this.get(uri)!;
  }

  /** Applies edits in the order given; an edit of a document that is not open is passed over. */
  change(uri: string, version: number, changes: readonly ContentChange[]): Mirror | undefined {
    const entry = this.#open.get(uri);
    if (!entry) return undefined;
    TextDocument.update(entry.text, [...changes], version);
    entry.dirty = true;
    return this.get(uri);
  }

  saved(uri: string): Mirror | undefined {
    const entry = this.#open.get(uri);
    if (entry) entry.dirty = false;
    return this.get(uri);
  }

  close(uri: string): void {
    this.#open.delete(uri);
  }

  get(uri: string): Mirror | undefined {
    const entry = this.#open.get(uri);
    if (!entry) return undefined;
    const { text, opened, file, dirty } = entry;
    // Asked anew each time: the workspace's folders may change while a document is open.
    const path = file === undefined ? undefined : this.#pathOf(file);
    return {
      uri,
      path: path ?? file ?? uri,
      inWorkspace: path !== undefined,
      file,
      dirty,
      languageId: text.languageId,
      version: text.version,
      text: text.getText(),
      opened,
      offsetAt: position => text.offsetAt(position),
    };
  }

  /** The open document at a workspace path. */
  atPath(path: string): Mirror | undefined {
    for (const [uri, { file }] of this.#open) {
      if (file !== undefined && this.#pathOf(file) === path) return this.get(uri);
    }
    return undefined;
  }

  all(): readonly Mirror[] {
    return [...this.#open.keys()].map(uri => this.get(uri)!);
  }
}

/** The question at a place of a document, with everything that answering it may look at. */
export function contextAt(mirror: Mirror, { id, position, trigger }: CompletionRequest): CompletionContext {
  const offset = mirror.offsetAt(position);
  const { uri, path, languageId, version, text } = mirror;
  return {
    requestId: id,
    document: { uri, path, languageId, version, text },
    position,
    prefix: text.slice(0, offset),
    suffix: text.slice(offset),
    trigger,
  };
}
