import * as vscode from 'vscode';
import type { Log } from '../base/log.ts';
import type { Remote } from '../base/port.ts';
import { defaultSettings, type Settings } from '../domain/settings.ts';
import type { EngineApi } from '../engine/api.ts';
import { watchSettings } from './settings.ts';
import { API_KEY } from './wisp.ts';

export interface ConfigureOptions {
  readonly engine: Remote<EngineApi>;
  readonly secrets: vscode.SecretStorage;
  readonly onChange: (settings: Settings) => void;
  readonly log: Log;
}

/** Gives the engine the settings and the API key, now and whenever one of them changes. */
export function configureEngine({ engine, secrets, onChange, log }: ConfigureOptions): vscode.Disposable {
  let settings = defaultSettings;
  let apiKey: string | undefined;
  const configure = () => void engine.configure({ settings, ...(apiKey !== undefined && { apiKey }) });
  // A key store may ask the user to unlock it first. Everything but the model's server works without it meanwhile.
  const readKey = async () => {
    try {
      const key = await secrets.get(API_KEY);
      if (key === apiKey) return;
      apiKey = key;
      onChange(settings);
      configure();
    } catch (error) {
      log.error('The key store could not be read, so the model is asked without a key.', error);
    }
  };
  const watch = watchSettings(changed => {
    settings = changed;
    onChange(settings);
    configure();
  });
  void readKey();
  const keyWatch = secrets.onDidChange(({ key }) => {
    if (key === API_KEY) void readKey();
  });
  return vscode.Disposable.from(watch, keyWatch);
}
