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
import { Network, type Weights } from '../../src/models/workspace/network.ts';
import { PREFIX_INPUTS, PREFIX_PLACE } from '../../src/models/workspace/prefixes.ts';
import { type Collected, collectDrafts, collectTokens } from './collected.ts';
import { type FitOptions, fit, lossOf } from './fit.ts';
import { learnedFile } from './learnedFile.ts';
import { joined, type Records } from './records.ts';

const SEED = 20261126;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    check: { type: 'string', multiple: true, default: [] },
    holes: { type: 'string', default: '480' },
    records: { type: 'string' },
    out: { type: 'string', default: join(import.meta.dirname, '../../src/models/workspace/learned.ts') },
  },
});
if (positionals.length === 0) throw new Error('Name at least one repository to learn from.');

const options = { seed: SEED, holes: Number(values.holes), folder: values.records };
/** Each hole gives several, and two small networks learn from them. */
const draftOptions = { ...options, holes: Math.ceil(options.holes / 2) };
const tokensHow = {
  ...{ candidateInputs: CANDIDATE_INPUTS, placeInputs: PLACE_INPUTS },
  ...{ hidden: 48, epochs: 8, batch: 64, rate: 0.01, decay: 0.1 },
};
const linesHow = {
  ...{ candidateInputs: LINE_INPUTS, placeInputs: LINE_PLACE_INPUTS },
  ...{ hidden: 16, epochs: 12, batch: 32, rate: 0.003, decay: 0.01 },
};
const prefixesHow = {
  ...{ candidateInputs: PREFIX_INPUTS, placeInputs: PREFIX_PLACE.length },
  ...{ hidden: 12, epochs: 6, batch: 64, rate: 0.003, decay: 0.01 },
};

const directories = [...positionals, ...values.check];
const found = new Map<string, Collected>();
for (const directory of directories) found.set(directory, await collectTokens(directory, options));
const tokensOf = (some: readonly string[]) => joined(some.map(directory => found.get(directory)!.sets[0]!));
const tokens = learn('tokens', tokensOf(positionals), tokensHow);

// What the network makes of lines that it has learned from says little of how sure it may be elsewhere.
const halves = [0, 1].map(half => positionals.filter((_, i) => i % 2 === half));
const others = halves.map(half => fit(tokensOf(half), { ...tokensHow, random: seeded(SEED) }));
const drafts = new Map<string, Collected>();
for (const directory of directories) {
  const half = halves.findIndex(half => half.includes(directory));
  drafts.set(directory, await collectDrafts(directory, half < 0 ? tokens : others[1 - half]!, draftOptions));
}
const draftsOf = (some: readonly string[], set: number) =>
  joined(some.map(directory => drafts.get(directory)!.sets[set]!));
const lines = learn('lines', draftsOf(positionals, 0), linesHow);
const prefixes = learn('prefixes', draftsOf(positionals, 1), prefixesHow);
for (const directory of values.check) {
  const name = basename(directory);
  tell(`tokens of ${name}`, tokens, tokensOf([directory]));
  tell(`lines of ${name}`, lines, draftsOf([directory], 0));
  tell(`prefixes of ${name}`, prefixes, draftsOf([directory], 1));
  tellSureness(prefixes, draftsOf([directory], 1));
}

const origin = {
  ...{ date: new Date().toISOString().slice(0, 10), seed: SEED },
  repositories: positionals.map(
    directory => `${basename(directory)} up to ${found.get(directory)!.newest.slice(0, 9)}`,
  ),
  tokens: tokensOf(positionals).counts.length,
  lines: draftsOf(positionals, 0).counts.length,
  prefixes: draftsOf(positionals, 1).counts.length,
};
writeFileSync(values.out, learnedFile({ tokens, lines, prefixes }, origin));

function learn(what: string, records: Records, how: Omit<FitOptions, 'random'>): Weights {
  const weights = fit(records, { ...how, random: seeded(SEED) });
  tell(`${what} learned from`, weights, records);
  return weights;
}

function tell(name: string, weights: Weights, of: Records): void {
  const { loss, top1, unknown } = lossOf(weights, of);
  const shares = `${percent(top1)} likeliest, ${percent(unknown)} no candidate`;
  console.log(`${name}: ${of.counts.length}, ${loss.toFixed(4)} nats, ${shares}`);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

/** How often what was said to be right with some probability was, in ten bins. */
function tellSureness(weights: Weights, { counts, truths, inputs, values }: Records): void {
  const network = new Network(weights);
  const bins = Array.from({ length: 10 }, () => ({ said: 0, right: 0, count: 0 }));
  for (let i = 0; i < counts.length; i++) {
    const row = new Float32Array(weights.candidateInputs);
    inputs[i]!.forEach((input, u) => {
      row[input] = values[i]![u]!;
    });
    const said = network.probabilities(row, 1, PREFIX_PLACE)[0]!;
    const bin = bins[Math.min(9, Math.floor(said * 10))]!;
    bin.said += said;
    bin.right += truths[i] === 0 ? 1 : 0;
    bin.count++;
  }
  const row = bins.map(
    ({ said, right, count }) => `${(said / count).toFixed(2)}: ${(right / count).toFixed(2)}`,
  );
  console.log(`  said and right: ${row.join(', ')}`);
}
