/**
 * What the guardrails take while somebody types, and whether their memory stays flat:
 *   node --expose-gc test/bench/guardrailsTime.ts [--edits 1000] [--checks 20000] [--several]
 * Files of 500, 5,000 and 20,000 lines are made of the sources of this repository and typed into at random places, clean
 * and with a broken line above the cursor; with `--several` three lines are suggested at a time. Run it on a machine that does nothing else; on a busy one only the mean of
 * the thread's own time is of use.
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { applyGuards, type Judged } from '../../src/guardrails/guard.ts';
import { guardsFor } from '../../src/guardrails/guards.ts';
import { RecentPast } from '../../src/guardrails/recentPast.ts';
import { Trees } from '../../src/syntax/trees.ts';
import { grammarsFor } from '../support/grammars.ts';
import { randomFrom } from '../support/random.ts';

const { values } = parseArgs({
  options: {
    edits: { type: 'string', default: '1000' },
    checks: { type: 'string', default: '20000' },
    several: { type: 'boolean', default: false },
  },
});
const elapsed = () => performance.now();
const random = randomFrom(1);
const grammars = await grammarsFor('typescript');
const trees = new Trees(grammars, elapsed);
const past = new RecentPast(() => 0);
const guards = Object.values(guardsFor({ trees, elapsed, past })).flat();

const sources = globSync('src/**/*.ts', { cwd: join(import.meta.dirname, '../..') })
  .sort()
  .map(path => readFileSync(join(import.meta.dirname, '../..', path), 'utf8'));

function textOf(lines: number): string {
  let text = '';
  for (let i = 0; text.split('\n').length < lines; i++) text += `${sources[i % sources.length]}\n`;
  return text.split('\n').slice(0, lines).join('\n');
}

interface Edit {
  readonly judged: Judged;
}

/** A line with a letter in it is taken away from some place on, and its rest suggested: in turn as it is and damaged. */
function editIn(uri: string, text: string, broken: boolean, number: number): Edit {
  const lines = text.split('\n');
  let row = 0;
  while (!/\w{3}.*\w/.test(lines[row]!)) row = Math.floor(random() * lines.length);
  const line = lines[row]!;
  const column = Math.floor(random() * line.length);
  const above = lines.slice(0, row);
  if (broken && row > 2) above.splice(row - 2, 0, '  const broken = (a[ {');
  const prefix = [...above, line.slice(0, column)].join('\n');
  const last = values.several ? row + 2 : row;
  const suffix = `\n${lines.slice(last + 1).join('\n')}`;
  const rest = [line.slice(column), ...lines.slice(row + 1, last + 1)].join('\n');
  const suggestion = number % 2 === 0 ? rest : `${rest.replace(/[)\]}'"]/, '')} )`;
  const position = { line: above.length, character: column };
  const document = { uri, path: 'a.ts', languageId: 'typescript', version: number, text: prefix + suffix };
  const context = { requestId: 'r', document, position, prefix, suffix, trigger: 'automatic' as const };
  return {
    judged: {
      context,
      text: suggestion,
      range: { start: position, end: position },
      multiLine: values.several,
    },
  };
}

const rows: Record<string, object> = {};
for (const lines of [500, 5_000, 20_000]) {
  const text = textOf(lines);
  for (const broken of [false, true]) {
    const uri = `file:///${lines}${broken}.ts`;
    await trees.warm(uri, 'typescript', text, () => new Promise(resolve => setImmediate(resolve)));
    const times: number[] = [];
    let cpu = 0;
    const counts: Record<string, number> = {};
    for (let i = -100; i < Number(values.edits); i++) {
      const { judged } = editIn(uri, text, broken, i);
      const busy = process.threadCpuUsage();
      const start = elapsed();
      const { verdict } = applyGuards(guards, judged, () => {});
      if (i < 0) continue;
      times.push(elapsed() - start);
      const { user, system } = process.threadCpuUsage(busy);
      cpu += (user + system) / 1_000;
      counts[verdict] = (counts[verdict] ?? 0) + 1;
    }
    times.sort((a, b) => a - b);
    const at = (share: number) =>
      Number(times[Math.min(times.length - 1, Math.floor(times.length * share))]!.toFixed(2));
    const name = `${lines} lines, ${broken ? 'broken' : 'clean'}`;
    const mean = Number((cpu / times.length).toFixed(2));
    rows[name] = {
      'mean CPU ms': mean,
      'p50 ms': at(0.5),
      'p95 ms': at(0.95),
      'p99 ms': at(0.99),
      'max ms': at(1),
      ...counts,
    };
  }
}
console.table(rows);

const text = textOf(500);
const megabytes = () => {
  globalThis.gc?.();
  const { rss, heapUsed, external, arrayBuffers } = process.memoryUsage();
  return [rss, heapUsed, external, arrayBuffers].map(bytes => (bytes / 2 ** 20).toFixed(1));
};
const checks = Number(values.checks);
console.log('checks  rss heap external buffers, in MB');
for (let i = 0; i <= checks; i++) {
  if (i % (checks / 10) === 0) console.log(String(i).padStart(6), ...megabytes());
  const { judged } = editIn(`file:///soak${i % 50}.ts`, text, i % 3 === 0, i);
  applyGuards(guards, judged, () => {});
}
