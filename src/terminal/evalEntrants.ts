import { readFile } from 'node:fs/promises';
import { messageOf } from '../base/log.ts';
import { parseSettings, type Settings } from '../domain/settings.ts';
import type { Baseline } from '../evals/baselines/baseline.ts';
import { BASELINES } from '../evals/baselines/baselines.ts';
import type { Scene } from '../evals/baselines/scene.ts';
import { type Host, type Input, listOption, UsageError } from './command.ts';
import { readSettings } from './settings.ts';

/** The engine with settings of its own, by the name that the user has given it. */
export interface Variant {
  readonly name: string;
  readonly settings: Settings;
}

/** A baseline by its name. */
export interface BaselineEntrant {
  readonly name: string;
  readonly baseline: (scene: Scene) => Baseline;
}

export type Entrant = Variant | BaselineEntrant;

export const isVariant = (entrant: Entrant): entrant is Variant => 'settings' in entrant;
export const isBaseline = (entrant: Entrant): entrant is BaselineEntrant => 'baseline' in entrant;

/** What the engine is called where nobody has named it. */
const UNNAMED = 'wisp';

/**
 * Who is asked: every `--variant`, or the engine with the settings of `--settings` and `--model`, then every `--baseline`.
 * The first one is what the others are compared with.
 * @throws UsageError if that is not clear, and one sentence for settings that are wrong.
 */
export async function entrantsOf(input: Input, host: Pick<Host, 'env' | 'say'>): Promise<readonly Entrant[]> {
  const baselines = listOption(input, 'baseline').map(name => ({ name, baseline: baselineOf(name) }));
  const variants = listOption(input, 'variant').map(parseVariant);
  const names = [...(variants.length > 0 ? variants : [{ name: UNNAMED }]), ...baselines];
  const twice = names.find(({ name }, i) => names.findIndex(other => other.name === name) < i);
  if (twice) throw new UsageError(`There are two named '${twice.name}' to be compared.`);
  if (variants.length === 0) {
    return [{ name: UNNAMED, settings: await readSettings(input, host) }, ...baselines];
  }
  const both = ['settings', 'model'].find(name => input.options[name] !== undefined);
  if (both) throw new UsageError(`--${both} does not go with --variant: its files say it.`);
  if (names.length === 1) {
    throw new UsageError('One --variant has nothing to be compared with: give another one.');
  }
  const read = variants.map(async ({ name, file }) => ({ name, settings: await settingsIn(file, name) }));
  return [...(await Promise.all(read)), ...baselines];
}

function baselineOf(name: string): BaselineEntrant['baseline'] {
  const baseline = Object.hasOwn(BASELINES, name) && BASELINES[name];
  if (baseline) return baseline;
  throw new UsageError(`There is no baseline '${name}'; there are ${Object.keys(BASELINES).join(', ')}.`);
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
