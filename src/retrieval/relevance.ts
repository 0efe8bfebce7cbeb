import { languageOf } from '../domain/languages.ts';
import type { CompletionContext } from '../domain/request.ts';
import { withRoom } from '../indexing/growing.ts';
import { idOf } from '../indexing/lexer.ts';
import { fileLines } from './fileLines.ts';
import { FUSION } from './fusionWeights.ts';
import type { PoolIndex, PoolLine } from './pool.ts';
import { surroundingsOf } from './surroundings.ts';

/** Sources whose scores are features. */
export const SOURCES = ['lexical', 'symbols', 'continuation', 'session', 'embedding'] as const;
/**
 * What is known of a word of the pool, as numbers of about 0 to 1. A source's feature is the greatest score that it gave
 * a line with the word.
 */
export const FEATURES = [
  ...SOURCES,
  'bias',
  /** How rare it is, and the same squared. */
  'rarity',
  'rarity²',
  /** How many lines and files of the pool have it. */
  'lines',
  'files',
  /** What its best line, and the lines around that, share with the cursor's surroundings, by nearness and rarity. */
  'line',
  'stretch',
  /** Its parts (`getUser`: get, user) that stand near the cursor. */
  'parts',
  /** The place of its best chunk among those of the lexical source. */
  'rank',
  'length',
] as const;

const AT = Object.fromEntries(FEATURES.map((name, i) => [name, i])) as Record<
  (typeof FEATURES)[number],
  number
>;
const WIDTH = FEATURES.length;
/** Features of which the greatest of all lines with the word counts. */
const GREATEST = [...SOURCES, 'line', 'stretch', 'rank'].map(name => AT[name as (typeof FEATURES)[number]]);
/** How much the lines around a line count for it, by distance; what stands above tells more than what stands below. */
const AROUND: readonly (readonly [number, number])[] = [
  [-4, 0.2],
  [-3, 0.3],
  [-2, 0.4],
  [-1, 0.6],
  [1, 0.4],
  [2, 0.2],
];
/** Where a rank counts half. */
const HALF_RANK = 3;

/** The words of a pool that do not stand above the cursor, with the features of the first, the second and so on. */
export interface PoolWords {
  /** Ids of the vocabulary. */
  readonly words: readonly number[];
  readonly features: Float64Array;
}

/**
 * For each word of the pool that does not stand above the cursor, how likely it is to be written next: a logistic
 * regression whose weights were learned by replaying commits (`fusionWeights.ts`).
 */
export function relevanceOf(
  pool: readonly PoolLine[],
  context: CompletionContext,
  index: PoolIndex,
): ReadonlyMap<number, number> {
  const { words, features } = featuresOf(pool, context, index);
  return new Map(words.map((word, i) => [word, probability(features, i)]));
}

/** Of the word at a place. */
export function probability(
  features: Float64Array,
  place: number,
  weights: ArrayLike<number> = FUSION.weights,
): number {
  let sum = 0;
  for (let i = 0; i < WIDTH; i++) sum += features[place * WIDTH + i]! * weights[i]!;
  return 1 / (1 + Math.exp(-sum));
}

export function featuresOf(
  pool: readonly PoolLine[],
  context: CompletionContext,
  index: PoolIndex,
): PoolWords {
  const near = nearOf(context, index);
  const above = wordsAbove(context, index);
  const places = new Map<number, number>();
  const words: number[] = [];
  let features = new Float64Array(WIDTH << 10);
  const lastFile: string[] = [];
  const { line: shared, stretch } = likeness(pool, near.words);
  const values = new Float64Array(WIDTH);
  for (const [i, { path, words: own, scores, ranks }] of pool.entries()) {
    for (let at = 0; at < SOURCES.length; at++) values[at] = scores[SOURCES[at]!] ?? 0;
    values[AT.line] = shared[i]!;
    values[AT.stretch] = stretch[i]!;
    values[AT.rank] = ranks.lexical === undefined ? 0 : HALF_RANK / (HALF_RANK + ranks.lexical);
    for (const word of own) {
      if (above[word] === 1) continue;
      let place = places.get(word);
      if (place === undefined) {
        place = words.push(word) - 1;
        places.set(word, place);
        features = withRoom(features, words.length * WIDTH);
      }
      const start = place * WIDTH;
      for (let i = 0; i < GREATEST.length; i++) {
        const at = GREATEST[i]!;
        if (values[at]! > features[start + at]!) features[start + at] = values[at]!;
      }
      features[start + AT.lines]!++;
      if (lastFile[place] !== path) {
        lastFile[place] = path;
        features[start + AT.files]!++;
      }
    }
  }
  for (const [place, word] of words.entries()) {
    complete(word, features, place * WIDTH, near.parts, index);
  }
  return { words, features };
}

