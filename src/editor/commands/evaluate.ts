import * as vscode from 'vscode';
import type { Settings } from '../../domain/settings.ts';
import type { EvaluationReport } from '../../evals/api.ts';
import { showReport } from '../reportPanel.ts';
import { filesExclude } from '../settings.ts';
import { API_KEY, type Wisp } from '../wisp.ts';

/** A minute or two on most machines, and enough for shares to within eight points. */
const HOLES = 150;
const SEED = 1;

/**
 * Measures how well Wisp completes code of a folder and shows a report. Takes the number of places as an argument, for
 * whoever wants another than the usual.
 */
export async function evaluate(wisp: Wisp, holes?: unknown): Promise<EvaluationReport | undefined> {
  const folder = await askFolder();
  const settings = folder && (await askSettings(wisp.situation.now.settings));
  if (!folder || !settings) return undefined;
  const report = await run(wisp, folder, settings, typeof holes === 'number' ? holes : HOLES);
  if (report.asked === 0) {
    void vscode.window.showInformationMessage('Wisp: cancelled before the first place was asked.');
    return undefined;
  }
  wisp.log.info(`Evaluated on ${folder.name}. ${report.sentence}`);
  showReport({ title: `Wisp on ${folder.name}`, html: report.html, folder: folder.uri });
  return report;
}

async function askFolder(): Promise<vscode.WorkspaceFolder | undefined> {
  const { isTrusted, workspaceFolders = [] } = vscode.workspace;
  const folders = workspaceFolders.filter(({ uri }) => uri.scheme === 'file');
  if (folders.length === 0) throw new Error('Open a folder first: there is nothing to evaluate on.');
  if (!isTrusted)
    throw new Error('Wisp reads no file of a workspace that you do not trust, so it cannot be evaluated on.');
  if (folders.length === 1) return folders[0];
  const items = folders.map(folder => ({ label: folder.name, folder }));
  return (await vscode.window.showQuickPick(items, { title: 'Wisp: Evaluate on Which Folder?' }))?.folder;
}

/** A model's server is asked hundreds of questions only by one who was told. */
async function askSettings(settings: Settings): Promise<Settings | undefined> {
  const { model } = settings;
  if (model.baseUrl === '') return settings;
  const offline = { ...settings, model: { ...model, baseUrl: '' } };
  const items = [
    {
      label: 'Without the model',
      detail: 'What Wisp offers from the repository alone. Nothing leaves this machine.',
      settings: offline,
    },
    {
      label: `With ${model.name || 'the model'}`,
      detail: `Sends ${HOLES} questions with code of this folder and its history to ${model.baseUrl}.`,
      settings,
    },
  ];
  return (await vscode.window.showQuickPick(items, { title: 'Wisp: Evaluate' }))?.settings;
}

/** Shows how far it is; on cancel what was asked so far comes back. */
async function run(
  { evaluations, secrets }: Wisp,
  folder: vscode.WorkspaceFolder,
  settings: Settings,
  holes: number,
): Promise<EvaluationReport> {
  const apiKey = settings.model.baseUrl === '' ? undefined : await secrets.get(API_KEY);
  const job = {
    name: folder.name,
    directory: folder.uri.fsPath,
    filesExclude: filesExclude(),
    settings,
    holes,
    seed: SEED,
    ...(apiKey !== undefined && { apiKey }),
  };
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: `Wisp: evaluating on ${folder.name}`,
    cancellable: true,
  };
  return vscode.window.withProgress(options, (progress, token) => {
    let shown = 0;
    const running = evaluations.start(job, ({ stage, done, total }) => {
      // The bar belongs to the questions: what comes before them takes the smaller part of the time.
      const percent = stage === 'Asking' ? (100 * done) / total : 0;
      progress.report({ message: `${stage}: ${done} of ${total}`, increment: Math.max(0, percent - shown) });
      shown = Math.max(shown, percent);
    });
    token.onCancellationRequested(running.stop);
    return running.report;
  });
}
