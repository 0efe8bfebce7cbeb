import type { LogOutputChannel } from 'vscode';
import type { Log } from '../base/log.ts';

/** The log as the output channel `Wisp` shows it; VS Code keeps it on disk and filters it by level. */
export function logTo(channel: LogOutputChannel): Log {
  return {
    info: message => channel.info(message),
    warn: message => channel.warn(message),
    error(message, error) {
      if (error === undefined) channel.error(message);
      else channel.error(message, error);
    },
  };
}
