import * as vscode from 'vscode';

const SCHEME = 'wisp';

/** Read-only documents that hold an explanation. */
export class WhyDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #uri = vscode.Uri.from({ scheme: SCHEME, path: '/Why no suggestion?.md' });
  readonly #registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);
  #text = '';

  provideTextDocumentContent(): string {
    return this.#text;
  }

  /** Shows `markdown` beside the code; the same document takes up every later explanation. */
  async show(markdown: string): Promise<void> {
    this.#text = markdown;
    this.#changed.fire(this.#uri);
    const document = await vscode.workspace.openTextDocument(this.#uri);
    const viewColumn = vscode.ViewColumn.Beside;
    await vscode.window.showTextDocument(document, { viewColumn, preview: true, preserveFocus: true });
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }
}
