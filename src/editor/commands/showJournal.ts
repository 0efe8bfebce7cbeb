import * as vscode from 'vscode';
import type { Wisp } from '../wisp.ts';

/** Opens the newest file of the feedback journal. */
export async function showJournal({ journal }: Wisp): Promise<void> {
  const newest = await newestFileOf(journal);
  if (newest) await vscode.window.showTextDocument(newest);
  else void vscode.window.showInformationMessage('Wisp: the feedback journal is still empty.');
}

async function newestFileOf(folder: vscode.Uri): Promise<vscode.Uri | undefined> {
  const entries = await vscode.workspace.fs.readDirectory(folder).then(
    entries => entries,
    // The folder comes to be with the first record.
    () => [],
  );
  const files = entries.filter(([name, type]) => type === vscode.FileType.File && name.endsWith('.jsonl'));
  const dated = await Promise.all(
    files.map(async ([name]) => {
      const uri = vscode.Uri.joinPath(folder, name);
      return { uri, mtime: (await vscode.workspace.fs.stat(uri)).mtime };
    }),
  );
  return dated.sort((a, b) => b.mtime - a.mtime)[0]?.uri;
}
