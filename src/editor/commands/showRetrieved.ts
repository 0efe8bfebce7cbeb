import * as vscode from 'vscode';
import { isMirrored, positionOf } from '../documentSync.ts';
import { retrievedText } from '../retrievedText.ts';
import type { Wisp } from '../wisp.ts';

/** Opens what a request at the cursor would tell a model of the workspace, and what it would leave out. */
export async function showRetrieved({ client, names, retrievedDocument }: Wisp): Promise<void> {
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  const editor = [activeTextEditor, ...visibleTextEditors].find(one => one && isMirrored(one.document));
  if (!editor) throw new Error('Put the cursor where you would write on, then run this command again.');
  await names.resolve(editor.document, editor.selection.active);
  const position = positionOf(editor.selection.active);
  const retrieved = await client.remote.search({ uri: editor.document.uri.toString(), position });
  const path = vscode.workspace.asRelativePath(editor.document.uri);
  await retrievedDocument.show(retrievedText(retrieved, { path, line: position.line + 1 }), fileOf);
}

/** The file of a path as the index has it: with the folder's name in front where there are several. */
function fileOf(path: string): vscode.Uri | undefined {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const [first] = folders;
  if (!first || folders.length === 1) return first && vscode.Uri.joinPath(first.uri, path);
  const folder = folders.find(({ name }) => path.startsWith(`${name}/`));
  return folder && vscode.Uri.joinPath(folder.uri, path.slice(folder.name.length + 1));
}
