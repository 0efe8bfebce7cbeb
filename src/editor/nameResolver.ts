import * as vscode from 'vscode';
import { type Log, messageOf } from '../base/log.ts';
import type { Remote } from '../base/port.ts';
import { RECEIVER } from '../base/receiver.ts';
import type { EngineApi, ResolvedName } from '../engine/api.ts';
import type { CurrentSituation } from './situation.ts';

/** Less than the engine waits before it asks a model, so that what comes in time is in the prompt. */
const MOST_MS = 50;
/** What stands before a dot may end this many lines further up. */
const LINES_ABOVE = 3;

/** Asks the language servers of which type it is what stands before a dot, and tells the engine what they say in time. */
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

  /** Never rejects. Does nothing behind no dot, and while the servers still work on an earlier question. */
  async resolve(document: vscode.TextDocument, position: vscode.Position): Promise<void> {
    const receiver = receiverAt(document, position);
    if (this.#asking || !receiver) return;
    this.#asking = true;
    let lines: ResolvedName['lines'] = [];
    const asked = typeLinesAt(document.uri, receiver.at)
      .then(
        found => {
          lines = found;
        },
        () => {},
      )
      .finally(() => {
        this.#asking = false;
      });
    await Promise.race([asked, new Promise(resolve => setTimeout(resolve, MOST_MS))]);
    if (lines.length === 0) return;
    await this.#engine
      .resolved({ uri: document.uri.toString(), names: [{ name: receiver.name, lines }] })
      .catch(error => this.#log.warn(`The type before a dot could not be told: ${messageOf(error)}`));
  }

  /** The same if a model is set up: what is continued from the workspace alone needs no types. */
  async resolveForModel(document: vscode.TextDocument, position: vscode.Position): Promise<void> {
    if (this.#situation.now.settings.model.baseUrl !== '') await this.resolve(document, position);
  }
}

/** The name before a dot that the position is behind, and where it stands. */
function receiverAt(document: vscode.TextDocument, position: vscode.Position) {
  const start = new vscode.Position(Math.max(0, position.line - LINES_ABOVE), 0);
  const offset = document.offsetAt(start);
  const receiver = RECEIVER.exec(document.getText(new vscode.Range(start, position)));
  return receiver && { name: receiver[1]!, at: document.positionAt(offset + receiver.index) };
}

/** Where the type of what stands at a position is defined; a name of a type has none but is one. */
async function typeLinesAt(uri: vscode.Uri, at: vscode.Position): Promise<ResolvedName['lines']> {
  const lines = await linesOf('vscode.executeTypeDefinitionProvider', uri, at);
  return lines.length > 0 ? lines : linesOf('vscode.executeDefinitionProvider', uri, at);
}

async function linesOf(
  provider: string,
  uri: vscode.Uri,
  at: vscode.Position,
): Promise<ResolvedName['lines']> {
  type Place = vscode.Location | vscode.LocationLink;
  const found = await vscode.commands.executeCommand<Place[] | undefined>(provider, uri, at);
  return (found ?? [])
    .map(one =>
      'targetUri' in one
        ? { uri: one.targetUri, range: one.targetSelectionRange ?? one.targetRange }
        : { uri: one.uri, range: one.range },
    )
    .filter(({ uri }) => uri.scheme === 'file')
    .map(({ uri, range }) => ({ file: uri.fsPath, line: range.start.line + 1 }));
}
