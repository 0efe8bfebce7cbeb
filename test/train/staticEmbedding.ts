/**
 * Trains a static code embedding and measures whether it finds more than words do:
 *
 *     node --max-old-space-size=8000 test/train/staticEmbedding.ts DIR… --measure DIR… [--places 250] [--out FILE]
 *
 * A term (`indexing/terms.ts`) is hashed into one of 32,768 rows of 96 signed bytes. Rows are the leading eigenvectors of
 * the positive pointwise mutual information of terms that stand near each other (Levy & Goldberg, NIPS 2014), found by
 * randomised subspace iteration (Halko, Martinsson & Tropp, SIAM Review 2011); nothing is drawn but from a fixed seed.
 * A text is the mean of its terms' rows, weighted by their rarity in the workspace.
 *
 * Wisp ships none: whatever it found, the words had found, within the intervals of every measurement so far. Its figures
 * hold for the sources and the packing of their day, so measure again before you ship one.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { languageOfPath } from '../../src/domain/languages.ts';
import type { CompletionContext } from '../../src/domain/request.ts';
import { tokensIn } from '../../src/domain/snippet.ts';
import { CodeIndex } from '../../src/indexing/codeIndex.ts';
import { nodeDisk } from '../../src/indexing/disk.ts';
import { idOf, isNewline, lex } from '../../src/indexing/lexer.ts';
import { machineMade } from '../../src/indexing/machineMade.ts';
import { scan } from '../../src/indexing/scan.ts';
import { termsIn } from '../../src/indexing/terms.ts';
import { queryFor } from '../../src/retrieval/query.ts';
import { lineRecord } from '../support/lineRecord.ts';
import { randomFrom } from '../support/random.ts';

const ROWS = 1 << 15;
const COLUMNS = 96;
/** The iteration carries some more than it keeps: the last ones are never exact. */
const CARRIED = COLUMNS + 16;
const ROUNDS = 4;
/** Lines that are near each other, and how far the window moves. */
const WINDOW = 8;
const STEP = 4;
const MOST_TERMS = 60;
const MOST_PAIRS = 12e6;
const LEAST_PAIRS = 3;
const CONTEXT_POWER = 0.75;
/** Tokens that are shown of what is found. */
const BUDGET = 1_024;
const CODE = /\.(ts|tsx|js|py|go|rs|java|rb|cs|php)$/;

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    measure: { type: 'string', multiple: true, default: [] },
    places: { type: 'string', default: '250' },
    out: { type: 'string' },
  },
});
if (positionals.length === 0) throw new Error('Which folders? See the top of this file.');
const table = train(await pairsOf(positionals));
if (values.out) writeFileSync(values.out, table);
for (const directory of values.measure) await measure(directory, Number(values.places));

function rowOf(term: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < term.length; i++) hash = Math.imul(hash ^ term.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  return ((hash ^ (hash >>> 13)) >>> 0) % ROWS;
}

/** How often the terms of two rows stand near each other; the smaller row times `ROWS` plus the larger one. */
async function pairsOf(directories: readonly string[]): Promise<Map<number, number>> {
  const pairs = new Map<number, number>();
  const known = new Map<string, readonly number[]>();
  const rowsOf = (word: string) => {
    const rows = known.get(word) ?? [...new Set(termsIn(word).map(rowOf))];
    known.set(word, rows);
    return rows;
  };
  for (const directory of directories) {
    for (const text of (await textsOf(directory)).values()) {
      const { tokens, strings } = lex(text);
      const lines: number[][] = [[]];
      for (const token of tokens) {
        if (isNewline(token)) lines.push([]);
        else lines.at(-1)!.push(...rowsOf(strings[idOf(token)]!));
      }
      for (let at = 0; at + STEP < lines.length; at += STEP) {
        const near = [...new Set(lines.slice(at, at + WINDOW).flat())].slice(0, MOST_TERMS);
        for (const [i, one] of near.entries()) {
          for (const other of near.slice(i + 1)) {
            const pair = Math.min(one, other) * ROWS + Math.max(one, other);
            pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
          }
        }
      }
      if (pairs.size > MOST_PAIRS) for (const [pair, count] of pairs) if (count < 2) pairs.delete(pair);
    }
  }
  return pairs;
}

interface Sparse {
  readonly one: Int32Array;
  readonly other: Int32Array;
  readonly value: Float32Array;
}

