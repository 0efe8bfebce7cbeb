import { surpriseOf } from './letterPairs.ts';

/** No words of code are so surprising; of 300 random values of 14 letters and digits one is less so. */
const SURPRISING = 5.5;
/** For few letters, and for names of several parts: abbreviations surprise too. */
const VERY_SURPRISING = 6.4;
const FEW_LETTERS = 12;
const LEAST_LETTERS = 8;

/**
 * Whether a value looks drawn at random. Either its letters make no words, or it changes between letters and digits as
 * no word does: words and names, however many are strung together, seldom change between small letters, capitals, digits
 * and signs; a random string does so at every second character.
 */
export function isRandom(value: string): boolean {
  if (entropyOf(value) < 3) return false;
  return (/\d/.test(value) && changesOften(value)) || isWordless(value);
}

function isWordless(value: string): boolean {
  const { bits, letters } = surpriseOf(value);
  const isName = /^[A-Za-z]+(?:[_-][A-Za-z]+)+$/.test(value);
  const enough = letters < FEW_LETTERS || isName ? VERY_SURPRISING : SURPRISING;
  return letters >= LEAST_LETTERS && bits >= enough;
}

function changesOften(value: string): boolean {
  const solid = value.replace(/[-_.]/g, '');
  let changes = 0;
  for (let i = 1; i < solid.length; i++) {
    const before = classOf(solid[i - 1]!);
    const here = classOf(solid[i]!);
    // A capital and its small letters are one word.
    if (before !== here && !(before === 'A' && here === 'a')) changes++;
  }
  return changes >= 0.27 * (solid.length - 1);
}

/** Whether a value has small letters, capitals, digits and signs: what the rules for passwords ask for. */
export function hasAllClasses(value: string): boolean {
  return /[a-z]/.test(value) && /[A-Z]/.test(value) && /\d/.test(value) && /[!@#%^&*?+=~|]/.test(value);
}

/** Shannon entropy of the characters, in bits a character. */
export function entropyOf(value: string): number {
  const counts = new Map<string, number>();
  for (const char of value) counts.set(char, (counts.get(char) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / value.length) * Math.log2(count / value.length);
  return bits;
}

function classOf(char: string): string {
  if (char >= 'a' && char <= 'z') return 'a';
  if (char >= 'A' && char <= 'Z') return 'A';
  if (char >= '0' && char <= '9') return '0';
  return '-';
}
