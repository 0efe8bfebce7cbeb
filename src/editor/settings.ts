import * as vscode from 'vscode';
import { parseSettings, type Settings } from '../domain/settings.ts';

/** The one place that reads and writes the configuration. `onChange` also gets the settings as they are now. */
export function watchSettings(onChange: (settings: Settings) => void): vscode.Disposable {
  let told = '';
  const read = () => {
    const { settings, problems } = parseSettings(plain(vscode.workspace.getConfiguration('wisp')));
    onChange(settings);
    // The same mistake is named once, not again with every other change.
    const message = problems.join(' ');
    if (message !== '' && message !== told) void warn(message);
    told = message;
  };
  read();
  return vscode.workspace.onDidChangeConfiguration(event => {
    if (event.affectsConfiguration('wisp')) read();
  });
}

/** VS Code's own settings for what is not to be seen, or not to be searched. */
const EXCLUDES = ['files.exclude', 'search.exclude'];

/** The globs of `files.exclude` and `search.exclude` that are switched on. */
export function filesExclude(): readonly string[] {
  const configuration = vscode.workspace.getConfiguration();
  return EXCLUDES.flatMap(name => {
    const globs = configuration.get<Record<string, unknown>>(name, {});
    return Object.keys(globs).filter(glob => globs[glob] === true);
  });
}

export function onFilesExcludeChange(listener: () => void): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration(event => {
    if (EXCLUDES.some(name => event.affectsConfiguration(name))) listener();
  });
}

/** Writes a setting under `wisp.` where it is set now: in the workspace if it is set there, else for the user. */
export async function writeSetting<T>(name: string, next: (current: T | undefined) => T): Promise<void> {
  const configuration = vscode.workspace.getConfiguration('wisp');
  const places = configuration.inspect<T>(name);
  const inWorkspace = places?.workspaceValue !== undefined;
  const current = inWorkspace ? places.workspaceValue : places?.globalValue;
  await configuration.update(name, next(plain(current)), !inWorkspace);
}

/** The values alone: what VS Code hands out has methods, and proxies that throw when they are written to or cloned. */
function plain<T>(value: T): T {
  return value === undefined ? value : JSON.parse(JSON.stringify(value));
}

async function warn(message: string): Promise<void> {
  const open = 'Open Settings';
  if ((await vscode.window.showWarningMessage(`Wisp: ${message}`, open)) === open) {
    await vscode.commands.executeCommand('workbench.action.openSettings', 'wisp');
  }
}
