import { writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { systemClock } from '../../src/base/clock.ts';
import { inProcess } from '../../src/base/port.ts';
import { compose } from '../../src/compose.ts';
import { defaultSettings } from '../../src/domain/settings.ts';
import { GitObjects } from '../../src/evals/gitObjects.ts';
import { GitTreeDisk } from '../../src/evals/gitTree.ts';
import { historyHoles } from '../../src/evals/history.ts';
import { withHoleOpen } from '../../src/evals/openHole.ts';
import { recallOf, wantedOf } from '../../src/evals/recall.ts';
import { contextOf, leavesNames } from '../../src/evals/recallRun.ts';
import { Replay } from '../../src/evals/replay.ts';
import { Pooler } from '../../src/retrieval/pool.ts';
import { FEATURES, featuresOf, probability } from '../../src/retrieval/relevance.ts';

/**
 * Learns how likely a word that retrieval found is to be written next (`src/retrieval/relevance.ts`), from holes that
 * commits of some repositories leave: `node test/train/fusion.ts HOLES REPOSITORY…` writes
 * `src/retrieval/fusionWeights.ts`. Every third hole is kept apart, to see what the weights are worth on what they were
 * not learned from. Run it from a built tree: grammars are read from `dist/`.
 */
const [count, ...repositories] = process.argv.slice(2);
if (!count || repositories.length === 0) throw new Error('node test/train/fusion.ts HOLES REPOSITORY…');

const root = process.cwd();
const WIDTH = FEATURES.length;
/**
 * What replay hardly teaches, and which source each counts as much as: nobody has a transformer set up here, and of 600
 * holes none was behind a dot whose members were new to the file.
 */
const UNTAUGHT: Readonly<Record<string, string>> = { embedding: 'session', members: 'continuation' };
const EPOCHS = 12;
const RATE = 0.15;
const pooler = new Pooler();
const { signal } = new AbortController();

interface Lesson {
  readonly features: Float64Array;
  readonly wanted: Uint8Array;
}

const lessons: Lesson[] = [];
const exam: Lesson[] = [];
for (const repository of repositories) await learnFrom(resolve(repository));
const weights = train(lessons);
for (const [name, like] of Object.entries(UNTAUGHT)) weights[placeOf(name)] = weights[placeOf(like)]!;
console.log(FEATURES.map((name, i) => `${name} ${weights[i]!.toFixed(2)}`).join(', '));
console.log(
  `log loss a word: ${loss(lessons, weights).toFixed(5)}, of holes kept apart ${loss(exam, weights).toFixed(5)}`,
);
const names = repositories.map(repository => basename(resolve(repository))).join(', ');
const when = new Date().toISOString().slice(0, 10);
const made = `${lessons.length} holes in the newest commits of ${names}, ${when}`;
writeFileSync(
  join(root, 'src/retrieval/fusionWeights.ts'),
  `/** Weights of the features of \`relevance.ts\`, made by \`test/train/fusion.ts\`; do not edit by hand. */
export const FUSION = {
  madeFrom: '${made}',
  weights: [
${FEATURES.map((name, i) => `    ${weights[i]!.toFixed(3)}, // ${name}`).join('\n')}
  ],
} as const;
`,
);

async function learnFrom(repository: string): Promise<void> {
  const objects = await GitObjects.open(repository);
  const { holes } = await historyHoles(objects, {
    seed: 1,
    holes: Number(count),
    accept: leavesNames,
    signal,
  });
  const disk = new GitTreeDisk(objects);
  await disk.checkout(holes[0]!.parent);
  const directory = join(objects.top, objects.prefix);
  const silent = () => {};
  const { api, retrieval, index } = compose({
    events: { status: silent, improved: silent, outage: silent, log: silent },
    assets: join(root, 'dist'),
    clock: systemClock,
    indexer: 'in-process',
    disk,
    readNow: disk.readNow,
  });
  const engine = inProcess(api);
  await engine.configure({ settings: defaultSettings });
  const folders = [{ name: basename(directory), directory }];
  await engine.openWorkspace({ folders, trusted: true, filesExclude: [] });
  await engine.indexed({}, signal);
  const { enter } = new Replay({ engine, disk, directory, session: true });
  let recall = 0;
  for (const [i, hole] of holes.entries()) {
    await enter(hole);
    await withHoleOpen(
      engine,
      { ...hole, text: hole.prefix + hole.suffix },
      { directory, signal },
      async () => {
        const context = contextOf(hole, directory);
        const wanted = wantedOf(hole);
        const pool = pooler.pool(retrieval.find(context), index.index);
        const { words, features } = featuresOf(pool, context, index.index);
        const { vocabulary } = index.index;
        const lesson = {
          features: features.slice(0, words.length * WIDTH),
          wanted: Uint8Array.from(words, word => (wanted.has(vocabulary.text(pool.ids[word]!)) ? 1 : 0)),
        };
        (i % 3 === 2 ? exam : lessons).push(lesson);
        recall += recallOf(wanted, retrieval.retrieve(context, 1_024));
      },
    );
  }
  console.log(
    `${basename(repository)}: ${holes.length} holes, recall@1024 so far ${(recall / holes.length).toFixed(3)}`,
  );
  await engine.shutdown({});
  objects.close();
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

function placeOf(name: string): number {
  return (FEATURES as readonly string[]).indexOf(name);
}

function loss(of: readonly Lesson[], weights: Float64Array): number {
  let sum = 0;
  let words = 0;
  for (const { features, wanted } of of) {
    words += wanted.length;
    for (let word = 0; word < wanted.length; word++) {
      const p = probability(features, word, weights);
      sum -= Math.log(wanted[word] ? p : 1 - p);
    }
  }
  return sum / words;
}
