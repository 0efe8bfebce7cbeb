import * as vscode from 'vscode';
import { defaultSettings } from '../domain/settings.ts';
import { isMirrored, isTooLarge } from './documentSync.ts';
import type { Situation } from './statusText.ts';

/** How Wisp stands right now, in one value, with an event for whoever shows it. */
export class CurrentSituation implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<Situation>();
  readonly onDidChange = this.#changed.event;
  readonly #subscription: vscode.Disposable;
  #now: Situation = {
    settings: defaultSettings,
    trusted: false,
    snoozedUntil: 0,
    engine: 'starting',
    status: {
      index: { state: 'none' },
      report: { files: 0, chunks: 0, bytes: 0, skipped: {}, seconds: 0, fromCache: 0 },
      model: 'none',
      embedding: { state: 'off' },
    },
    tooLarge: false,
  };

  constructor() {
    this.#look(vscode.window.activeTextEditor);
    this.#subscription = vscode.window.onDidChangeActiveTextEditor(editor => this.#look(editor));
  }

  get now(): Situation {
    return this.#now;
  }

  update(part: Partial<Situation>): void {
    this.#now = { ...this.#now, ...part };
    this.#changed.fire(this.#now);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  #look(editor: vscode.TextEditor | undefined): void {
    const document = editor && isMirrored(editor.document) ? editor.document : undefined;
    this.update({
      languageId: document?.languageId,
      tooLarge: document !== undefined && isTooLarge(document),
    });
  }
}
