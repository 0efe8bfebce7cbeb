import { cp, mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GitFailure, git } from '../../../src/base/gitProcess.ts';
import type { Host, Input } from '../../../src/terminal/command.ts';
import { evalCommand } from '../../../src/terminal/evalCommand.ts';
import { type Scores, scoresOf } from './scores.ts';

/** One set of questions that are always the same. */
export interface Part {
  readonly name: string;
  /** @throws Unavailable if the questions cannot be asked here. */
  measure(repository: string, host: Host): Promise<Scores>;
}

/** A part that cannot be measured in this copy of the repository. */
export class Unavailable extends Error {}

const HOLES = [
  ...['n', 'offered', 'exactMatch', 'precision', 'rightOffers', 'savedChars', 'editSimilarity'],
  ...['escaped', 'falseRejection'],
];
const TYPING = ['lines', 'completed', 'multiTokenCompleted', 'keysSaved', 'rightDisplays', 'displaysPerLine'];

/** The newest commit that is replayed: later ones change nothing here. Move it on now and then, by itself. */
const NEWEST = '66f03cb';

/**
 * Sources in JavaScript and TypeScript that come with the packages of the lock file. Their versions stand in the scores:
 * a package that is updated is another text.
 */
const PACKAGES = [
  ...[
    'openai/src',
    'qs/lib',
    'qs/test',
    'postcss/lib',
    'semver',
    'commander/lib',
    'jszip/lib',
    'picomatch/lib',
  ],
  ...['readable-stream/lib', 'yauzl', 'yazl', 'xml2js/lib'],
];
const SMALL_PACKAGES = ['qs/lib', 'qs/test', 'postcss/lib', 'semver', 'picomatch/lib'];

export const PARTS: readonly Part[] = [
  history('own history', { commits: '60' }, HOLES),
  history('own history, typed', { commits: '12', typing: true }, TYPING),
  packages('package sources', PACKAGES, '400'),
];

export const SMOKE = packages('smoke', SMALL_PACKAGES, '80');

function history(name: string, options: Input['options'], names: readonly string[]): Part {
  return {
    name,
    async measure(repository, host) {
      try {
        const shallow = await git(repository, ['rev-parse', '--is-shallow-repository']);
        if (shallow.toString().trim() === 'true') {
          throw new Unavailable(
            "This is a shallow clone: 'git fetch --unshallow' brings the history to replay.",
          );
        }
        return await scored(repository, { git: true, at: NEWEST, ...options }, names, host);
      } catch (error) {
        if (!(error instanceof GitFailure)) throw error;
        throw new Unavailable(`It replays the commits up to ${NEWEST}, and there: ${error.message}`);
      }
    },
  };
}

function packages(name: string, folders: readonly string[], masked: string): Part {
  return {
    name,
    async measure(repository, host) {
      // Git ignores the packages where they are, and so does Wisp.
      const directory = await realpath(await mkdtemp(join(tmpdir(), 'wisp-yardstick-')));
      try {
        const versions: Record<string, number> = {};
        for (const folder of folders) {
          const [name] = folder.split('/') as [string];
          await cp(join(repository, 'node_modules', folder), join(directory, folder), { recursive: true });
          versions[`version of ${name}`] = await versionOf(join(repository, 'node_modules', name));
        }
        return { ...(await scored(directory, { masked }, HOLES, host)), ...versions };
      } finally {
        await rm(directory, { recursive: true, force: true });
      }
    },
  };
}

/** A version as one number that is another for another version: 8.5.33 is 8005033. */
async function versionOf(folder: string): Promise<number> {
  const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { version: string };
  return version.split(/[.-]/, 3).reduce((sum, part) => sum * 1_000 + Number(part), 0);
}

/** Of lines of code alone, as they are asked by `wisp eval`. */
async function scored(
  directory: string,
  options: Input['options'],
  names: readonly string[],
  host: Host,
): Promise<Scores> {
  const { json, incomplete } = await evalCommand.run({ operands: [directory], options }, host);
  if (incomplete !== undefined) throw new Error(incomplete);
  const { summary } = json as { summary: Readonly<Record<string, unknown>> };
  return scoresOf((summary.code ?? summary) as Readonly<Record<string, unknown>>, names);
}
