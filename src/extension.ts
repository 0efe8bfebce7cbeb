import * as vscode from 'vscode';
import { systemClock } from './base/clock.ts';
import type { Log } from './base/log.ts';
import type { Remote } from './base/port.ts';
import type { Settings } from './domain/settings.ts';
import { registerCommands } from './editor/commands.ts';
import { configureEngine } from './editor/configureEngine.ts';
import { DocumentSync, openDocuments } from './editor/documentSync.ts';
import { Evaluations } from './editor/evaluations.ts';
import { InlineProvider } from './editor/inlineProvider.ts';
import { logTo } from './editor/log.ts';
import { NameResolver } from './editor/nameResolver.ts';
import { OutageNotice } from './editor/notices.ts';
import { RetrievedDocument } from './editor/retrievedDocument.ts';
import { CurrentSituation } from './editor/situation.ts';
import { showStatusBar } from './editor/statusBar.ts';
import { Stopwatch } from './editor/stopwatch.ts';
import { WhyDocuments } from './editor/whyDocuments.ts';
import { watchWorkspace } from './editor/workspaceFiles.ts';
import type { EngineApi } from './engine/api.ts';
import { EngineClient } from './engine/client.ts';

/** What the extension gives to tests and to other extensions. */
export interface WispExports {
  readonly engine: Remote<EngineApi>;
  /** How long Wisp holds the editor's thread at a keystroke. */
  readonly stopwatch: Stopwatch;
  /** From VS Code's question to Wisp's answer. */
  readonly answers: Stopwatch;
}

// VS Code calls `deactivate` without arguments, and waits for nothing else.
let stop: (() => Promise<void>) | undefined;

/** Builds the editor side and starts the engine. Reads and searches nothing itself. */
export function activate(context: vscode.ExtensionContext): WispExports {
  const start = performance.now();
  const channel = vscode.window.createOutputChannel('Wisp', { log: true });
  const log = logTo(channel);
  const situation = new CurrentSituation();
  const notice = new OutageNotice();
  const [stopwatch, answers] = [new Stopwatch(), new Stopwatch()];
  const journal = vscode.Uri.joinPath(context.globalStorageUri, 'feedback');
  const client: EngineClient = new EngineClient({
    script: context.asAbsolutePath('dist/engine.cjs'),
    places: {
      assets: context.asAbsolutePath('dist'),
      storage: vscode.Uri.joinPath(context.storageUri ?? context.globalStorageUri, 'index').fsPath,
      models: vscode.Uri.joinPath(context.globalStorageUri, 'models').fsPath,
      feedback: journal.fsPath,
    },
    events: {
      status(status) {
        situation.update({ status });
        notice.statusChanged(status);
      },
      improved: at => void provider.showImproved(at),
      outage: outage => void notice.outage(outage),
      log: ({ level, message }) => log[level](message),
    },
    snapshot: openDocuments,
    onState: engine => situation.update({ engine }),
    log,
    clock: systemClock,
  });
  const engine = client.remote;
  const names = new NameResolver(engine, situation, log);
  const provider = new InlineProvider({ engine, names, stopwatch, answers, log });
  const documents = { whyDocuments: new WhyDocuments(), retrievedDocument: new RetrievedDocument() };
  const evaluations = evaluationsOf(context, log);
  const onChange = (settings: Settings) => {
    situation.update({ settings });
    notice.settingsChanged();
  };
  stop = () => client.stop();
  context.subscriptions.push(
    channel,
    situation,
    ...Object.values(documents),
    evaluations,
    showStatusBar(situation),
    configureEngine({ engine, secrets: context.secrets, log, onChange }),
    watchWorkspace(engine, trusted => situation.update({ trusted })),
    new DocumentSync(engine, stopwatch),
    vscode.languages.registerInlineCompletionItemProvider({ pattern: '**' }, provider),
    registerCommands({
      client,
      situation,
      provider,
      names,
      ...documents,
      evaluations,
      stopwatch,
      channel,
      log,
      secrets: context.secrets,
      journal,
    }),
  );
  client.start();
  log.info(`Activated in ${(performance.now() - start).toFixed(1)} ms.`);
  return { engine, stopwatch, answers };
}

function evaluationsOf(context: vscode.ExtensionContext, log: Log): Evaluations {
  return new Evaluations({
    script: context.asAbsolutePath('dist/evals.cjs'),
    places: { assets: context.asAbsolutePath('dist') },
    version: String(context.extension.packageJSON.version),
    log,
  });
}

/** Writes what is pending to disk. */
export async function deactivate(): Promise<void> {
  await stop?.();
}
