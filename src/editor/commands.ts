import * as vscode from 'vscode';
import { messageOf } from '../base/log.ts';
import { evaluate } from './commands/evaluate.ts';
import { exportFeedback } from './commands/exportFeedback.ts';
import { showMenu } from './commands/menu.ts';
import { setApiKey } from './commands/setApiKey.ts';
import { showJournal } from './commands/showJournal.ts';
import { showRetrieved } from './commands/showRetrieved.ts';
import { snooze } from './commands/snooze.ts';
import { toggle, toggleLanguage } from './commands/toggle.ts';
import { explainWhy } from './commands/why.ts';
import type { Wisp } from './wisp.ts';

/** Every command of Wisp. Those with a title stand in package.json; `wisp.accepted` is run by accepted ghost text. */
const COMMANDS: Readonly<Record<string, (wisp: Wisp, argument?: unknown) => unknown>> = {
  'wisp.menu': showMenu,
  'wisp.toggle': toggle,
  'wisp.toggleLanguage': toggleLanguage,
  'wisp.snooze': snooze,
  'wisp.reindex': reindex,
  'wisp.why': explainWhy,
  'wisp.showRetrieved': showRetrieved,
  'wisp.evaluate': evaluate,
  'wisp.showLog': ({ channel }) => channel.show(),
  'wisp.exportFeedback': exportFeedback,
  'wisp.showJournal': showJournal,
  'wisp.setApiKey': setApiKey,
  'wisp.restart': ({ client }) => client.restart(),
  'wisp.dismiss': dismiss,
  'wisp.accepted': accepted,
};

/** Registers the commands. What one of them throws is told to the user in a sentence and kept in the log. */
export function registerCommands(wisp: Wisp): vscode.Disposable {
  const registrations = Object.entries(COMMANDS).map(([name, run]) =>
    vscode.commands.registerCommand(name, async (argument?: unknown) => {
      try {
        return await run(wisp, argument);
      } catch (error) {
        wisp.log.error(`The command '${name}' failed.`, error);
        void vscode.window.showErrorMessage(`Wisp: ${messageOf(error)}`);
      }
    }),
  );
  return vscode.Disposable.from(...registrations);
}

async function reindex({ client, log }: Wisp): Promise<void> {
  const report = await client.remote.reindex({});
  log.info(`Indexed ${report.files} files anew in ${report.seconds.toFixed(1)} s.`);
}

async function dismiss({ client, provider }: Wisp): Promise<void> {
  const id = provider.offered;
  provider.clear();
  await vscode.commands.executeCommand('editor.action.inlineSuggest.hide');
  if (id !== undefined) await client.remote.dismissed({ id });
}

async function accepted({ client, provider }: Wisp, id: unknown): Promise<void> {
  provider.clear();
  if (typeof id === 'string') await client.remote.accepted({ id });
}
