/**
 * What typing costs in a real VS Code with Wisp, on a real repository:
 *   node test/bench/vscode.ts DIR [--evaluating]
 * Prints how long Wisp held the extension host's thread at each event (a keystroke is an edit and a question) and how
 * long VS Code waited from question to answer. Answers that were taken back by the next key are left out. With
 * `--evaluating`, an evaluation of the repository runs beside the typing.
 */
import { resolve } from 'node:path';
import { runInHost } from '../vscode/hostSuite.ts';
import { packageVsix } from '../vscode/packageVsix.ts';
import type { TypingTimes } from './vscodeTyping.ts';

const [directory, option] = process.argv.slice(2);
const evaluating = option === '--evaluating';
if (!directory) {
  process.stderr.write('Usage: node test/bench/vscode.ts DIR [--evaluating]\n');
  process.exit(2);
}
const times = await runInHost<TypingTimes>({
  vsix: await packageVsix(),
  folder: resolve(directory),
  source: `import { typeLines } from '../../bench/vscodeTyping.ts';
export const activate = () => typeLines({ evaluating: ${evaluating} });`,
  mostMs: 600_000,
});
const row = ([p50, p95, p99]: readonly number[]) => ({ p50: round(p50), p95: round(p95), p99: round(p99) });
const round = (ms = 0) => Math.round(ms * 100) / 100;
console.log(
  `${times.characters} characters typed in ${times.files} files; indexed in ${times.indexSeconds.toFixed(1)} s`,
);
if (evaluating && !times.evaluating) console.log('The evaluation was over before the last key.');
console.table({
  'extension host, each event (ms)': row(times.onThread),
  'question to answer (ms)': row(times.answers),
});
console.log(`last decisions: ${JSON.stringify(times.outcomes)}`);
