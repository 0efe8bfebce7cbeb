import * as vscode from 'vscode';
import type { RetrievedText } from './retrievedText.ts';

const SCHEME = 'wisp-retrieved';
const NOTHING: RetrievedText = { text: '', links: [] };

/** A read-only document with what was retrieved last, in which every place is a link to it. */
export class RetrievedDocument
  implements vscode.TextDocumentContentProvider, vscode.DocumentLinkProvider, vscode.Disposable
{
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #uri = vscode.Uri.from({ scheme: SCHEME, path: '/Retrieved context.md' });
  readonly #registrations = vscode.Disposable.from(
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, this),
    vscode.languages.registerDocumentLinkProvider({ scheme: SCHEME }, this),
  );
  #shown = NOTHING;
  #fileOf: (path: string) => vscode.Uri | undefined = () => undefined;

  provideTextDocumentContent(): string {
    return this.#shown.text;
  }

  provideDocumentLinks(): vscode.DocumentLink[] {
    return this.#shown.links.flatMap(({ row, start, end, path, line }) => {
      const file = this.#fileOf(path);
      const range = new vscode.Range(row, start, row, end);
      return file ? [new vscode.DocumentLink(range, file.with({ fragment: `L${line}` }))] : [];
    });
  }

  /** Shows it beside the code; the same document takes up every later one. `fileOf` finds the file of a path. */
  async show(shown: RetrievedText, fileOf: (path: string) => vscode.Uri | undefined): Promise<void> {
    this.#shown = shown;
    this.#fileOf = fileOf;
    this.#changed.fire(this.#uri);
    const document = await vscode.workspace.openTextDocument(this.#uri);
    const viewColumn = vscode.ViewColumn.Beside;
    await vscode.window.showTextDocument(document, { viewColumn, preview: true, preserveFocus: true });
  }

  dispose(): void {
    this.#registrations.dispose();
    this.#changed.dispose();
  }
}
