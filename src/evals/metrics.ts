import { distance } from 'fastest-levenshtein';
import { commonPrefixLength } from '../base/text.ts';
import { codeTokens } from './codeTokens.ts';

/** How near an offered text comes to the true one. All but the characters lie between 0 and 1, 1 is the same text. */
export interface Scores {
  readonly exactMatch: boolean;
  readonly editSimilarity: number;
  /** Leading characters that agree, in UTF-16 units. */
  readonly prefixMatchChars: number;
  readonly bleu4: number;
  readonly rougeL: number;
  readonly chrF: number;
}

/** Every measure of one text against the true one. An offer of nothing is the empty text. */
export function score(text: string, target: string): Scores {
  return {
    exactMatch: exactMatch(text, target),
    editSimilarity: editSimilarity(text, target),
    prefixMatchChars: commonPrefixLength(text, target),
    bleu4: bleu4(codeTokens(text), codeTokens(target)),
    rougeL: rougeL(codeTokens(text), codeTokens(target)),
    chrF: chrF(text, target),
  };
}

/** The same text, trailing white space of each line and kinds of line ending aside. */
export function exactMatch(text: string, target: string): boolean {
  return withoutTrailingSpace(text) === withoutTrailingSpace(target);
}

/** 1 − Levenshtein distance / the longer length, trailing white space aside. */
export function editSimilarity(text: string, target: string): number {
  const a = withoutTrailingSpace(text);
  const b = withoutTrailingSpace(target);
  const longer = Math.max(a.length, b.length);
  return longer === 0 ? 1 : 1 - distance(a, b) / longer;
}

function withoutTrailingSpace(text: string): string {
  return text.replace(/[ \t\r]+(?=\n|$)/g, '').trimEnd();
}

/**
 * BLEU of one sentence with n-grams up to 4 and brevity penalty (Papineni et al., ACL 2002), smoothed by adding one to
 * both sides of every precision but that of single tokens (Lin and Och, COLING 2004, "ORANGE").
 */
export function bleu4(candidate: readonly string[], reference: readonly string[]): number {
  if (candidate.length === 0 || reference.length === 0) return candidate.length === reference.length ? 1 : 0;
  let logarithms = 0;
  for (let n = 1; n <= 4; n++) {
    const grams = countGrams(candidate, n);
    const added = n === 1 ? 0 : 1;
    const matches = overlap(grams, countGrams(reference, n)) + added;
    if (matches === 0) return 0;
    logarithms += Math.log(matches / (total(grams) + added)) / 4;
  }
  const brevity = Math.min(0, 1 - reference.length / candidate.length);
  return Math.exp(brevity + logarithms);
}

/** F1 of the longest common subsequence of tokens: ROUGE-L with β = 1 (Lin, "ROUGE", ACL workshop 2004). */
export function rougeL(candidate: readonly string[], reference: readonly string[]): number {
  if (candidate.length === 0 || reference.length === 0) return candidate.length === reference.length ? 1 : 0;
  return (2 * longestCommonSubsequence(candidate, reference)) / (candidate.length + reference.length);
}

function longestCommonSubsequence(a: readonly string[], b: readonly string[]): number {
  let above = new Uint32Array(b.length + 1);
  for (const token of a) {
    const row = new Uint32Array(b.length + 1);
    for (let j = 0; j < b.length; j++) {
      row[j + 1] = token === b[j] ? above[j]! + 1 : Math.max(above[j + 1]!, row[j]!);
    }
    above = row;
  }
  return above[b.length]!;
}

/**
 * chrF2: F-score with β = 2 of character n-grams up to 6, white space left out (Popović, WMT 2015 and 2016). Precision
 * and recall are averaged over the lengths that occur on both sides, as sacreBLEU does.
 */
export function chrF(candidate: string, reference: string): number {
  const a = [...candidate.replace(/\s/gu, '')];
  const b = [...reference.replace(/\s/gu, '')];
  if (a.length === 0 || b.length === 0) return a.length === b.length ? 1 : 0;
  const orders = Math.min(6, a.length, b.length);
  let precision = 0;
  let recall = 0;
  for (let n = 1; n <= orders; n++) {
    const ours = countGrams(a, n);
    const theirs = countGrams(b, n);
    const matches = overlap(ours, theirs);
    precision += matches / total(ours) / orders;
    recall += matches / total(theirs) / orders;
  }
  const squaredBeta = 4;
  const weighted = squaredBeta * precision + recall;
  return weighted === 0 ? 0 : ((1 + squaredBeta) * precision * recall) / weighted;
}

type Grams = ReadonlyMap<string, number>;

function countGrams(units: readonly string[], n: number): Grams {
  const counts = new Map<string, number>();
  for (let i = 0; i + n <= units.length; i++) {
    // No token holds a line end, so that two different n-grams never look the same.
    const gram = units.slice(i, i + n).join('\n');
    counts.set(gram, (counts.get(gram) ?? 0) + 1);
  }
  return counts;
}

/** How many n-grams of one side can each be paired with one of the other. */
function overlap(ours: Grams, theirs: Grams): number {
  let shared = 0;
  for (const [gram, count] of ours) shared += Math.min(count, theirs.get(gram) ?? 0);
  return shared;
}

function total(grams: Grams): number {
  let sum = 0;
  for (const count of grams.values()) sum += count;
  return sum;
}
