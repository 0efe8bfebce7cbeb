import { writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { wantedOf } from '../../src/evals/recall.ts';
import { contextOf } from '../../src/evals/recallRun.ts';
import { FUSION } from '../../src/retrieval/fusionWeights.ts';
import { chosenWindows } from '../../src/retrieval/pack.ts';
import { type Pool, Pooler } from '../../src/retrieval/pool.ts';
import { FEATURES, featuresOf, probability, SOURCES } from '../../src/retrieval/relevance.ts';
import { atHoles } from './replayed.ts';

/**
 * Learns how likely a word that retrieval found is to be written next (`src/retrieval/relevance.ts`), from holes that
 * commits of some repositories leave: `node test/train/fusion.ts HOLES REPOSITORY…` writes
 * `src/retrieval/fusionWeights.ts`. First by logistic regression, a word a lesson; then the weights are moved one by one
 * as long as that finds more identifiers, for what is packed depends on the order of the likeliest few and not on the
 * many that are unlikely. Every third hole is kept apart, to see what the weights are worth on what they were not learned
 * from. Run it from a built tree: grammars are read from `dist/`.
 */
const [count, ...repositories] = process.argv.slice(2);
if (!count || repositories.length === 0) throw new Error('node test/train/fusion.ts HOLES REPOSITORY…');

const root = process.cwd();
const WIDTH = FEATURES.length;
/** What this replay does not teach: nobody has a transformer set up, and language servers are asked in `members.ts`. */
const UNTAUGHT: Readonly<Record<string, (weights: Float64Array) => number>> = {
  embedding: weights => weights[placeOf('lexical')]!,
  members: () => FUSION.weights[placeOf('members')]!,
};
const EPOCHS = 12;
const RATE = 0.15;
/** Tokens into which the words must fit that are found. */
const BUDGETS = [512, 1_024, 2_048];
/** By sweep over all weights: how far one is moved at once, as a share of it. */
const SWEEPS = [1, 0.6, 0.36, 0.2];
const LEAST_STEP = 0.5;
const MOST_STEPS = 3;
/** A move that finds less than this more, as a share of all, is luck. */
const LEAST_GAIN = 0.0006;
const pooler = new Pooler();

interface Lesson {
  readonly pool: Pool;
  /** Places of the pool's words with features, in the order of those. */
  readonly words: readonly number[];
  readonly features: Float32Array;
  readonly wanted: Uint8Array;
  /** Identifiers that should be found, those that are not in the pool too. */
  readonly all: number;
}

const lessons: Lesson[] = [];
const exam: Lesson[] = [];
for (const repository of repositories) await learnFrom(resolve(repository));
tell('as they were', FUSION.weights);
const weights = train(lessons);
tell('by regression', weights);
ascend(weights, lessons);
tell('by what is found', weights);
for (const [name, weight] of Object.entries(UNTAUGHT)) weights[placeOf(name)] = weight(weights);
console.log(FEATURES.map((name, i) => `${name} ${weights[i]!.toFixed(2)}`).join(', '));
const names = repositories.map(repository => basename(resolve(repository))).join(', ');
const when = new Date().toISOString().slice(0, 10);
const made = `${lessons.length} holes in the newest commits of ${names}, ${when}`;
writeFileSync(
  join(root, 'src/retrieval/fusionWeights.ts'),
  `/** Weights of the features of \`relevance.ts\`, made by \`test/train/fusion.ts\`; do not edit by hand. */
export const FUSION = {
  madeFrom:
    '${made}',
  weights: [
${FEATURES.map((name, i) => `    ${Number(weights[i]!.toFixed(3))}, // ${name}`).join('\n')}
  ],
} as const;
`,
);

async function learnFrom(repository: string): Promise<void> {
  let seen = 0;
  await atHoles(
    repository,
    { count: Number(count), placed: hole => hole },
    ({ hole, directory, retrieval, index: { index } }) => {
      const context = contextOf(hole, directory);
      const wanted = wantedOf(hole);
      const pool = pooler.pool(retrieval.find(context), index);
      const { words, features } = featuresOf(pool, context, index);
      const isWanted = (word: number) => wanted.has(index.vocabulary.text(pool.ids[word]!));
      (seen++ % 3 === 2 ? exam : lessons).push({
        pool,
        words,
        features: Float32Array.from(features),
        wanted: Uint8Array.from(words, word => (isWanted(word) ? 1 : 0)),
        all: wanted.size,
      });
    },
  );
  console.log(`${basename(repository)}: ${seen} holes`);
}

/** Logistic regression by AdaGrad (Duchi et al., JMLR 2011), one step a hole, so that each hole counts the same. */
function train(from: readonly Lesson[]): Float64Array {
  const weights = new Float64Array(WIDTH);
  weights[placeOf('bias')] = -4;
  const squares = new Float64Array(WIDTH).fill(1e-8);
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    for (const { features, wanted } of from) {
      const gradient = new Float64Array(WIDTH);
      for (let word = 0; word < wanted.length; word++) {
        const error = wanted[word]! - probability(features, word, weights);
        for (let i = 0; i < WIDTH; i++) gradient[i]! += error * features[word * WIDTH + i]!;
      }
      for (let i = 0; i < WIDTH; i++) {
        squares[i]! += gradient[i]! ** 2;
        weights[i]! += (RATE * gradient[i]!) / Math.sqrt(squares[i]!);
      }
    }
  }
  return weights;
}

/**
 * Moves weights, which it changes, one after the other to where most identifiers are found (coordinate ascent: Metzler and
 * Croft, "Linear feature-based models for information retrieval", Information Retrieval 10, 2007); those of the sources
 * all together, too.
 */
function ascend(weights: Float64Array, from: readonly Lesson[]): void {
  let best = mean(foundIn(from, weights));
  // The bias hardly changes the order of what is packed; it says when nothing is worth showing.
  const taught = FEATURES.map((_, i) => i).filter(i => i !== placeOf('bias') && weights[i] !== 0);
  const sources = SOURCES.map(placeOf).filter(i => taught.includes(i));
  for (const share of SWEEPS) {
    for (const moved of [sources, ...taught.map(i => [i])]) {
      const least = moved.length > 1 ? 0 : LEAST_STEP;
      const start = moved.map(i => weights[i]!);
      const move = (steps: number) => {
        for (const [at, i] of moved.entries())
          weights[i] = start[at]! + steps * share * Math.max(least, Math.abs(start[at]!));
      };
      let kept = 0;
      for (const way of [1, -1]) {
        for (let steps = 1; steps <= MOST_STEPS; steps++) {
          move(way * steps);
          const found = mean(foundIn(from, weights));
          if (found <= best + LEAST_GAIN) break;
          best = found;
          kept = way * steps;
        }
        if (kept !== 0) break;
      }
      move(kept);
    }
    console.log(`recall of what is learned from ${(100 * best).toFixed(2)}`);
  }
}

/** By budget the mean share of the identifiers of a hole that are found. */
function foundIn(of: readonly Lesson[], weights: ArrayLike<number>): readonly number[] {
  const sums = BUDGETS.map(() => 0);
  for (const { pool, words, features, wanted, all } of of) {
    const relevance = new Float64Array(pool.ids.length);
    const isWanted = new Uint8Array(pool.ids.length);
    for (const [i, word] of words.entries()) {
      relevance[word] = probability(features, i, weights);
      isWanted[word] = wanted[i]!;
    }
    for (const [at, budget] of BUDGETS.entries()) {
      const shown = new Set<number>();
      for (const { blocks } of chosenWindows(pool, relevance, budget).windows)
        for (const { from, end } of blocks)
          for (let i = pool.starts[from]!; i < pool.starts[end]!; i++)
            if (isWanted[pool.words[i]!]) shown.add(pool.words[i]!);
      sums[at]! += shown.size / all / of.length;
    }
  }
  return sums;
}

function tell(how: string, weights: ArrayLike<number>): void {
  const recalls = [lessons, exam].map(of =>
    foundIn(of, weights)
      .map(found => (100 * found).toFixed(1))
      .join(' / '),
  );
  console.log(
    `weights ${how}: recall in ${BUDGETS.join(', ')} tokens ${recalls[0]}, of ${exam.length} holes kept apart ${recalls[1]}`,
  );
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function placeOf(name: string): number {
  return (FEATURES as readonly string[]).indexOf(name);
}
