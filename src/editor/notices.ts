import * as vscode from 'vscode';
import type { EngineStatus } from '../engine/api.ts';

/** Tells of an outage once, however many questions it swallows and however often the engine is restarted meanwhile. */
export class OutageNotice {
  #told = false;

  /** Once the model answers again, or is another one, the next outage is news. */
  statusChanged({ model }: EngineStatus): void {
    if (model === 'ready') this.#told = false;
  }

  settingsChanged(): void {
    this.#told = false;
  }

  async outage({ message }: { message: string }): Promise<void> {
    if (this.#told) return;
    this.#told = true;
    const openSettings = 'Open Settings';
    const setApiKey = 'Set API Key';
    const chosen = await vscode.window.showWarningMessage(
      `Wisp: the model does not answer. ${message}`,
      openSettings,
      setApiKey,
    );
    if (chosen === openSettings) {
      await vscode.commands.executeCommand('workbench.action.openSettings', 'wisp.model');
    }
    if (chosen === setApiKey) await vscode.commands.executeCommand('wisp.setApiKey');
  }
}
