/**
 * How surprising each letter is behind another in the words of code, for `src/base/letterPairs.ts`:
 *   node test/train/letterPairs.ts DIR... > /tmp/letterPairs.txt
 * Words are cut at capitals, as names are; those that stand in three different longer words or more count, so that data
 * in the files (hashes, base64) teaches nothing.
 */
import { globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { languageOfPath } from '../../src/domain/languages.ts';

const EDGE = '{';
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz{';
const LEAST_WORDS = 3;

const words = new Set<string>();
for (const directory of process.argv.slice(2)) {
  const exclude = (name: unknown) => /node_modules|\.git$/.test(String(name));
  for (const path of globSync('**/*', { cwd: directory, exclude })) {
    if (!languageOfPath(path) || path.includes('lock')) continue;
    if (!statSync(join(directory, path)).isFile()) continue;
    const text = readFileSync(join(directory, path), 'utf8');
    if (text.length < 300_000) for (const [word] of text.matchAll(/[A-Za-z][\w./-]{2,60}/g)) words.add(word);
  }
}

const uses = new Map<string, number>();
for (const word of words) {
  for (const [part] of word.matchAll(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g)) {
    uses.set(part.toLowerCase(), (uses.get(part.toLowerCase()) ?? 0) + 1);
  }
}

const pairs = new Map<string, number>();
const firsts = new Map<string, number>();
for (const [part, count] of uses) {
  if (count < LEAST_WORDS) continue;
  const weight = Math.log2(1 + count);
  const letters = EDGE + part + EDGE;
  for (let i = 1; i < letters.length; i++) {
    const first = letters[i - 1]!;
    pairs.set(first + letters[i]!, (pairs.get(first + letters[i]!) ?? 0) + weight);
    firsts.set(first, (firsts.get(first) ?? 0) + weight);
  }
}

for (const first of ALPHABET) {
  let row = '';
  for (const second of ALPHABET) {
    // Half a word is added to each pair, so that none is impossible.
    const likely =
      ((pairs.get(first + second) ?? 0) + 0.5) / ((firsts.get(first) ?? 0) + 0.5 * ALPHABET.length);
    row += String.fromCharCode(48 + Math.min(30, Math.round(-2 * Math.log2(likely))));
  }
  process.stdout.write(`'${row.replaceAll('\\', '\\\\')}' +\n`);
}
console.error(`${words.size} words, ${uses.size} parts`);
