// Parses C until V8 has taken much memory to compile, or enough is parsed; says how many megabytes V8 took at most.
import { getHeapStatistics } from 'node:v8';
import { Grammars } from '../../../src/syntax/grammars.ts';
import { leavesHugeLexers } from '../../../src/syntax/hugeLexers.ts';
import { readGrammar } from '../../support/grammars.ts';

const MUCH_MB = 60;
const ENOUGH_CHARS = 8_000_000;
const isFrugal = process.argv[2] === 'frugal';
const grammars = new Grammars(readGrammar, undefined, isFrugal ? leavesHugeLexers(readGrammar) : undefined);
await grammars.prepare('c');
const text = Array.from(
  { length: 2_000 },
  (_, i) =>
    `static int f${i}(const char *s, size_t n) {\n  return s[n] == '\\n' ? 0x${i} : "a"[0] >> 2;\n}\n`,
).join('');
const took = () => getHeapStatistics().peak_malloced_memory / 1e6;
for (let chars = 0; chars < ENOUGH_CHARS && took() < MUCH_MB; chars += text.length) {
  const tree = grammars.parser('c')!.parse(text);
  if (tree?.rootNode.hasError !== false) throw new Error('This is C.');
  tree.delete();
  // Others compile meanwhile.
  await new Promise(resolve => setTimeout(resolve, 10));
}
process.stdout.write(`${Math.round(took())}`);
