import type { Clock } from '../base/clock.ts';
import { type GitFailure, git } from '../base/gitProcess.ts';

/** Commits that are read: about a year of a lively repository, and a tenth of a second's work for git. */
const MOST_COMMITS = 600;
/** The history is read again at most this often, when somebody asks for it. */
const STALE_MS = 5 * 60_000;

/**
 * The paths that each of the last commits up to `from` changed, newest first, merges aside, relative to a folder and
 * within it.
 * @throws GitFailure where there is no git or no repository.
 */
export async function committedPaths(
  directory: string,
  from = 'HEAD',
): Promise<readonly (readonly string[])[]> {
  const what = ['--no-merges', `--max-count=${MOST_COMMITS}`, '--format=%x00', '--name-only', '--relative'];
  const shape = ['--no-renames', '--no-show-signature', '--no-color', '--no-ext-diff', '--no-textconv'];
  const out = await git(directory, ['log', ...what, ...shape, from, '--', '.']);
  return out
    .toString('utf8')
    .split('\0')
    .map(commit => commit.split('\n').filter(path => path !== ''))
    .filter(paths => paths.length > 0);
}

/** A folder of the workspace, and what stands before the paths of its files. */
interface LoggedFolder {
  readonly directory: string;
  readonly prefix: string;
}

/** The history of a workspace, read in the background and kept; nothing ever waits for it. */
export class CommitLog {
  readonly #clock: Pick<Clock, 'elapsed'>;
  readonly #read: typeof committedPaths;
  #folders: readonly LoggedFolder[] = [];
  #commits: readonly (readonly string[])[] | undefined;
  #readAt = Number.NEGATIVE_INFINITY;

  constructor(clock: Pick<Clock, 'elapsed'>, read: typeof committedPaths = committedPaths) {
    this.#clock = clock;
    this.#read = read;
  }

  /** Another workspace, or none. */
  open(folders: readonly LoggedFolder[]): void {
    this.#folders = folders;
    this.#commits = undefined;
    this.#readAt = Number.NEGATIVE_INFINITY;
    void this.refresh();
  }

  /** What is known now; undefined before it was read, and where there is no history. */
  get commits(): readonly (readonly string[])[] | undefined {
    if (this.#clock.elapsed() - this.#readAt > STALE_MS) void this.refresh();
    return this.#commits;
  }

  /** Reads the history again. Resolves when it is known. Never rejects. */
  async refresh(): Promise<void> {
    this.#readAt = this.#clock.elapsed();
    const folders = this.#folders;
    const logs = await Promise.all(
      folders.map(({ directory, prefix }) =>
        this.#read(directory).then(
          commits => commits.map(paths => paths.map(path => prefix + path)),
          // Without git, or outside of a repository, there is none.
          (_: GitFailure) => [],
        ),
      ),
    );
    if (folders === this.#folders) this.#commits = logs.length === 1 ? logs[0] : logs.flat();
  }
}
