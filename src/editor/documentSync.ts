import * as vscode from 'vscode';
import type { Remote } from '../base/port.ts';
import type { ContentChange, Position } from '../domain/document.ts';
import type { EngineApi, OpenDocument } from '../engine/api.ts';
import type { Stopwatch } from './stopwatch.ts';

const SCHEMES: ReadonlySet<string> = new Set(['file', 'untitled', 'vscode-notebook-cell']);
/** In UTF-16 units. A document beyond this is data. */
const MOST_CHARS = 2_000_000;

/** VS Code asks for a type by which a copy could be told again; none is ever written. */
const COPIED = 'application/vnd.wisp.copied';

/** Whether Wisp completes such documents: files of any kind, but no output, log, diff or settings views. */
export function isMirrored({ uri }: vscode.TextDocument): boolean {
  return (
    SCHEMES.has(uri.scheme) ||
    (vscode.workspace.workspaceFolders?.some(folder => folder.uri.scheme === uri.scheme) ?? false)
  );
}

export function isTooLarge(document: vscode.TextDocument): boolean {
  // The end's offset comes from the line lengths; getText() would join all lines, at every keystroke.
  return document.offsetAt(document.lineAt(document.lineCount - 1).range.end) > MOST_CHARS;
}

/** The documents that the engine should know, as they are now; only the one named by `uri` if it is given. */
export function openDocuments(uri?: string): readonly OpenDocument[] {
  return vscode.workspace.textDocuments
    .filter(document => uri === undefined || document.uri.toString() === uri)
    .filter(document => isMirrored(document) && !isTooLarge(document))
    .map(openDocument);
}

/** The engine's position of a VS Code position, without the class that no message port carries. */
export function positionOf({ line, character }: vscode.Position): Position {
  return { line, character };
}

/** Keeps the engine's copies of the open documents true, by edits. */
export class DocumentSync implements vscode.Disposable {
  readonly #engine: Remote<EngineApi>;
  readonly #stopwatch: Stopwatch;
  /** What the engine's copies look like, by URI. */
  readonly #sent = new Map<string, { version: number; eol: vscode.EndOfLine }>();
  readonly #subscriptions: vscode.Disposable;

  /** The documents that are open already are not sent: the engine's client asks for them when it starts. */
  constructor(engine: Remote<EngineApi>, stopwatch: Stopwatch) {
    this.#engine = engine;
    this.#stopwatch = stopwatch;
    const { languages, workspace, window } = vscode;
    for (const document of workspace.textDocuments) this.#keep(document);
    this.#subscriptions = vscode.Disposable.from(
      workspace.onDidOpenTextDocument(document => this.#open(document)),
      workspace.onDidChangeTextDocument(event => this.#stopwatch.time(() => this.#change(event))),
      workspace.onDidSaveTextDocument(({ uri }) => this.#ifSent(uri, sent => this.#engine.saved(sent))),
      workspace.onDidCloseTextDocument(({ uri }) => this.#close(uri)),
      window.onDidChangeTextEditorSelection(({ textEditor }) => this.#cursorMoved(textEditor)),
      window.onDidChangeActiveTextEditor(editor => editor && this.#cursorMoved(editor)),
      // The only way to hear of a copy. Nothing is added to the clipboard, and no paste is changed.
      languages.registerDocumentPasteEditProvider(
        '*',
        { prepareDocumentPaste: (document, ranges) => this.#copied(document, ranges) },
        { providedPasteEditKinds: [], copyMimeTypes: [COPIED] },
      ),
    );
  }

  dispose(): void {
    this.#subscriptions.dispose();
  }

  #open(document: vscode.TextDocument): void {
    if (this.#keep(document)) void this.#engine.open(openDocument(document));
  }

  #keep(document: vscode.TextDocument): boolean {
    if (!isMirrored(document) || isTooLarge(document)) return false;
    this.#sent.set(document.uri.toString(), { version: document.version, eol: document.eol });
    return true;
  }

  #change({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    if (!isMirrored(document)) return;
    const uri = document.uri.toString();
    const sent = this.#sent.get(uri);
    if (isTooLarge(document)) {
      this.#close(document.uri);
    } else if (!sent || sent.eol !== document.eol) {
      // Switching between LF and CRLF changes every line but is reported without an edit.
      this.#open(document);
    } else if (sent.version !== document.version) {
      sent.version = document.version;
      void this.#engine.change({ uri, version: document.version, changes: contentChanges.map(changeOf) });
    }
  }

  #close(uri: vscode.Uri): void {
    this.#ifSent(uri, sent => {
      this.#sent.delete(sent.uri);
      return this.#engine.close(sent);
    });
  }

  #cursorMoved({ document, selection }: vscode.TextEditor): void {
    const position = positionOf(selection.active);
    this.#ifSent(document.uri, ({ uri }) => this.#engine.cursorMoved({ uri, position }));
  }

  #copied({ uri }: vscode.TextDocument, ranges: readonly vscode.Range[]): void {
    const lines = ranges.map(({ start, end }) => ({ start: start.line, end: end.line }));
    this.#ifSent(uri, sent => this.#engine.copied({ ...sent, lines }));
  }

  #ifSent(uri: vscode.Uri, tell: (sent: { uri: string }) => unknown): void {
    const name = uri.toString();
    if (this.#sent.has(name)) tell({ uri: name });
  }
}

function openDocument(document: vscode.TextDocument): OpenDocument {
  const { uri, languageId, version, isDirty } = document;
  return {
    uri: uri.toString(),
    ...(uri.scheme === 'file' && { file: uri.fsPath }),
    languageId,
    version,
    text: document.getText(),
    dirty: isDirty,
  };
}

function changeOf({ range, text }: vscode.TextDocumentContentChangeEvent): ContentChange {
  return { range: { start: positionOf(range.start), end: positionOf(range.end) }, text };
}
