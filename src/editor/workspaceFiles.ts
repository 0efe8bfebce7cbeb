import * as vscode from 'vscode';
import { systemClock } from '../base/clock.ts';
import type { Remote } from '../base/port.ts';
import type { EngineApi, FileChange, Workspace } from '../engine/api.ts';
import { ChangeBatch } from './changeBatch.ts';
import { filesExclude, onFilesExcludeChange } from './settings.ts';

/** Tells the engine which folders are open, whether they are trusted, and which files change. */
export function watchWorkspace(
  engine: Remote<EngineApi>,
  onTrust: (trusted: boolean) => void,
): vscode.Disposable {
  const { workspace } = vscode;
  const openWorkspace = () => {
    onTrust(workspace.isTrusted);
    void engine.openWorkspace(workspaceNow());
  };
  openWorkspace();
  const batch = new ChangeBatch({
    clock: systemClock,
    folderOf: file => workspace.getWorkspaceFolder(vscode.Uri.file(file))?.uri.fsPath,
    send: changes => void engine.filesChanged(changes),
  });
  const add = (kind: FileChange['kind']) => (uri: vscode.Uri) => {
    if (uri.scheme === 'file' && !uri.path.includes('/.git/')) batch.add(uri.fsPath, kind);
  };
  const written = add('written');
  const deleted = add('deleted');
  const watcher = workspace.createFileSystemWatcher('**/*');
  return vscode.Disposable.from(
    batch,
    watcher,
    watcher.onDidCreate(written),
    watcher.onDidChange(written),
    watcher.onDidDelete(deleted),
    // The watcher leaves out what `files.watcherExclude` names; what the user does in VS Code is told all the same.
    workspace.onDidCreateFiles(({ files }) => files.forEach(written)),
    workspace.onDidDeleteFiles(({ files }) => files.forEach(deleted)),
    workspace.onDidRenameFiles(({ files }) => {
      for (const { oldUri, newUri } of files) {
        deleted(oldUri);
        written(newUri);
      }
    }),
    workspace.onDidChangeWorkspaceFolders(openWorkspace),
    workspace.onDidGrantWorkspaceTrust(openWorkspace),
    onFilesExcludeChange(openWorkspace),
  );
}

function workspaceNow(): Workspace {
  const { workspaceFolders = [], isTrusted } = vscode.workspace;
  return {
    folders: workspaceFolders
      .filter(({ uri }) => uri.scheme === 'file')
      .map(({ name, uri }) => ({ name, directory: uri.fsPath })),
    trusted: isTrusted,
    filesExclude: filesExclude(),
  };
}
