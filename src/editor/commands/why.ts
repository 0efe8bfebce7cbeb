import * as vscode from 'vscode';
import { isMirrored, positionOf } from '../documentSync.ts';
import { statusText } from '../statusText.ts';
import { whyText } from '../whyText.ts';
import type { Wisp } from '../wisp.ts';

/** Explains in words what was decided last at the cursor. */
export async function explainWhy(wisp: Wisp): Promise<void> {
  const { activeTextEditor, visibleTextEditors } = vscode.window;
  const editor = [activeTextEditor, ...visibleTextEditors].find(one => one && isMirrored(one.document));
  if (!editor) throw new Error('Put the cursor where you miss a suggestion, then run this command again.');
  const { client, situation, whyDocuments, stopwatch } = wisp;
  const at = Date.now();
  // The explanation matters most when there is no engine to give the rest of it.
  const decisions = await client.remote.decisions({ uri: editor.document.uri.toString() }).catch(() => []);
  // What was told last may be from before a setting changed.
  const status = await client.remote.status({}).catch(() => undefined);
  if (status) situation.update({ status });
  const guards = await client.remote.guardCounts({}).catch(() => ({}));
  const share = `On this editor's own thread Wisp took ${stopwatch.quantile(0.5).toFixed(2)} ms a keystroke (median), ${stopwatch.quantile(0.95).toFixed(2)} ms at the 95th percentile.`;
  const { line } = positionOf(editor.selection.active);
  const now = `${statusText(situation.now, at).tooltip} ${share}`;
  await whyDocuments.show(whyText({ now, decisions, guards, line, at }));
}
