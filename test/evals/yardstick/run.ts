import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { systemClock } from '../../../src/base/clock.ts';
import { messageOf } from '../../../src/base/log.ts';
import type { Host } from '../../../src/terminal/command.ts';
import { table } from '../../../src/terminal/layout.ts';
import { Progress } from '../../../src/terminal/progress.ts';
import { PARTS, type Part, SMOKE, Unavailable } from './parts.ts';
import { type Committed, changes, type Scores, worsened } from './scores.ts';

/**
 * npm run eval [-- --accept | --smoke]
 *
 * The project's yardstick: the same questions every time, and their scores beside those of `baseline.json`. A score may
 * change only in a commit that says why, and that commit brings the new baseline, written by `--accept`. No time is
 * measured: the same tree has the same scores on every machine. `--smoke` is the part that `npm test` runs: it takes
 * seconds, lets better scores and small losses pass, and fails when something is broken.
 */
const repository = resolve(import.meta.dirname, '../../..');
const file = join(repository, 'test/evals/baseline.json');
const accept = process.argv.includes('--accept');
const smoke = process.argv.includes('--smoke');

const progress = new Progress(process.stderr, systemClock);
const host: Host = {
  assets: join(repository, 'dist'),
  version: 'yardstick',
  // No model is asked, whatever is set here.
  env: {},
  signal: new AbortController().signal,
  clock: systemClock,
  say: sentence => progress.above(`${sentence}\n`),
  progress: (what, done, total) => progress.show(what, done, total),
};

async function main(): Promise<number> {
  const committed: Committed = JSON.parse(await readFile(file, 'utf8').catch(() => '{}'));
  const found: Record<string, Scores> = {};
  for (const part of smoke ? [SMOKE] : [...PARTS, SMOKE]) {
    const scores = await measured(part);
    if (scores) found[part.name] = scores;
  }
  if (smoke) return tellSmoke(committed, found);
  if (accept) return write(committed, found);
  return tell(committed, found);
}

/** A part that cannot be measured here is told and passed over: a shallow clone has no history to replay. */
async function measured(part: Part): Promise<Scores | undefined> {
  try {
    return await part.measure(repository, host);
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error;
    console.log(`${part.name}: passed over. ${error.message}`);
    return undefined;
  } finally {
    progress.end();
  }
}

function tell(committed: Committed, found: Readonly<Record<string, Scores>>): number {
  const changed = tellTable(committed, found);
  if (changed === 0) {
    console.log('\nNo score changed.');
    return 0;
  }
  console.log(
    `\n${changed} scores changed. If that is meant, 'npm run eval -- --accept' writes them to test/evals/baseline.json:` +
      '\ncommit that file together with what changed them, and say why in the message.',
  );
  return 1;
}

/** What a part that was passed over had stays as it is. */
async function write(committed: Committed, found: Readonly<Record<string, Scores>>): Promise<number> {
  const changed = tellTable(committed, found);
  await writeFile(file, `${JSON.stringify({ ...committed, ...found }, null, 2)}\n`);
  console.log(
    `\n${changed} scores changed, written to test/evals/baseline.json. Say why in the commit's message.`,
  );
  return 0;
}

/** Old scores beside the new ones; gives how many differ. */
function tellTable(committed: Committed, found: Readonly<Record<string, Scores>>): number {
  const all = Object.entries(found).flatMap(([name, now]) => changes(name, committed[name], now));
  const rows = all.map(({ part, score, before, now }) => [
    `${part}: ${score}`,
    String(before ?? '–'),
    String(now ?? '–'),
    before === now ? '' : before === undefined || now === undefined ? 'other' : signed(now - before),
  ]);
  console.log(table([['', 'committed', 'now', 'change'], ...rows]));
  return all.filter(({ before, now }) => before !== now).length;
}

function tellSmoke(committed: Committed, found: Readonly<Record<string, Scores>>): number {
  const now = found[SMOKE.name];
  const before = committed[SMOKE.name];
  if (!now || !before) {
    console.log("There is nothing to compare with: run 'npm run eval -- --accept' once.");
    return 1;
  }
  const worse = worsened(before, now);
  for (const sentence of worse) console.log(sentence);
  if (worse.length === 0) console.log('The evaluation finds nothing broken.');
  return worse.length === 0 ? 0 : 1;
}

function signed(change: number): string {
  return `${change > 0 ? '+' : '−'}${Math.abs(change).toFixed(4)}`;
}

main().then(
  code => process.exit(code),
  error => {
    progress.end();
    console.log(messageOf(error));
    process.exit(1);
  },
);
