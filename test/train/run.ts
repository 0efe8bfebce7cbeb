/**
 * Makes the tables of the workspace model: `src/models/workspace/learned.ts`.
 *
 *   npm run train -- REPOSITORY… [--check REPOSITORY]… [--holes N] [--records FOLDER] [--out FILE]
 *
 * Each REPOSITORY is a clone with history. Lines that its newest commits added are typed again, with the files as they
 * were before, and at each token the network learns from what the workspace said and from what came next. The same
 * repositories and seed give the same tables. With `--records` what was collected of a repository is kept there and used
 * again; `--check` names repositories that are not learned from, to see how well that goes elsewhere.
 */
import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { seeded } from '../../src/evals/random.ts';
import { CANDIDATE_INPUTS, PLACE_INPUTS } from '../../src/models/workspace/features.ts';
import { LINE_INPUTS, LINE_PLACE_INPUTS } from '../../src/models/workspace/lines.ts';
import type { Weights } from '../../src/models/workspace/network.ts';
import { type Collected, collectLines, collectTokens } from './collected.ts';
import { type FitOptions, fit, lossOf } from './fit.ts';
import { learnedFile } from './learnedFile.ts';
import { joined, type Records } from './records.ts';

const SEED = 20261126;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    check: { type: 'string', multiple: true, default: [] },
    holes: { type: 'string', default: '500' },
    records: { type: 'string' },
    out: { type: 'string', default: join(import.meta.dirname, '../../src/models/workspace/learned.ts') },
  },
});
if (positionals.length === 0) throw new Error('Name at least one repository to learn from.');

const options = { seed: SEED, holes: Number(values.holes), folder: values.records };
const tokens = await learn('tokens', directory => collectTokens(directory, options), {
  ...{ candidateInputs: CANDIDATE_INPUTS, placeInputs: PLACE_INPUTS },
  ...{ hidden: 32, epochs: 6, batch: 64, rate: 0.003, decay: 0.001, random: seeded(SEED) },
});
const lines = await learn('lines', directory => collectLines(directory, tokens.weights, options), {
  ...{ candidateInputs: LINE_INPUTS, placeInputs: LINE_PLACE_INPUTS },
  ...{ hidden: 16, epochs: 12, batch: 32, rate: 0.003, decay: 0.01, random: seeded(SEED) },
});
const date = new Date().toISOString().slice(0, 10);
const origin = {
  ...{ date, seed: SEED, repositories: tokens.repositories },
  ...{ tokens: tokens.count, lines: lines.count },
};
writeFileSync(values.out, learnedFile({ tokens: tokens.weights, lines: lines.weights }, origin));

/** Collects from all repositories, learns, and tells how good the network is at what it learned from and elsewhere. */
async function learn(what: string, collect: (directory: string) => Promise<Collected>, how: FitOptions) {
  const parts: Records[] = [];
  const repositories: string[] = [];
  for (const directory of positionals) {
    const { records, newest } = await collect(directory);
    parts.push(records);
    repositories.push(`${basename(directory)} up to ${newest.slice(0, 9)}`);
  }
  const all = joined(parts);
  const weights = fit(all, how);
  tell(`${what} learned from`, weights, all);
  for (const directory of values.check) {
    tell(`${what} of ${basename(directory)}`, weights, (await collect(directory)).records);
  }
  return { weights, repositories, count: all.counts.length };
}

function tell(name: string, weights: Weights, of: Records): void {
  const { loss, top1, unknown } = lossOf(weights, of);
  const shares = `${percent(top1)} likeliest, ${percent(unknown)} no candidate`;
  console.log(`${name}: ${of.counts.length}, ${loss.toFixed(4)} nats, ${shares}`);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
