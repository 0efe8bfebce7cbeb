import * as vscode from 'vscode';
import { languageEnabled } from '../../domain/settings.ts';
import { type Situation, statusText } from '../statusText.ts';
import type { Wisp } from '../wisp.ts';
import { SNOOZE_MINUTES } from './snooze.ts';

interface Entry extends vscode.QuickPickItem {
  readonly command?: string;
  readonly argument?: unknown;
}

/** What a click on the status bar item offers; the title says how things stand. */
export async function showMenu({ situation }: Wisp): Promise<void> {
  const now = Date.now();
  const chosen = await vscode.window.showQuickPick(entries(situation.now, now), {
    title: 'Wisp',
    placeHolder: statusText(situation.now, now).tooltip,
  });
  if (chosen?.command) await vscode.commands.executeCommand(chosen.command, chosen.argument);
}

function entries(situation: Situation, now: number): Entry[] {
  const { settings, languageId, snoozedUntil, engine } = situation;
  const separator = { label: '', kind: vscode.QuickPickItemKind.Separator };
  const entry = (icon: string, label: string, command: string, argument?: unknown): Entry => ({
    label: `$(${icon}) ${label}`,
    command,
    argument,
  });
  const turn = (on: boolean) => (on ? 'Turn off' : 'Turn on');
  return [
    ...(engine === 'down' ? [entry('debug-restart', 'Restart', 'wisp.restart')] : []),
    entry('power', turn(settings.enable), 'wisp.toggle'),
    ...(languageId === undefined
      ? []
      : [
          entry(
            'symbol-keyword',
            `${turn(languageEnabled(settings, languageId))} for ${languageId}`,
            'wisp.toggleLanguage',
          ),
        ]),
    ...(snoozedUntil > now
      ? [entry('bell', 'End the snooze', 'wisp.snooze', 0)]
      : SNOOZE_MINUTES.map(minutes =>
          entry('bell-slash', `Snooze for ${minutes} minutes`, 'wisp.snooze', minutes),
        )),
    separator,
    entry('question', 'Why no suggestion?', 'wisp.why'),
    entry('search', 'Show retrieved context', 'wisp.showRetrieved'),
    entry('refresh', 'Index this workspace again', 'wisp.reindex'),
    entry('graph', 'Evaluate on this repository', 'wisp.evaluate'),
    entry('output', 'Show log', 'wisp.showLog'),
    separator,
    entry('key', "Set the model server's API key", 'wisp.setApiKey'),
    entry('export', 'Export feedback for fine-tuning', 'wisp.exportFeedback'),
    entry('book', 'Open the feedback journal', 'wisp.showJournal'),
    entry('settings-gear', 'Settings', 'workbench.action.openSettings', 'wisp'),
  ];
}