/** Positive pointwise mutual information, with the context's share smoothed. */
function informationOf(pairs: ReadonlyMap<number, number>): Sparse {
  const mass = new Float64Array(ROWS);
  for (const [pair, count] of pairs) {
    mass[Math.floor(pair / ROWS)]! += count;
    mass[pair % ROWS]! += count;
  }
  const total = mass.reduce((sum, one) => sum + one, 0);
  const smoothed = mass.reduce((sum, one) => sum + one ** CONTEXT_POWER, 0);
  const kept = [...pairs].flatMap(([pair, count]) => {
    if (count < LEAST_PAIRS) return [];
    const [one, other] = [Math.floor(pair / ROWS), pair % ROWS];
    const expected = (mass[one]! / total) * (mass[other]! ** CONTEXT_POWER / smoothed);
    const value = Math.log(count / total / expected);
    return value > 0 ? [{ one, other, value }] : [];
  });
  return {
    one: Int32Array.from(kept, ({ one }) => one),
    other: Int32Array.from(kept, ({ other }) => other),
    value: Float32Array.from(kept, ({ value }) => value),
  };
}

function train(pairs: ReadonlyMap<number, number>): Int8Array {
  const information = informationOf(pairs);
  const random = randomFrom(12_345);
  let basis = Float32Array.from({ length: ROWS * CARRIED }, () => random() - 0.5);
  for (let round = 0; round < ROUNDS; round++) basis = orthogonal(product(information, basis));
  const image = product(information, basis);
  // In an orthogonal basis of the leading eigenvectors' space the columns come out by their size.
  const strength = Array.from({ length: CARRIED }, (_, d) => {
    let sum = 0;
    for (let row = 0; row < ROWS; row++) sum += basis[row * CARRIED + d]! * image[row * CARRIED + d]!;
    return Math.max(0, sum);
  });
  const order = strength.map((_, d) => d).sort((a, b) => strength[b]! - strength[a]!);
  const result = new Int8Array(ROWS * COLUMNS);
  for (let row = 0; row < ROWS; row++) {
    const own = order.slice(0, COLUMNS).map(d => basis[row * CARRIED + d]! * Math.sqrt(strength[d]!));
    const length = Math.hypot(...own) || 1;
    own.forEach((value, d) => {
      result[row * COLUMNS + d] = Math.max(-127, Math.min(127, Math.round((value / length) * 317)));
    });
  }
  return result;
}

function product({ one, other, value }: Sparse, matrix: Float32Array): Float32Array<ArrayBuffer> {
  const result = new Float32Array(ROWS * CARRIED);
  for (let i = 0; i < value.length; i++) {
    const a = one[i]! * CARRIED;
    const b = other[i]! * CARRIED;
    for (let d = 0; d < CARRIED; d++) {
      result[a + d]! += value[i]! * matrix[b + d]!;
      result[b + d]! += value[i]! * matrix[a + d]!;
    }
  }
  return result;
}

/** Gram and Schmidt, column by column, in place. */
function orthogonal(matrix: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  const inner = (a: number, b: number) => {
    let sum = 0;
    for (let at = 0; at < matrix.length; at += CARRIED) sum += matrix[at + a]! * matrix[at + b]!;
    return sum;
  };
  for (let d = 0; d < CARRIED; d++) {
    for (let before = 0; before < d; before++) {
      const share = inner(d, before);
      for (let at = 0; at < matrix.length; at += CARRIED) matrix[at + d]! -= share * matrix[at + before]!;
    }
    const length = Math.sqrt(inner(d, d)) || 1;
    for (let at = 0; at < matrix.length; at += CARRIED) matrix[at + d]! /= length;
  }
  return matrix;
}

