import { readFile } from 'node:fs/promises';
import { messageOf } from '../base/log.ts';
import { parseSettings, type Settings } from '../domain/settings.ts';
import { type Host, type Input, listOption, UsageError } from './command.ts';
import { readSettings } from './settings.ts';

/** The engine with settings of its own, by the name that the user has given it. */
export interface Entrant {
  readonly name: string;
  readonly settings: Settings;
}

/** What the engine is called where nobody has named it. */
const UNNAMED = 'wisp';

/**
 * Who is asked: every `--variant`, or the engine with the settings of `--settings` and `--model`. The first one is what
 * the others are compared with.
 * @throws UsageError if that is not clear, and one sentence for settings that are wrong.
 */
export async function entrantsOf(input: Input, host: Pick<Host, 'env' | 'say'>): Promise<readonly Entrant[]> {
  const variants = listOption(input, 'variant').map(parseVariant);
  if (variants.length === 0) return [{ name: UNNAMED, settings: await readSettings(input, host) }];
  const both = ['settings', 'model'].find(name => input.options[name] !== undefined);
  if (both) throw new UsageError(`--${both} does not go with --variant: its files say it.`);
  const twice = variants.find(({ name }, i) => variants.findIndex(other => other.name === name) < i);
  if (twice) throw new UsageError(`There are two variants named '${twice.name}'.`);
  if (variants.length === 1) {
    throw new UsageError('One --variant has nothing to be compared with: give another one.');
  }
  return Promise.all(
    variants.map(async ({ name, file }) => ({ name, settings: await settingsIn(file, name) })),
  );
}

function parseVariant(given: string): { readonly name: string; readonly file: string } {
  const [, name, file] = /^([^=]+)=(.+)$/.exec(given) ?? [];
  if (name === undefined || file === undefined) {
    throw new UsageError(
      `--variant takes a name and a file of settings, such as quiet=quiet.json, not '${given}'.`,
    );
  }
  return { name, file };
}

/** A variant that is not what its file says would be compared for nothing, so here what is wrong is no mere remark. */
async function settingsIn(file: string, name: string): Promise<Settings> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new Error(`The settings of variant '${name}' in ${file} cannot be read: ${messageOf(error)}`);
  }
  const { settings, problems } = parseSettings(value);
  const [problem] = problems;
  if (problem !== undefined) {
    const wrong = problem.replace(/ The default is used\.$/, '');
    throw new Error(`The settings of variant '${name}' in ${file} are wrong: ${wrong}`);
  }
  return settings;
}