/** The words around the cursor by nearness and rarity, and the terms of their parts by nearness. */
function nearOf(context: CompletionContext, index: PoolIndex) {
  const words = new Map<number, number>();
  const parts = new Map<number, number>();
  for (const [word, weight] of surroundingsOf(context).near) {
    const id = index.vocabulary.find(word);
    if (id === undefined) continue;
    words.set(id, weight * index.wordRarity(id));
    for (let place = firstPart(id, index); ; place++) {
      const part = index.vocabulary.termAt(id, place);
      if (part < 0) break;
      parts.set(part, Math.max(parts.get(part) ?? 0, weight));
    }
  }
  return { words, parts };
}

/** What does not depend on where a word was found. No views are made here: of a thousand words they take milliseconds. */
function complete(
  word: number,
  features: Float64Array,
  start: number,
  nearParts: ReadonlyMap<number, number>,
  index: PoolIndex,
): void {
  const rarity = index.wordRarity(word) / 8;
  features[start + AT.bias] = 1;
  features[start + AT.rarity] = rarity;
  features[start + AT['rarity²']] = rarity * rarity;
  features[start + AT.lines] = Math.log1p(features[start + AT.lines]!);
  features[start + AT.files] = Math.log1p(features[start + AT.files]!);
  features[start + AT.length] = Math.log(index.vocabulary.text(word).length) / 3;
  let shared = 0;
  let parts = 0;
  for (let place = firstPart(word, index); ; place++) {
    const part = index.vocabulary.termAt(word, place);
    if (part < 0) break;
    shared += nearParts.get(part) ?? 0;
    parts++;
  }
  features[start + AT.parts] = parts === 0 ? 0 : shared / parts;
}

/** Where the terms of a word's parts begin: the first is the whole word, which is its only part where it has but one. */
function firstPart(word: number, { vocabulary }: PoolIndex): number {
  return vocabulary.termAt(word, 1) < 0 ? 0 : 1;
}

/** What each line, and the lines around it, share with the cursor's surroundings, as shares of the greatest. */
function likeness(pool: readonly PoolLine[], weights: ReadonlyMap<number, number>) {
  const line = pool.map(({ words }) => words.reduce((sum, word) => sum + (weights.get(word) ?? 0), 0));
  const stretch = line.map((own, i) => {
    let sum = own;
    const { path, number } = pool[i]!;
    for (const [distance, weight] of AROUND) {
      const other = pool[i + distance];
      if (other?.path === path && other.number === number + distance) sum += weight * line[i + distance]!;
    }
    return sum;
  });
  return { line: shares(line), stretch: shares(stretch) };
}

function shares(values: readonly number[]): readonly number[] {
  const greatest = values.reduce((most, value) => Math.max(most, value), Number.MIN_VALUE);
  return values.map(value => value / greatest);
}

/**
 * Words above the cursor, by their ids: those of the file as it was indexed last, and those of the lines near the cursor
 * as they are. A byte for each word of the vocabulary takes less than a set of a long file's words.
 */
function wordsAbove(context: CompletionContext, index: PoolIndex): Uint8Array {
  const above = new Uint8Array(index.vocabulary.size);
  for (const word of surroundingsOf(context).above) {
    const id = index.vocabulary.find(word);
    if (id !== undefined) above[id] = 1;
  }
  const { document, position } = context;
  const { family } = languageOf(document.languageId);
  const lines = fileLines(document.path, family, index);
  if (!lines) return above;
  const end = lines.startOf(position.line + 1);
  const { tokens } = lines;
  for (let place = index.tokenRange(document.path)!.start; place < end; place++)
    above[idOf(tokens[place]!)] = 1;
  return above;
}
