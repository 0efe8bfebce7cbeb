import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { devNull, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** What a commit does to files, by slash-separated path; `undefined` deletes one. */
export type Files = Readonly<Record<string, string | Uint8Array | undefined>>;

/** A git repository that goes when the test is over. */
export interface TestRepository {
  readonly directory: string;
  git(...args: string[]): string;
  write(files: Files): Promise<void>;
  /** Writes files and commits the whole folder; gives the commit's id. */
  commit(files: Files): Promise<string>;
}

/** Makes a repository with these commits, oldest first. The same commits have the same ids everywhere. */
export async function makeRepository(...commits: readonly Files[]): Promise<TestRepository> {
  const directory = await realpath(await mkdtemp(join(tmpdir(), 'wisp-git-')));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  let seconds = 1_700_000_000;
  const git = (...args: string[]) => {
    const who = { NAME: 'A. Writer', EMAIL: 'writer@example.org', DATE: `${seconds} +0000` };
    const env = Object.fromEntries(
      ['AUTHOR', 'COMMITTER'].flatMap(role =>
        Object.entries(who).map(([what, value]) => [`GIT_${role}_${what}`, value]),
      ),
    );
    const settings = { GIT_CONFIG_GLOBAL: devNull, GIT_CONFIG_NOSYSTEM: '1' };
    return execFileSync('git', ['-C', directory, ...args], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env.PATH, ...settings, ...env },
    }).trim();
  };
  const write = async (files: Files) => {
    for (const [path, content] of Object.entries(files)) {
      const file = join(directory, path);
      await mkdir(dirname(file), { recursive: true });
      if (content === undefined) await rm(file, { recursive: true });
      else await writeFile(file, content);
    }
  };
  const commit = async (files: Files) => {
    await write(files);
    seconds += 60;
    git('add', '--all');
    git('commit', '--quiet', '--allow-empty', '--message', 'A change');
    return git('rev-parse', 'HEAD');
  };
  git('init', '--quiet', '--initial-branch=main');
  for (const files of commits) await commit(files);
  return { directory, git, write, commit };
}
