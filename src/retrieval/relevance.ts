import { languageOf } from '../domain/languages.ts';
import type { CompletionContext } from '../domain/request.ts';
import { idOf } from '../indexing/lexer.ts';
import { fileLines } from './fileLines.ts';
import { FUSION } from './fusionWeights.ts';
import type { Pool, PoolIndex } from './pool.ts';
import { surroundingsOf } from './surroundings.ts';

/** Sources whose scores are features. */
export const SOURCES = ['lexical', 'members', 'continuation', 'session', 'embedding'] as const;
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
/** Features of which the greatest of all lines with the word counts: those of the sources, which come first, and these. */
const GREATEST = [...SOURCES, 'line', 'stretch', 'rank'].map(name => AT[name as (typeof FEATURES)[number]]);
/** How much the lines around a line count for it, by distance; what stands above tells more than what stands below. */
const AROUND: readonly { readonly distance: number; readonly weight: number }[] = [
  { distance: -4, weight: 0.2 },
  { distance: -3, weight: 0.3 },
  { distance: -2, weight: 0.4 },
  { distance: -1, weight: 0.6 },
  { distance: 1, weight: 0.4 },
  { distance: 2, weight: 0.2 },
];
/** Where a rank counts half. */
const HALF_RANK = 3;

/** The words of a pool that do not stand above the cursor, with the features of the first, the second and so on. */
export interface PoolWords {
  /** Places in the pool's `ids`. */
  readonly words: readonly number[];
  readonly features: Float64Array;
}

/**
 * For each word of the pool, by its place, how likely it is to be written next; 0 for what stands above the cursor. A
 * logistic regression whose weights were learned by replaying commits (`fusionWeights.ts`).
 */
export function relevanceOf(pool: Pool, context: CompletionContext, index: PoolIndex): Float64Array {
  const { words, features } = featuresOf(pool, context, index);
  const relevance = new Float64Array(pool.ids.length);
  for (let i = 0; i < words.length; i++) relevance[words[i]!] = probability(features, i);
  return relevance;
}

/** Of the word at a place. */
export function probability(
  features: ArrayLike<number>,
  place: number,
  weights: ArrayLike<number> = FUSION.weights,
): number {
  let sum = 0;
  for (let i = 0; i < WIDTH; i++) sum += features[place * WIDTH + i]! * weights[i]!;
  return 1 / (1 + Math.exp(-sum));
}

export function featuresOf(pool: Pool, context: CompletionContext, index: PoolIndex): PoolWords {
  const above = wordsAbove(pool, context, index);
  const words: number[] = [];
  /** By place in the pool: the place in `words`. */
  const places = new Int32Array(pool.ids.length);
  for (let place = 0; place < pool.ids.length; place++)
    if (above[place] === 0) places[place] = words.push(place) - 1;
  const features = new Float64Array(words.length * WIDTH);
  const near = nearOf(pool, context, index);
  gather(pool, features, { above, places, ...likeness(pool, near.words) });
  for (let i = 0; i < words.length; i++)
    complete(pool.ids[words[i]!]!, features, i * WIDTH, near.parts, index);
  return { words, features };
}

interface Gathered {
  readonly above: Uint8Array;
  readonly places: Int32Array;
  /** What each line, and what stands around it, shares with the cursor's surroundings. */
  readonly shared: Float64Array;
  readonly stretch: Float64Array;
}

/** What depends on the lines in which a word stands. */
function gather(pool: Pool, features: Float64Array, { above, places, shared, stretch }: Gathered): void {
  const { size, sources, scores, ranks, starts, words, files } = pool;
  const width = sources.length;
  const columns = sources.map(name => SOURCES.indexOf(name as (typeof SOURCES)[number]));
  const lexical = sources.indexOf('lexical');
  const values = new Float64Array(WIDTH);
  const lastFile = new Int32Array(features.length / WIDTH).fill(-1);
  for (let line = 0; line < size; line++) {
    for (let source = 0; source < width; source++) values[columns[source]!] = scores[line * width + source]!;
    values[AT.line] = shared[line]!;
    values[AT.stretch] = stretch[line]!;
    const rank = lexical < 0 ? -1 : ranks[line * width + lexical]!;
    values[AT.rank] = rank < 0 ? 0 : HALF_RANK / (HALF_RANK + rank);
    for (let i = starts[line]!; i < starts[line + 1]!; i++) {
      const word = words[i]!;
      if (above[word] === 1) continue;
      const start = places[word]! * WIDTH;
      for (let g = 0; g < GREATEST.length; g++) {
        const at = GREATEST[g]!;
        if (values[at]! > features[start + at]!) features[start + at] = values[at]!;
      }
      features[start + AT.lines]!++;
      if (lastFile[places[word]!] !== files[line]!) {
        lastFile[places[word]!] = files[line]!;
        features[start + AT.files]!++;
      }
    }
  }
}

/** The words around the cursor by nearness and rarity, by place in the pool, and the terms of their parts by nearness. */
function nearOf(pool: Pool, context: CompletionContext, index: PoolIndex) {
  const words = new Float64Array(pool.ids.length);
  const parts = new Map<number, number>();
  for (const [word, weight] of surroundingsOf(context).near) {
    const id = index.vocabulary.find(word);
    if (id === undefined) continue;
    const place = pool.placeOf[id]! - 1;
    if (place >= 0) words[place] = weight * index.wordRarity(id);
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
function likeness({ size, files, numbers, starts, words }: Pool, weights: Float64Array) {
  const shared = new Float64Array(size);
  for (let line = 0; line < size; line++)
    for (let i = starts[line]!; i < starts[line + 1]!; i++) shared[line]! += weights[words[i]!]!;
  const stretch = new Float64Array(size);
  for (let line = 0; line < size; line++) {
    let sum = shared[line]!;
    for (let i = 0; i < AROUND.length; i++) {
      const { distance, weight } = AROUND[i]!;
      const other = line + distance;
      if (files[other] === files[line] && numbers[other] === numbers[line]! + distance)
        sum += weight * shared[other]!;
    }
    stretch[line] = sum;
  }
  return { shared: shares(shared), stretch: shares(stretch) };
}

function shares(values: Float64Array): Float64Array {
  let greatest = Number.MIN_VALUE;
  for (const value of values) greatest = Math.max(greatest, value);
  return values.map(value => value / greatest);
}

/**
 * Which words of a pool stand above the cursor, by their places: in the file as it was indexed last, and in the lines
 * near the cursor as they are.
 */
function wordsAbove({ ids, placeOf }: Pool, context: CompletionContext, index: PoolIndex): Uint8Array {
  const above = new Uint8Array(ids.length);
  const mark = (id: number) => {
    const place = placeOf[id]!;
    if (place > 0) above[place - 1] = 1;
  };
  for (const word of surroundingsOf(context).above) {
    const id = index.vocabulary.find(word);
    if (id !== undefined) mark(id);
  }
  const { document, position } = context;
  const lines = fileLines(document.path, languageOf(document.languageId).family, index);
  if (!lines) return above;
  const end = lines.startOf(position.line + 1);
  for (let at = index.tokenRange(document.path)!.start; at < end; at++) mark(idOf(lines.tokens[at]!));
  return above;
}
