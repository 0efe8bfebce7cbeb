/**
 * Fits the table of `src/models/workspace/calibration.ts`: how likely the workspace model's next token is right.
 *
 *   node test/train/calibrate.ts DIR… [--holes N] [--check DIR]
 *
 * Each DIR is a repository's work tree. Holes are cut at random into its lines, the file's own saved text is left out,
 * and every predicted token up to the first wrong one is a row. `--check` prints predicted against observed there.
 */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { systemClock } from '../../src/base/clock.ts';
import { silentLog } from '../../src/base/log.ts';
import type { CompletionContext } from '../../src/domain/request.ts';
import type { Hole } from '../../src/evals/holes.ts';
import { maskedHoles } from '../../src/evals/maskedHoles.ts';
import { seeded } from '../../src/evals/random.ts';
import { InProcessAnalyser } from '../../src/indexing/analyser.ts';
import { nodeDisk } from '../../src/indexing/disk.ts';
import { IndexKeeper } from '../../src/indexing/indexKeeper.ts';
import { StoredIndex } from '../../src/indexing/storedIndex.ts';
import { inputsOf, probability } from '../../src/models/workspace/calibration.ts';
import { type Draft, type DraftToken, WorkspaceModel } from '../../src/models/workspace/workspaceModel.ts';

const SEED = 20261124;

/** What the regression sees of one predicted token, and whether it was right. */
interface Row {
  readonly inputs: readonly number[];
  readonly predicted: number;
  readonly right: boolean;
}

async function rowsOf(directory: string, count: number): Promise<Row[]> {
  const keeper = new IndexKeeper({
    analyser: new InProcessAnalyser(nodeDisk),
    disk: nodeDisk,
    clock: systemClock,
    log: silentLog,
    stored: new StoredIndex(undefined, systemClock, silentLog),
    onProgress: () => {},
  });
  const limits = { exclude: [], maxFileBytes: 512 * 1024, maxSourceBytes: 256 * 1024 * 1024 };
  keeper.open([{ name: 'repository', directory: resolve(directory) }], limits);
  await keeper.settled(new AbortController().signal);
  const read = (path: string) => readFile(keeper.paths.fileOf(path)!, 'utf8').catch(() => undefined);
  const holes = await maskedHoles(keeper.index.paths(), read, { count, random: seeded(SEED) });
  const model = new WorkspaceModel(() => keeper.index);
  return holes.flatMap(hole => rowsOfHole(hole, model.draft(contextOf(hole))));
}

function rowsOfHole(hole: Hole, draft: Draft): Row[] {
  const rows: Row[] = [];
  let text = '';
  const push = ({ features }: DraftToken, right: boolean) => {
    rows.push({ inputs: inputsOf(features), predicted: probability(features), right });
    return right;
  };
  for (const token of draft.tokens) {
    text += token.text;
    const rest = hole.target.slice(text.length);
    const endsWord = !(/[\p{L}\p{N}_$]$/u.test(text) && /^[\p{L}\p{N}_$]/u.test(rest));
    if (!push(token, hole.target.startsWith(text) && endsWord)) return rows;
  }
  if (draft.lineEnd) push(draft.lineEnd, text.trimEnd() === hole.target.trimEnd());
  return rows;
}

function contextOf({ id, path, language, prefix, suffix }: Hole): CompletionContext {
  const lines = prefix.split('\n');
  return {
    requestId: id,
    document: { uri: path, path, languageId: language, version: 1, text: prefix + suffix },
    position: { line: lines.length - 1, character: lines.at(-1)!.length },
    prefix,
    suffix,
    trigger: 'automatic',
  };
}

/** Logistic regression by Newton's method with a little ridge, so that a useless input gets no weight. */
function fit(rows: readonly Row[], ridge = 0.5, steps = 25): number[] {
  const size = rows[0]!.inputs.length;
  let weights: number[] = new Array(size).fill(0);
  for (let step = 0; step < steps; step++) {
    const system = weights.map((weight, i) => {
      const row: number[] = new Array(size + 1).fill(0);
      row[i] = ridge;
      row[size] = -ridge * weight;
      return row;
    });
    for (const { inputs, right } of rows) {
      const p = sigmoid(inputs.reduce((sum, input, i) => sum + input * weights[i]!, 0));
      for (let i = 0; i < size; i++) {
        const scaled = p * (1 - p) * inputs[i]!;
        for (let j = 0; j < size; j++) system[i]![j]! += scaled * inputs[j]!;
        system[i]![size]! += ((right ? 1 : 0) - p) * inputs[i]!;
      }
    }
    const change = solve(system);
    weights = weights.map((weight, i) => weight + change[i]!);
  }
  return weights;
}

/** Gauss-Jordan elimination with pivoting; each row ends with its right-hand side. */
function solve(system: number[][]): number[] {
  const size = system.length;
  for (let column = 0; column < size; column++) {
    const pivot = system
      .slice(column)
      .reduce(
        (best, row, i) => (Math.abs(row[column]!) > Math.abs(system[best]![column]!) ? column + i : best),
        column,
      );
    [system[column], system[pivot]] = [system[pivot]!, system[column]!];
    for (let r = 0; r < size; r++) {
      if (r === column) continue;
      const factor = system[r]![column]! / system[column]![column]!;
      for (let c = column; c <= size; c++) system[r]![c]! -= factor * system[column]![c]!;
    }
  }
  return system.map((row, i) => row[size]! / row[i]!);
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

function printCalibration(rows: readonly Row[]): void {
  console.log('predicted  observed  tokens');
  for (let bin = 0; bin < 10; bin++) {
    const inside = rows.filter(row => Math.min(9, Math.floor(row.predicted * 10)) === bin);
    if (inside.length === 0) continue;
    const predicted = inside.reduce((sum, row) => sum + row.predicted, 0) / inside.length;
    const observed = inside.filter(row => row.right).length / inside.length;
    console.log(
      `${predicted.toFixed(2).padStart(9)} ${observed.toFixed(2).padStart(9)} ${String(inside.length).padStart(7)}`,
    );
  }
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { holes: { type: 'string', default: '6000' }, check: { type: 'string' } },
});
const rows: Row[] = [];
for (const directory of positionals) {
  const own = await rowsOf(directory, Number(values.holes));
  console.log(`${own.length} predicted tokens in ${directory}`);
  rows.push(...own);
}
if (rows.length > 0)
  console.log(
    `[${fit(rows)
      .map(weight => weight.toFixed(3))
      .join(', ')}]`,
  );
if (values.check) printCalibration(await rowsOf(values.check, Number(values.holes)));
