import manifest from '../package.json' with { type: 'json' };
import { systemClock } from './base/clock.ts';
import { messageOf } from './base/log.ts';
import { checkCommand } from './terminal/checkCommand.ts';
import { type Command, type Host, type Output, UsageError } from './terminal/command.ts';
import { readCommandLine } from './terminal/commandLine.ts';
import { compareCommand } from './terminal/compareCommand.ts';
import { completeCommand } from './terminal/completeCommand.ts';
import { evalCommand } from './terminal/evalCommand.ts';
import { exportCommand, purgeCommand, statsCommand } from './terminal/feedbackCommands.ts';
import { indexCommand } from './terminal/indexCommand.ts';
import { Progress } from './terminal/progress.ts';
import { searchCommand } from './terminal/searchCommand.ts';

const COMMANDS: readonly Command[] = [
  indexCommand,
  completeCommand,
  searchCommand,
  evalCommand,
  compareCommand,
  checkCommand,
  exportCommand,
  statsCommand,
  purgeCommand,
];

/** Runs one command to its exit code: 0 done, 1 failed, 2 wrong usage. Nothing but the output goes to stdout. */
async function main(args: readonly string[]): Promise<number> {
  const progress = new Progress(process.stderr, systemClock);
  const say = (sentence: string) => progress.above(`wisp: ${sentence}\n`);
  try {
    const wish = readCommandLine(args, COMMANDS);
    if (wish.kind === 'version') await print(manifest.version);
    else if (wish.kind === 'help') await print(wish.text);
    else {
      const output = await wish.command.run(wish.input, hostWith(say, progress));
      progress.end();
      await print(wish.asJson ? JSON.stringify(output.json) : output.text);
      return complaintOf(output, say);
    }
    return 0;
  } catch (error) {
    const wrongUsage = error instanceof UsageError;
    say(messageOf(error));
    if (wrongUsage) process.stderr.write(`Try 'wisp --help' or 'wisp COMMAND --help'.\n`);
    return wrongUsage ? 2 : 1;
  }
}

function complaintOf({ incomplete }: Output, say: Host['say']): number {
  if (incomplete === undefined) return 0;
  say(incomplete);
  return 1;
}

function hostWith(say: Host['say'], progress: Progress): Host {
  return {
    // The bundle lies beside the assets; esbuild makes it CommonJS, where this name exists.
    assets: __dirname,
    version: manifest.version,
    env: process.env,
    signal: interruption(),
    clock: systemClock,
    say,
    progress: (what, done, total) => progress.show(what, done, total),
  };
}

/** Fires at the first Ctrl+C, so that a command can end in good order; the second one ends the program at once. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  process.once('SIGINT', () => {
    controller.abort();
    process.once('SIGINT', () => process.exit(130));
  });
  return controller.signal;
}

/** Resolves when the text has left the process, so that a pipe gets all of it before the exit. */
function print(text: string): Promise<void> {
  return new Promise(resolve => {
    process.stdout.write(`${text}\n`, () => resolve());
  });
}

// A reader such as `head` that has seen enough is no failure.
process.stdout.on('error', () => process.exit(0));
// The clock's timers keep no program alive, but a command that waits for one has not ended.
setInterval(() => {}, 60_000);
main(process.argv.slice(2)).then(code => process.exit(code));
