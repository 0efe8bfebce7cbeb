import { basename, join, resolve } from 'node:path';
import { RECEIVER } from '../../src/base/receiver.ts';
import { behindDot } from '../../src/evals/behindDot.ts';
import { seeded } from '../../src/evals/random.ts';
import { recallOf, wantedOf } from '../../src/evals/recall.ts';
import { contextOf } from '../../src/evals/recallRun.ts';
import { mean, pairedDifference } from '../../src/evals/statistics.ts';
import { FUSION } from '../../src/retrieval/fusionWeights.ts';
import { FEATURES } from '../../src/retrieval/relevance.ts';
import { ensureCodeServer } from '../vscode/install.ts';
import { atHoles, type Standing } from './replayed.ts';
import { TreeTypes } from './treeTypes.ts';

/**
 * What the members of a type are worth that a language server tells, and how much they should count:
 * `node test/train/members.ts HOLES REPOSITORY…`, of repositories in TypeScript. At each hole behind a dot TypeScript's
 * own language service, on the tree before the commit, is asked for the type of what stands before it, as VS Code would.
 * The holes at which it names a type of the tree are retrieved at without members and with them at several weights; the
 * best goes into `src/retrieval/fusionWeights.ts`, where `fusion.ts` leaves it.
 */
const [count, ...repositories] = process.argv.slice(2);
if (!count || repositories.length === 0) throw new Error('node test/train/members.ts HOLES REPOSITORY…');

/** In tokens. */
const BUDGETS = [512, 1_024, 2_048];
const WEIGHTS = [0.5, 1, 2, 3, 4, 6, 8];
const TYPESCRIPT = /(?<!\.d)\.[cm]?tsx?$/;
/** Characters in which what stands before a dot is looked for. */
const NEAR = 1_000;

/** By configuration the recall at each budget, of one hole. */
type Recalls = Readonly<Record<string, readonly number[]>>;

interface Case {
  readonly commit: string;
  readonly recalls: Recalls;
}

const types = new TreeTypes(await ensureCodeServer());
const cases: Case[] = [];
for (const repository of repositories) cases.push(...(await casesOf(resolve(repository))));
if (cases.length === 0) throw new Error('No type of these repositories stands before a dot.');
table('all', cases);
for (const name of Object.keys(cases[0]!.recalls)) console.log(`${name} - without: ${gain(name)}`);

async function casesOf(repository: string): Promise<readonly Case[]> {
  const name = basename(repository);
  const found: Case[] = [];
  let commit = '';
  await atHoles(
    repository,
    { count: Number(count), placed: hole => (TYPESCRIPT.test(hole.path) ? behindDot(hole) : undefined) },
    async standing => {
      const { hole, disk, directory } = standing;
      if (hole.commit !== commit) await types.enter(disk, directory);
      commit = hole.commit;
      const recalls = await recallsAt(standing);
      if (recalls) found.push({ commit, recalls });
    },
  );
  if (found.length > 0) table(name, found);
  return found;
}

/** Undefined where no type is told that has members which the model would not see anyway. */
async function recallsAt({ hole, directory, engine, retrieval }: Standing): Promise<Recalls | undefined> {
  const { prefix, suffix, path } = hole;
  const start = Math.max(0, prefix.length - NEAR);
  const receiver = RECEIVER.exec(prefix.slice(start));
  if (!receiver) return undefined;
  const lines = types.typeLines(join(directory, path), prefix + suffix, start + receiver.index);
  if (lines.length === 0) return undefined;
  const context = contextOf(hole, directory);
  await engine.resolved({ uri: context.document.uri, names: [{ name: receiver[1]!, lines }] });
  const findings = retrieval.find(context);
  const others = findings.filter(({ retriever }) => retriever !== 'members');
  const members = findings.find(({ retriever }) => retriever === 'members');
  if (!members || members.found.length === 0) return undefined;
  const wanted = wantedOf(hole);
  const recalls = (of: typeof findings) =>
    BUDGETS.map(budget => recallOf(wanted, retrieval.fuse(context, of, budget).snippets));
  const weighed = WEIGHTS.map(weight => [`weight ${weight}`, withWeight(weight, () => recalls(findings))]);
  return { without: recalls(others), ...Object.fromEntries(weighed) };
}

/** Does `work` as if members counted so much. */
function withWeight<T>(weight: number, work: () => T): T {
  const weights = FUSION.weights as unknown as number[];
  const at = FEATURES.indexOf('members');
  const shipped = weights[at]!;
  weights[at] = weight;
  try {
    return work();
  } finally {
    weights[at] = shipped;
  }
}

function table(title: string, of: readonly Case[]): void {
  console.log(
    `${title}: ${of.length} of ${count} holes a repository, recall in ${BUDGETS.join(', ')} tokens`,
  );
  for (const name of Object.keys(of[0]!.recalls)) {
    const means = BUDGETS.map((_, i) => mean(of.map(({ recalls }) => recalls[name]![i]!))!);
    console.log(`  ${name.padEnd(10)} ${means.map(percent).join(' / ')}`);
  }
}

/** How much more is found than without members, with its 95 % interval over commits. */
function gain(name: string): string {
  const commits = cases.map(({ commit }) => commit);
  return BUDGETS.map((_, i) => {
    const portions = (of: string) => cases.map(({ recalls }) => ({ part: recalls[of]![i]!, whole: 1 }));
    const { difference, low, high } = pairedDifference(
      portions('without'),
      portions(name),
      commits,
      seeded(1),
    )!;
    return `${percent(difference)} [${percent(low)}, ${percent(high)}]`;
  }).join(' / ');
}

function percent(share: number): string {
  return (100 * share).toFixed(1);
}
