import * as vscode from 'vscode';
import type { Wisp } from '../wisp.ts';

export const SNOOZE_MINUTES = [5, 15, 60] as const;

/** Keeps Wisp quiet for `minutes`, 0 to end it; asks how long when not told. */
export async function snooze(wisp: Wisp, minutes?: unknown): Promise<void> {
  const chosen = typeof minutes === 'number' ? minutes : await askMinutes();
  if (chosen === undefined) return;
  const until = chosen > 0 ? Date.now() + chosen * 60_000 : 0;
  await wisp.client.remote.snooze({ until });
  wisp.situation.update({ snoozedUntil: until });
  if (until > 0) await vscode.commands.executeCommand('editor.action.inlineSuggest.hide');
}

async function askMinutes(): Promise<number | undefined> {
  const items = [
    ...SNOOZE_MINUTES.map(minutes => ({ label: `${minutes} minutes`, minutes })),
    { label: 'End the snooze', minutes: 0 },
  ];
  const chosen = await vscode.window.showQuickPick(items, { title: 'Wisp: Snooze' });
  return chosen?.minutes;
}
