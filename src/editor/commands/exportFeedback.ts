import * as vscode from 'vscode';
import type { Wisp } from '../wisp.ts';

/** Writes what was accepted as fill-in-the-middle examples. Takes the file as an argument, or asks for it. */
export async function exportFeedback({ client }: Wisp, target?: unknown): Promise<number | undefined> {
  const uri = target instanceof vscode.Uri ? target : await askFile();
  if (!uri) return undefined;
  const { records } = await client.remote.exportFeedback({ format: 'fim', file: uri.fsPath });
  void tell(uri, records);
  return records;
}

async function askFile(): Promise<vscode.Uri | undefined> {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  return vscode.window.showSaveDialog({
    title: 'Wisp: Export Feedback for Fine-Tuning',
    filters: { 'JSON Lines': ['jsonl'] },
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, 'wisp-feedback.jsonl') }),
  });
}

async function tell(uri: vscode.Uri, records: number): Promise<void> {
  const open = 'Open';
  const examples = `${records} ${records === 1 ? 'example' : 'examples'}`;
  const message = `Wisp: ${examples} written to ${vscode.workspace.asRelativePath(uri)}.`;
  if ((await vscode.window.showInformationMessage(message, open)) === open) {
    await vscode.window.showTextDocument(uri);
  }
}
