import { join, resolve } from 'node:path';
import { systemClock } from '../../src/base/clock.ts';
import type { Host } from '../../src/terminal/command.ts';

/** A terminal whose remarks nobody reads, for commands that are run in this process. */
export function terminalHost(more: Partial<Host> = {}): Host {
  return {
    assets: join(resolve(import.meta.dirname, '../..'), 'dist'),
    version: 'test',
    env: {},
    signal: new AbortController().signal,
    clock: systemClock,
    say: () => {},
    progress: () => {},
    ...more,
  };
}
