import * as vscode from 'vscode';
import { API_KEY, type Wisp } from '../wisp.ts';

/** Asks for the model server's key and keeps it in the system's key store. An empty answer forgets it. */
export async function setApiKey({ secrets }: Wisp): Promise<void> {
  const key = await vscode.window.showInputBox({
    title: "Wisp: API Key of the Model's Server",
    prompt: 'Kept in your key store, never in the settings. Leave it empty to forget the present key.',
    password: true,
    ignoreFocusOut: true,
  });
  if (key === undefined) return;
  if (key.trim() === '') await secrets.delete(API_KEY);
  else await secrets.store(API_KEY, key.trim());
}
