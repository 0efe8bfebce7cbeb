import * as vscode from 'vscode';
import type { CurrentSituation } from './situation.ts';
import { statusText } from './statusText.ts';

const BACKGROUNDS = {
  warning: new vscode.ThemeColor('statusBarItem.warningBackground'),
  error: new vscode.ThemeColor('statusBarItem.errorBackground'),
};
/** A snooze is counted in minutes; the item keeps up with it. In milliseconds. */
const REFRESH = 10_000;

/** One item that says how Wisp stands; a click opens the menu. */
export function showStatusBar(situation: CurrentSituation): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('wisp.status', vscode.StatusBarAlignment.Right, 100);
  item.name = 'Wisp';
  let timer: NodeJS.Timeout | undefined;
  const draw = () => {
    clearTimeout(timer);
    const now = Date.now();
    const { text, tooltip, alert, command } = statusText(situation.now, now);
    item.text = text;
    item.tooltip = tooltip;
    item.command = command;
    item.backgroundColor = alert && BACKGROUNDS[alert];
    item.accessibilityInformation = { label: `Wisp. ${tooltip}`, role: 'button' };
    const left = situation.now.snoozedUntil - now;
    if (left > 0) timer = setTimeout(draw, Math.min(left, REFRESH));
  };
  draw();
  item.show();
  const subscription = situation.onDidChange(draw);
  return vscode.Disposable.from(item, subscription, { dispose: () => clearTimeout(timer) });
}