async function measure(directory: string, places: number): Promise<void> {
  const texts = await textsOf(directory);
  const index = new CodeIndex();
  for (const [path, text] of texts) index.add(lineRecord(path, text));
  const random = randomFrom(7);
  const paths = [...texts.keys()];
  const vectors = new Map<string, Float32Array>();
  const vectorOf = (path: string, startLine: number, endLine: number) => {
    const key = `${path}:${startLine}`;
    const vector = vectors.get(key) ?? meanOf(index, termsOf(texts.get(path)!, startLine, endLine));
    vectors.set(key, vector);
    return vector;
  };
  const gains: number[] = [];
  let words = 0;
  while (gains.length < places) {
    const path = paths[Math.floor(random() * paths.length)]!;
    const lines = texts.get(path)!.split('\n');
    const line = Math.floor(random() * lines.length);
    const prefix = lines.slice(0, line).join('\n');
    const above = new Set(wordsIn(prefix));
    const wanted = [...new Set(wordsIn(lines.slice(line, line + WINDOW).join('\n')))].filter(
      word => !above.has(word),
    );
    if (wanted.length === 0 || line < 3) continue;
    index.add(lineRecord(path, prefix));
    const query = queryFor(contextAt(path, prefix, line), index);
    const here = meanOf(index, query);
    const found = index.search(query, { limit: 300 }).filter(chunk => chunk.path !== path);
    const recall = (list: typeof found) => {
      const there = new Set<string>();
      let left = BUDGET;
      for (const { path: of, startLine, endLine } of list) {
        const shown = texts
          .get(of)!
          .split('\n')
          .slice(startLine - 1, endLine)
          .join('\n');
        left -= tokensIn(shown);
        if (left < 0) break;
        for (const word of wordsIn(shown)) there.add(word);
      }
      return wanted.filter(word => there.has(word)).length / wanted.length;
    };
    const best = found[0]?.score ?? 1;
    const reranked = found
      .map(chunk => {
        const there = vectorOf(chunk.path, chunk.startLine, chunk.endLine);
        const likeness = here.reduce((sum, value, d) => sum + value * there[d]!, 0);
        return { ...chunk, score: chunk.score / best + likeness / 2 };
      })
      .sort((a, b) => b.score - a.score);
    const plain = recall(found);
    words += plain;
    gains.push(recall(reranked) - plain);
    index.add(lineRecord(path, texts.get(path)!));
  }
  const [low, high] = interval(gains, random);
  const mean = gains.reduce((sum, gain) => sum + gain, 0) / places;
  console.log(
    `${directory}: words ${percent(words / places)}, reranked ${percent(mean)} more [${percent(low)}, ${percent(high)}], n ${places}`,
  );
}

function percent(share: number): string {
  return (share * 100).toFixed(2);
}

function wordsIn(text: string): string[] {
  return text.match(/[\p{L}_$][\p{L}\p{N}_$]+/gu) ?? [];
}

function termsOf(text: string, startLine: number, endLine: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of wordsIn(
    text
      .split('\n')
      .slice(startLine - 1, endLine)
      .join('\n'),
  ))
    for (const term of termsIn(word)) counts.set(term, Math.min(3, (counts.get(term) ?? 0) + 1));
  return counts;
}

function meanOf(index: CodeIndex, weights: ReadonlyMap<string, number>): Float32Array {
  const sum = new Float32Array(COLUMNS);
  for (const [term, weight] of weights) {
    const at = rowOf(term) * COLUMNS;
    const share = weight * index.rarity(term);
    for (let d = 0; d < COLUMNS; d++) sum[d]! += share * table[at + d]!;
  }
  const length = Math.hypot(...sum) || 1;
  return sum.map(value => value / length);
}

function contextAt(path: string, prefix: string, line: number): CompletionContext {
  const document = { uri: path, path, languageId: languageOfPath(path)!.id, version: 1, text: prefix };
  return {
    requestId: 'r',
    document,
    position: { line, character: 0 },
    prefix,
    suffix: '',
    trigger: 'automatic',
  };
}

/** 95 % of the means of samples drawn with repetition. */
function interval(gains: readonly number[], random: () => number): readonly [number, number] {
  const means = Array.from({ length: 2_000 }, () => {
    let sum = 0;
    for (let i = 0; i < gains.length; i++) sum += gains[Math.floor(random() * gains.length)]!;
    return sum / gains.length;
  }).sort((a, b) => a - b);
  return [means[50]!, means[1_949]!];
}

/** Source files that people write, by path. */
async function textsOf(directory: string): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  const root = { directory, prefix: '' };
  const { signal } = new AbortController();
  for await (const { files } of scan(
    { root, exclude: [], maxFileBytes: 300 * 1_024, disk: nodeDisk },
    signal,
  )) {
    for (const { path } of files.filter(file => CODE.test(file.path))) {
      const text = readFileSync(join(directory, path), 'utf8');
      if (!machineMade(path, text)) texts.set(path, text);
    }
  }
  return texts;
}
