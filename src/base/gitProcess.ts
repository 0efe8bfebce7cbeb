import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

/** Git's answer was no, with what it said about it. */
export class GitFailure extends Error {}

/** Patches of more bytes than this are not typed by anybody; who asks for one gets a failure. */
const MOST_BYTES = 64 * 1024 * 1024;

/** What a git command that only reads prints. Arguments go to the program as they are: no shell ever sees them. */
export function git(directory: string, args: readonly string[], signal?: AbortSignal): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = {
      env: environment(),
      maxBuffer: MOST_BYTES,
      windowsHide: true,
      encoding: 'buffer',
    } as const;
    execFile(
      'git',
      argumentsFor(directory, args),
      { ...options, ...(signal && { signal }) },
      (error, out, said) => (error ? reject(failure(error, said.toString())) : resolve(out)),
    );
  });
}

/** The lines that a git command prints, as they come; git is stopped once nobody wants more of them. */
export async function* gitLines(directory: string, args: readonly string[]): AsyncGenerator<string> {
  const child = startGit(directory, args);
  // Never a rejection that nobody waits for: the loop may be left before git ends.
  const ended = once(child, 'close').then(
    ([code]) => code as number,
    (error: Error) => error,
  );
  const said: Buffer[] = [];
  child.stderr!.on('data', (chunk: Buffer) => said.push(chunk));
  try {
    yield* createInterface({ input: child.stdout!, crlfDelay: Number.POSITIVE_INFINITY });
    const code = await ended;
    if (code !== 0) throw failure(code instanceof Error ? code : new Error(), Buffer.concat(said).toString());
  } finally {
    child.kill();
  }
}

/** Git with pipes to all its ends. */
export function startGit(directory: string, args: readonly string[]): ChildProcess {
  return spawn('git', argumentsFor(directory, args), { env: environment(), windowsHide: true });
}

function argumentsFor(directory: string, args: readonly string[]): string[] {
  return ['-C', directory, '--no-pager', '-c', 'core.quotepath=off', ...args];
}

/**
 * The user's environment without what would lead git elsewhere (in a git hook, `GIT_DIR` and `GIT_INDEX_FILE` are set),
 * make it wait for a password, write to the repository, or fetch from a server what a partial clone lacks.
 */
function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^GIT_(?!CONFIG|CEILING)/.test(name));
  return {
    ...Object.fromEntries(kept),
    LC_ALL: 'C',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    GIT_NO_LAZY_FETCH: '1',
  };
}

function failure(error: Error & { code?: unknown }, said: string): Error {
  if (error.name === 'AbortError') return error;
  if (error.code === 'ENOENT') {
    return new GitFailure("The history is read by the program 'git', and there is none on the path.");
  }
  const [line] = said.split('\n');
  return new GitFailure(line?.replace(/^fatal: /, '') || error.message);
}
