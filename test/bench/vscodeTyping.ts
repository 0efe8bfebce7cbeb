import { rename, writeFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { Answer } from '../../src/engine/api.ts';
import type { WispExports } from '../../src/extension.ts';

/** What `vscode.ts` prints, in milliseconds. */
export interface TypingTimes {
  readonly files: number;
  readonly characters: number;
  readonly indexSeconds: number;
  readonly onThread: readonly number[];
  readonly answers: readonly number[];
  readonly outcomes: Readonly<Record<string, number>>;
  /** Whether an evaluation ran from the first key to the last. */
  readonly evaluating: boolean;
}

export const QUANTILES = [0.5, 0.95, 0.99] as const;
const FILES = 6;
const LINES_A_FILE = 6;
/** A fast typist's pause between two keys. */
const PAUSE_MS = 60;
/** More than can be asked while this types. */
const EVALUATED_PLACES = 3_000;
const EVALUATION_STARTS_MS = 5_000;

/**
 * Types lines of the workspace's own files once more, character by character, as a user would; beside an evaluation of
 * the same repository if that is wanted.
 */
export async function typeLines({ evaluating }: { readonly evaluating: boolean }): Promise<void> {
  const wisp = vscode.extensions.getExtension<WispExports>('wisp-code.wisp')!;
  const exports = await wisp.activate();
  const report = await exports.engine.indexed({});
  const files = await vscode.workspace.findFiles('**/*.{ts,py,rs,go}', '**/node_modules/**');
  const chosen = files
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
    .filter((_, i) => i % Math.max(1, Math.floor(files.length / FILES)) === 0)
    .slice(0, FILES);
  let running = evaluating;
  if (evaluating) {
    const over = () => {
      running = false;
    };
    void vscode.commands.executeCommand('wisp.evaluate', EVALUATED_PLACES).then(over, over);
    await new Promise(resolve => setTimeout(resolve, EVALUATION_STARTS_MS));
  }
  let characters = 0;
  const outcomes: Record<string, number> = {};
  for (const file of chosen) {
    characters += await typeLinesIn(await vscode.window.showTextDocument(file));
    for (const { outcome } of await exports.engine.decisions({ uri: file.toString() }))
      count(outcomes, outcome);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  }
  const times: TypingTimes = {
    files: chosen.length,
    characters,
    indexSeconds: report.seconds,
    onThread: QUANTILES.map(quantile => exports.stopwatch.quantile(quantile)),
    answers: QUANTILES.map(quantile => exports.answers.quantile(quantile)),
    outcomes,
    evaluating: running,
  };
  const results = process.env.WISP_HOST_RESULTS!;
  await writeFile(`${results}.part`, JSON.stringify(times));
  await rename(`${results}.part`, results);
}

async function typeLinesIn(editor: vscode.TextEditor): Promise<number> {
  const { document } = editor;
  let typed = 0;
  for (let i = 1; i <= LINES_A_FILE; i++) {
    const number = Math.floor((i * document.lineCount) / (LINES_A_FILE + 1));
    const line = document.lineAt(number);
    if (line.isEmptyOrWhitespace || line.text.length > 120) continue;
    const start = line.firstNonWhitespaceCharacterIndex;
    await editor.edit(edit => edit.delete(new vscode.Range(number, start, number, line.text.length)));
    const place = new vscode.Position(number, start);
    editor.selection = new vscode.Selection(place, place);
    for (const text of line.text.slice(start)) {
      await vscode.commands.executeCommand('type', { text });
      await new Promise(resolve => setTimeout(resolve, PAUSE_MS));
      typed++;
    }
  }
  return typed;
}

function count(outcomes: Record<string, number>, { kind }: Answer['outcome']): void {
  outcomes[kind] = (outcomes[kind] ?? 0) + 1;
}
