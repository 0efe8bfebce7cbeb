import * as vscode from 'vscode';

export interface Report {
  readonly title: string;
  /** A whole HTML document. */
  readonly html: string;
  /** The folder that its paths begin at. */
  readonly folder: vscode.Uri;
}

/** What the page's script may ask for; nothing else is listened to. */
type Wish =
  | { readonly kind: 'save' }
  | { readonly kind: 'open'; readonly path: string; readonly line: number; readonly text: string };

/** Shows a report in a panel of its own. It can be saved, and the places that it names can be opened. */
export function showReport(report: Report): vscode.WebviewPanel {
  const panel = vscode.window.createWebviewPanel('wisp.report', report.title, vscode.ViewColumn.Active, {
    enableScripts: true,
    enableFindWidget: true,
    localResourceRoots: [],
  });
  panel.webview.onDidReceiveMessage(async (message: unknown) => {
    const wish = wishOf(message);
    if (wish?.kind === 'save') await save(report);
    if (wish?.kind === 'open') await open(report, wish);
  });
  panel.webview.html = report.html;
  return panel;
}

function wishOf(message: unknown): Wish | undefined {
  if (typeof message !== 'object' || message === null || !('kind' in message)) return undefined;
  if (message.kind === 'save') return { kind: 'save' };
  const { kind, path, line, text } = message as Partial<
    Record<keyof Wish | 'path' | 'line' | 'text', unknown>
  >;
  const isPlace = typeof path === 'string' && typeof line === 'number' && typeof text === 'string';
  return kind === 'open' && isPlace ? { kind, path, line, text } : undefined;
}

async function save({ title, html, folder }: Report): Promise<void> {
  const target = await vscode.window.showSaveDialog({
    title: 'Wisp: Save the Report',
    filters: { HTML: ['html'] },
    defaultUri: vscode.Uri.joinPath(folder, `${title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-')}.html`),
  });
  if (target) await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(html));
}

/** Opens a place beside the report. The file may have changed since: the nearest line of the same text is the place. */
async function open(
  { folder }: Report,
  { path, line, text }: Extract<Wish, { kind: 'open' }>,
): Promise<void> {
  const uri = vscode.Uri.joinPath(folder, path);
  if (!uri.path.startsWith(`${folder.path.replace(/\/$/, '')}/`)) return;
  try {
    const document = await vscode.workspace.openTextDocument(uri);
    const place = nearestLine(document, line - 1, text.trim());
    await vscode.window.showTextDocument(document, {
      viewColumn: vscode.ViewColumn.Beside,
      selection: new vscode.Range(place, 0, place, 0),
    });
  } catch {
    void vscode.window.showInformationMessage(`Wisp: ${path} is not there any more.`);
  }
}

function nearestLine(document: vscode.TextDocument, line: number, text: string): number {
  const last = document.lineCount - 1;
  const wanted = Math.min(Math.max(0, line), last);
  if (text === '') return wanted;
  const holds = (at: number) => at >= 0 && at <= last && document.lineAt(at).text.trim() === text;
  for (let away = 0; away <= last; away++) {
    if (holds(wanted - away)) return wanted - away;
    if (holds(wanted + away)) return wanted + away;
  }
  return wanted;
}
