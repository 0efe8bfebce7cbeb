import { join, resolve } from 'node:path';
import { inProcess, type Remote } from '../../src/base/port.ts';
import { compose } from '../../src/compose.ts';
import { suggestionOf } from '../../src/domain/outcome.ts';
import type { Trigger } from '../../src/domain/request.ts';
import { defaultSettings, parseSettings } from '../../src/domain/settings.ts';
import type { Suggestion } from '../../src/domain/suggestion.ts';
import type { Answer, EngineApi, EngineStatus } from '../../src/engine/api.ts';
import { makeTree } from './tree.ts';

export interface DeskOptions {
  /** The workspace's files by path. */
  readonly files?: Readonly<Record<string, string>>;
  /** Under `wisp.`. */
  readonly settings?: object;
  readonly trusted?: boolean;
  readonly apiKey?: string;
}

/** The whole engine in this process, with somebody who types in one document of a small workspace. */
export class Desk {
  readonly engine: Remote<EngineApi>;
  readonly root: string;
  readonly improved: { uri: string; version: number }[] = [];
  readonly outages: string[] = [];
  readonly statuses: EngineStatus[] = [];
  readonly #uri = 'file:///typed';
  #version = 0;
  #asked = 0;
  #text = '';

  private constructor(root: string) {
    this.root = root;
    const { api } = compose({
      events: {
        status: status => void this.statuses.push(status),
        improved: at => void this.improved.push(at),
        outage: ({ message }) => void this.outages.push(message),
        log() {},
      },
      assets: resolve(import.meta.dirname, '../../dist'),
      storage: join(root, '..', 'storage'),
      feedback: join(root, '..', 'feedback'),
      indexer: 'in-process',
    });
    this.engine = inProcess(api);
  }

  static async open(options: DeskOptions = {}): Promise<Desk> {
    const { files = {}, settings = {}, trusted = true, apiKey } = options;
    const top = await makeTree(
      Object.fromEntries(Object.entries(files).map(([path, text]) => [`w/${path}`, text])),
    );
    const desk = new Desk(join(top, 'w'));
    await desk.configure(settings, apiKey);
    const folders = [{ name: 'w', directory: desk.root }];
    await desk.engine.openWorkspace({ folders, trusted, filesExclude: [] });
    await desk.engine.indexed({});
    return desk;
  }

  configure(settings: object, apiKey?: string): Promise<void> {
    const parsed = Object.keys(settings).length > 0 ? parseSettings(settings).settings : defaultSettings;
    return this.engine.configure({ settings: parsed, ...(apiKey ? { apiKey } : {}) });
  }

  /** Makes the document look as drawn, by one edit, and asks at the `█`. */
  async ask(
    drawn: string,
    options: { path?: string; trigger?: Trigger; signal?: AbortSignal } = {},
  ): Promise<Answer> {
    const { path = 'a.ts', trigger = 'automatic', signal } = options;
    const offset = drawn.indexOf('█');
    const text = drawn.replace('█', '');
    await this.#show(text, path);
    const lines = drawn.slice(0, offset).split('\n');
    const position = { line: lines.length - 1, character: lines.at(-1)!.length };
    const id = `r${++this.#asked}`;
    return this.engine.complete({ id, uri: this.#uri, version: this.#version, position, trigger }, signal);
  }

  /** What is offered at the `█`, or `-` and why nothing is. */
  async offer(drawn: string, path?: string): Promise<string> {
    const { outcome } = await this.ask(drawn, path === undefined ? {} : { path });
    return suggestionOf(outcome)?.text ?? `- ${outcome.kind}`;
  }

  async suggestion(drawn: string): Promise<Suggestion> {
    const { outcome } = await this.ask(drawn);
    const suggestion = suggestionOf(outcome);
    if (!suggestion) throw new Error(`Nothing was offered: ${JSON.stringify(outcome)}`);
    return suggestion;
  }

  async #show(text: string, path: string): Promise<void> {
    this.#version++;
    if (this.#version === 1) {
      const languageId = path.endsWith('.py') ? 'python' : path.endsWith('.go') ? 'go' : 'typescript';
      const file = join(this.root, path);
      await this.engine.open({ uri: this.#uri, file, languageId, version: 1, text, dirty: true });
    } else if (text !== this.#text) {
      const changes = [editBetween(this.#text, text)];
      await this.engine.change({ uri: this.#uri, version: this.#version, changes });
    } else {
      this.#version--;
    }
    this.#text = text;
  }
}

/** The smallest edit that makes one text the other, as an editor would report it. */
function editBetween(before: string, after: string) {
  let start = 0;
  while (start < Math.min(before.length, after.length) && before[start] === after[start]) start++;
  let tail = 0;
  const most = Math.min(before.length, after.length) - start;
  while (tail < most && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  const at = (offset: number) => {
    const lines = before.slice(0, offset).split('\n');
    return { line: lines.length - 1, character: lines.at(-1)!.length };
  };
  const range = { start: at(start), end: at(before.length - tail) };
  return { range, text: after.slice(start, after.length - tail) };
}
