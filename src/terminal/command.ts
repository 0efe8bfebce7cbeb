import type { Clock } from '../base/clock.ts';

/** What a command gives back: the document for `--json`, and the same for a person. */
export interface Output {
  readonly json: unknown;
  readonly text: string;
  /** The document is there, but not all that was asked for: one sentence, and the exit code is 1. */
  readonly incomplete?: string;
}

/** What of the world a command may use. */
export interface Host {
  /** The folder with `grammars/` and `syntaxes/`. */
  readonly assets: string;
  readonly version: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Fires when the user interrupts. */
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** A sentence that stays on the user's screen, beside the output. */
  say(sentence: string): void;
  /** How far a long work is; replaced by the next call. */
  progress(what: string, done: number, total: number): void;
}

export interface Option {
  /** What stands for the value in the help; a switch has none. */
  readonly value?: string;
  /** It may be given several times. */
  readonly repeated?: true;
  readonly help: string;
}

export interface Command {
  /** Of one word, or of another command's and one more. */
  readonly name: string;
  /** Names of the operands, all required. */
  readonly operands: readonly string[];
  /** One line for the list of commands. */
  readonly summary: string;
  readonly options: Readonly<Record<string, Option>>;
  /** More for the command's own help. */
  readonly notes?: string;
  run(input: Input, host: Host): Promise<Output>;
}

/** What the user has typed behind the command's name, in the form that the command declares. */
export interface Input {
  readonly operands: readonly string[];
  readonly options: Readonly<Record<string, string | true | readonly string[] | undefined>>;
}

/** The command line makes no sense: exit code 2, with a hint to the help. */
export class UsageError extends Error {}

/** The value of an option that takes one. */
export function textOption({ options }: Input, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}

/** The values of an option that may be given several times, in the order given. */
export function listOption({ options }: Input, name: string): readonly string[] {
  const value = options[name];
  return typeof value === 'object' ? value : [];
}

/** A whole number of at least `least`, or `otherwise` where the option is not given. */
export function numberOption(input: Input, name: string, least: number, otherwise: number): number {
  const given = textOption(input, name);
  if (given === undefined) return otherwise;
  const value = Number(given);
  if (/^\d+$/.test(given) && value >= least && Number.isSafeInteger(value)) return value;
  throw new UsageError(`--${name} takes a whole number of at least ${least}, not '${given}'.`);
}
