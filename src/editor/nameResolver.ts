import * as vscode from 'vscode';
import { type Log, messageOf } from '../base/log.ts';
import type { Remote } from '../base/port.ts';
import { RECEIVER } from '../base/receiver.ts';
import type { EngineApi, ResolvedName } from '../engine/api.ts';
import type { CurrentSituation } from './situation.ts';

/** Names before the cursor that are looked up, the nearest first. */
const MOST_NAMES = 6;
const LINES_ABOVE = 3;
/** Less than the engine waits before it asks a model, so that what comes in time is in the prompt. */
const MOST_MS = 50;
const NAME = /[\p{L}_$][\p{L}\p{N}_$]+/gu;

/** Asks the language servers where names near the cursor are defined, and tells the engine what they say in time. */
export class NameResolver {
  readonly #engine: Remote<EngineApi>;
  readonly #situation: CurrentSituation;
  readonly #log: Log;
  #asking = false;

  constructor(engine: Remote<EngineApi>, situation: CurrentSituation, log: Log) {
    this.#engine = engine;
    this.#situation = situation;
    this.#log = log;
  }

  /** Never rejects. Does nothing while the servers still work on an earlier question. */
  async resolve(document: vscode.TextDocument, position: vscode.Position): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    const names: ResolvedName[] = [];
    const asked = Promise.allSettled(
      questionsAt(document, position).map(async ({ name, meaning, at }) => {
        const lines = await linesOf(meaning, document.uri, at);
        if (lines.length > 0) names.push({ name, meaning, lines });
      }),
    ).then(() => {
      this.#asking = false;
    });
    await Promise.race([asked, new Promise(resolve => setTimeout(resolve, MOST_MS))]);
    if (names.length === 0) return;
    await this.#engine
      .resolved({ uri: document.uri.toString(), names })
      .catch(error => this.#log.warn(`Definitions could not be told: ${messageOf(error)}`));
  }

  /** The same if a model is set up: what is continued from the workspace alone needs no definitions. */
  async resolveForModel(document: vscode.TextDocument, position: vscode.Position): Promise<void> {
    if (this.#situation.now.settings.model.baseUrl !== '') await this.resolve(document, position);
  }
}

interface Question extends Pick<ResolvedName, 'name' | 'meaning'> {
  readonly at: vscode.Position;
}

/** What the names before a position mean, and, behind a dot, of which type is what stands before it. */
function questionsAt(document: vscode.TextDocument, position: vscode.Position): readonly Question[] {
  const start = document.validatePosition(new vscode.Position(Math.max(0, position.line - LINES_ABOVE), 0));
  const offset = document.offsetAt(start);
  const text = document.getText(new vscode.Range(start, position));
  const questions: Question[] = [];
  const receiver = RECEIVER.exec(text);
  if (receiver)
    questions.push({ name: receiver[1]!, meaning: 'type', at: document.positionAt(offset + receiver.index) });
  const seen = new Set<string>();
  for (const { 0: name, index } of [...text.matchAll(NAME)].reverse()) {
    if (seen.size === MOST_NAMES) break;
    if (seen.has(name)) continue;
    seen.add(name);
    questions.push({ name, meaning: 'definition', at: document.positionAt(offset + index) });
  }
  return questions;
}

const PROVIDERS = {
  definition: 'vscode.executeDefinitionProvider',
  type: 'vscode.executeTypeDefinitionProvider',
} as const;

async function linesOf(
  meaning: ResolvedName['meaning'],
  uri: vscode.Uri,
  at: vscode.Position,
): Promise<ResolvedName['lines']> {
  type Place = vscode.Location | vscode.LocationLink;
  const found = await vscode.commands.executeCommand<Place[] | undefined>(PROVIDERS[meaning], uri, at);
  return (found ?? [])
    .map(one =>
      'targetUri' in one
        ? { uri: one.targetUri, range: one.targetSelectionRange ?? one.targetRange }
        : { uri: one.uri, range: one.range },
    )
    .filter(({ uri }) => uri.scheme === 'file')
    .map(({ uri, range }) => ({ file: uri.fsPath, line: range.start.line + 1 }));
}
