import * as vscode from 'vscode';
import { languageEnabled } from '../../domain/settings.ts';
import { writeSetting } from '../settings.ts';
import type { Wisp } from '../wisp.ts';

export async function toggle({ situation }: Wisp): Promise<void> {
  const enable = !situation.now.settings.enable;
  await writeSetting<boolean>('enable', () => enable);
}

/** Turns Wisp on or off for the language of the active editor. */
export async function toggleLanguage({ situation }: Wisp): Promise<void> {
  const languageId = vscode.window.activeTextEditor?.document.languageId;
  if (languageId === undefined) throw new Error('Open a file of the language first.');
  const on = !languageEnabled(situation.now.settings, languageId);
  await writeSetting<Record<string, boolean>>('languages', languages => ({ ...languages, [languageId]: on }));
}
