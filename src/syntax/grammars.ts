import { Language, Parser } from 'web-tree-sitter';
import { type Log, messageOf, silentLog } from '../base/log.ts';

/** Does something with a parser before anybody else. */
export type FirstUse = (grammar: string, parser: Parser) => Promise<void>;

/** Tree-sitter grammars, each loaded once and kept. One of these a thread. */
export class Grammars {
  readonly #load: (file: string) => Promise<Uint8Array>;
  readonly #log: Log;
  readonly #parsers = new Map<string, Parser>();
  readonly #loading = new Map<string, Promise<boolean>>();
  readonly #firstUse: FirstUse | undefined;
  #runtime: Promise<void> | undefined;

  /** `load` gives the bytes of a file of `dist/grammars/`, such as `python.wasm`. */
  constructor(load: (file: string) => Promise<Uint8Array>, log: Log = silentLog, firstUse?: FirstUse) {
    this.#load = load;
    this.#log = log;
    this.#firstUse = firstUse;
  }

  /** Whether the grammar is there now; loads it first if need be. Never rejects: a failure is logged once and kept. */
  prepare(grammar: string): Promise<boolean> {
    const known = this.#loading.get(grammar);
    if (known) return known;
    const loading = this.#prepare(grammar);
    this.#loading.set(grammar, loading);
    return loading;
  }

  /** The parser of a grammar that was prepared, else undefined: nobody who types waits for a grammar. */
  parser(grammar: string): Parser | undefined {
    return this.#parsers.get(grammar);
  }

  async #prepare(grammar: string): Promise<boolean> {
    try {
      this.#runtime ??= this.#start();
      await this.#runtime;
      const language = await Language.load(await this.#load(`${grammar}.wasm`));
      const parser = new Parser().setLanguage(language);
      await this.#firstUse?.(grammar, parser);
      this.#parsers.set(grammar, parser);
      return true;
    } catch (error) {
      this.#log.warn(
        `The grammar '${grammar}' cannot be loaded, so its syntax is not checked: ${messageOf(error)}`,
      );
      return false;
    }
  }

  /** The runtime's bytes are handed over, so that it never guesses a path from where it was bundled. */
  async #start(): Promise<void> {
    const wasmBinary = await this.#load('web-tree-sitter.wasm');
    await Parser.init({ wasmBinary });
  }
}
