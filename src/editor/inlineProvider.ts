import * as vscode from 'vscode';
import { type Log, messageOf } from '../base/log.ts';
import type { Remote } from '../base/port.ts';
import { suggestionOf } from '../domain/outcome.ts';
import type { CompletionRequest, Trigger } from '../domain/request.ts';
import type { Suggestion } from '../domain/suggestion.ts';
import type { EngineApi } from '../engine/api.ts';
import { isMirrored, positionOf } from './documentSync.ts';
import { memberAt } from './memberCheck.ts';
import type { NameResolver } from './nameResolver.ts';
import { continuing } from './selectedItem.ts';
import type { Stopwatch } from './stopwatch.ts';

export interface InlineProviderOptions {
  readonly engine: Remote<EngineApi>;
  /** How long Wisp holds the editor's thread at a question. */
  readonly stopwatch: Stopwatch;
  /** From the question to its answer, those that were taken back left out. */
  readonly answers: Stopwatch;
  readonly names: NameResolver;
  readonly log: Log;
}

/** Asks the engine for ghost text and gives it to VS Code. Knows which suggestion was given last. */
export class InlineProvider implements vscode.InlineCompletionItemProvider {
  readonly #options: InlineProviderOptions;
  #asked = 0;
  #offered: string | undefined;
  /** The suggestion that the language servers have confirmed last: they are not asked again while it is typed through. */
  #confirmed: string | undefined;
  /** The document and version that Wisp itself asked VS Code to ask for again. */
  #askedAgain: string | undefined;

  constructor(options: InlineProviderOptions) {
    this.#options = options;
  }

  /** The id of the suggestion that may be on screen. */
  get offered(): string | undefined {
    return this.#offered;
  }

  /** Says that no ghost text of Wisp is on screen any more. */
  clear(): void {
    this.#offer(undefined);
  }

  /** Shows a stronger answer that has arrived, if the user still stands where it was asked for. */
  async showImproved({ uri, version }: { uri: string; version: number }): Promise<void> {
    const document = vscode.window.activeTextEditor?.document;
    if (!document || document.uri.toString() !== uri || document.version !== version) return;
    this.#askedAgain = `${uri} ${version}`;
    await vscode.commands.executeCommand('editor.action.inlineSuggest.trigger');
  }

  /** Never rejects: whatever goes wrong is a line in the log, and no ghost text. */
  async provideInlineCompletionItems(
    document: vscode.TextDocument,
    position: vscode.Position,
    context: vscode.InlineCompletionContext,
    token: vscode.CancellationToken,
  ): Promise<vscode.InlineCompletionItem[]> {
    if (!isMirrored(document) || token.isCancellationRequested || hasSeveralCursors(document)) return [];
    const { engine, names, stopwatch, answers, log } = this.#options;
    const start = performance.now();
    const { version } = document;
    const cancel = new AbortController();
    const listener = token.onCancellationRequested(() => cancel.abort());
    try {
      const answer = stopwatch.time(() =>
        engine.complete(this.#request(document, position, context), cancel.signal),
      );
      void names.resolveForModel(document, position);
      const suggestion = suggestionOf((await answer).outcome);
      if (token.isCancellationRequested || document.version !== version) return [];
      answers.keep(performance.now() - start);
      const item = suggestion && itemOf(suggestion, context.selectedCompletionInfo, document);
      if (suggestion && !item) void engine.withheld({ uri: document.uri.toString() });
      this.#offer(item && suggestion.id);
      if (item) void this.#withdrawIfWrong(document, suggestion);
      return item ? [item] : [];
    } catch (error) {
      log.error(`No suggestion could be shown: ${messageOf(error)}`, error);
      return [];
    } finally {
      listener.dispose();
    }
  }

  /** Takes back what is shown, once the language servers say that it begins with no member of what stands before. */
  async #withdrawIfWrong(document: vscode.TextDocument, { id, range, text }: Suggestion): Promise<void> {
    if (id === this.#confirmed) return;
    const { engine, log } = this.#options;
    const start = new vscode.Position(range.start.line, range.start.character);
    const { version } = document;
    try {
      const member = await memberAt(document, start, text);
      if (member?.isKnown) this.#confirmed = id;
      if (!member || member.isKnown || this.#offered !== id || document.version !== version) return;
      await vscode.commands.executeCommand('editor.action.inlineSuggest.hide');
      const because = `${member.name} is no member that the language server knows here`;
      await engine.withheld({ uri: document.uri.toString(), because });
    } catch (error) {
      log.warn(`A suggestion could not be compared with the language server: ${messageOf(error)}`);
    }
  }

  #request(
    document: vscode.TextDocument,
    position: vscode.Position,
    context: vscode.InlineCompletionContext,
  ): CompletionRequest {
    const uri = document.uri.toString();
    const { version } = document;
    return {
      id: `request-${++this.#asked}`,
      uri,
      version,
      position: positionOf(position),
      trigger: this.#triggerOf(context, `${uri} ${version}`),
    };
  }

  /** VS Code calls a question that a command asks `Invoke`, but when Wisp ran the command the user asked nothing. */
  #triggerOf(context: vscode.InlineCompletionContext, state: string): Trigger {
    if (context.triggerKind === vscode.InlineCompletionTriggerKind.Automatic) return 'automatic';
    const byWisp = this.#askedAgain === state;
    this.#askedAgain = undefined;
    return byWisp ? 'automatic' : 'invoked';
  }

  /** Esc is Wisp's only while its own ghost text is on screen; the context key says so to the key binding. */
  #offer(id: string | undefined): void {
    const before = this.#offered;
    this.#offered = id;
    if ((before === undefined) !== (id === undefined)) {
      void vscode.commands.executeCommand('setContext', 'wisp.offering', id !== undefined);
    }
  }
}

function hasSeveralCursors(document: vscode.TextDocument): boolean {
  const editor = vscode.window.activeTextEditor;
  return editor?.document === document && editor.selections.length > 1;
}

/** The ghost text as VS Code wants it, or undefined where the list of suggestions is open and says otherwise. */
function itemOf(
  suggestion: Suggestion,
  selected: vscode.SelectedCompletionInfo | undefined,
  document: vscode.TextDocument,
): vscode.InlineCompletionItem | undefined {
  const line = document.lineAt(suggestion.range.start.line).text;
  const ghost = selected ? continuing(selected, suggestion, line) : suggestion;
  if (!ghost) return undefined;
  const { start, end } = ghost.range;
  const range = new vscode.Range(start.line, start.character, end.line, end.character);
  return new vscode.InlineCompletionItem(ghost.text, range, {
    command: 'wisp.accepted',
    title: 'Accepted',
    arguments: [suggestion.id],
  });
}
