import { readFile } from 'node:fs/promises';
import { messageOf } from '../base/log.ts';
import { parseSettings, type Settings } from '../domain/settings.ts';
import { type Host, type Input, textOption, UsageError } from './command.ts';

/**
 * The settings of `--settings` with the model of `--model`. A setting that is wrong is told, and its default taken.
 * @throws UsageError for a model without a server.
 */
export async function readSettings(input: Input, host: Pick<Host, 'env' | 'say'>): Promise<Settings> {
  const file = textOption(input, 'settings');
  const { settings, problems } = parseSettings(file === undefined ? {} : await readJson(file));
  for (const problem of problems) host.say(problem);
  return withModel(settings, input, host);
}

function withModel(settings: Settings, input: Input, { env }: Pick<Host, 'env'>): Settings {
  const name = textOption(input, 'model');
  if (name === undefined) return settings;
  if (name === 'workspace') return { ...settings, model: { ...settings.model, baseUrl: '', name: '' } };
  const baseUrl = env.WISP_MODEL_URL || settings.model.baseUrl;
  if (baseUrl === '') {
    throw new UsageError(
      `--model ${name} needs a server: set WISP_MODEL_URL to its address, such as http://localhost:8080/v1.`,
    );
  }
  const { settings: checked, problems } = parseSettings({
    ...settings,
    model: { ...settings.model, baseUrl, name },
  });
  if (problems.length > 0) throw new Error(`WISP_MODEL_URL is not usable: ${problems[0]}`);
  return checked;
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new Error(`The settings in ${file} cannot be read: ${messageOf(error)}`);
  }
}
