/**
 * How often the guardrails refuse what is right, and how often they catch what is not, on real files:
 *   node test/bench/guardrails.ts DIR... [--places 2000] [--seed 1] [--budget 5] [--show]
 * At random places the rest of a line is taken out and judged as if a model had written it. `--show` prints what was
 * refused although it was right.
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { languageOfPath } from '../../src/domain/languages.ts';
import { applyGuards, type Judged, type Ruling } from '../../src/guardrails/guard.ts';
import { afterCache, beforeCache } from '../../src/guardrails/guards.ts';
import { faultsIn } from '../../src/syntax/faults.ts';
import { Trees } from '../../src/syntax/trees.ts';
import { grammarsFor } from '../support/grammars.ts';
import { randomFrom } from '../support/random.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    places: { type: 'string', default: '2000' },
    seed: { type: 'string', default: '1' },
    budget: { type: 'string', default: '5' },
    show: { type: 'boolean', default: false },
  },
});
const random = randomFrom(Number(values.seed));
const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!;

interface Place {
  readonly path: string;
  readonly languageId: string;
  readonly grammar: string;
  readonly original: string;
  readonly prefix: string;
  readonly target: string;
  readonly suffix: string;
}

/** The processor's time, not the wall's, so that a busy machine changes little. */
const elapsed = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};
/** Of the guards alone, without opening the document. */
let judgeMs = 0;
const files = positionals.flatMap(directory =>
  globSync('**/*', { cwd: directory, exclude: name => /node_modules|\.git$|vendor|dist/.test(String(name)) })
    .filter(path => languageOfPath(path)?.grammar !== undefined && !/\.(json|html|css)$/.test(path))
    .map(path => join(directory, path)),
);
const byGrammar = new Map<string, string[]>();
for (const path of files) {
  const grammar = languageOfPath(path)!.grammar!;
  byGrammar.set(grammar, [...(byGrammar.get(grammar) ?? []), path]);
}
const grammars = await grammarsFor(...byGrammar.keys());
const trees = new Trees(grammars, elapsed);
const after = afterCache({ trees, elapsed, budgetMs: Number(values.budget) });

const rows: Record<string, Record<string, string | number>> = {};
for (const [grammar, paths] of byGrammar) {
  if (paths.length < 20) continue;
  const places: Place[] = [];
  while (places.length < Number(values.places)) {
    const place = randomPlace(pick(paths));
    if (place) places.push(place);
  }
  for (const lines of [500, 5_000]) {
    measure(grammar, `file of ${lines} lines`, placesInLongFiles(paths, lines), place => place);
  }
  measure(grammar, 'whole rest of line', places, place => place);
  measure(grammar, 'part of the rest', places, cutShort);
  measure(grammar, 'block not written', places, withoutBlock);
  measure(
    grammar,
    'DAMAGE bracket lost',
    places,
    damage(/[()[\]{}]/g, () => ''),
  );
  measure(
    grammar,
    'DAMAGE bracket doubled',
    places,
    damage(/[)\]}]/g, bracket => bracket + bracket),
  );
  measure(
    grammar,
    'DAMAGE quote lost',
    places,
    damage(/["'`]/g, () => ''),
  );
}
console.table(rows);

/** Places in files that are as long as this because several real ones stand in each. */
function placesInLongFiles(paths: readonly string[], lines: number): Place[] {
  const places: Place[] = [];
  for (let file = 0; file < 3; file++) {
    let text = '';
    for (let tries = 0; tries < 2_000 && text.split('\n').length < lines; tries++) {
      const more = readFileSync(pick(paths), 'utf8');
      if (!more.includes('\r') && more.length < 40_000) text += `${more}\n`;
    }
    for (let i = 0; i < 100; i++) {
      const place = placeIn(`${pick(paths)}-${lines}-${file}`, text, pick(paths));
      if (place) places.push(place);
    }
  }
  return places;
}

/** A place at the indentation or between two words of a line that is not blank. */
function randomPlace(path: string): Place | undefined {
  const original = readFileSync(path, 'utf8');
  return original.length > 200_000 || original.includes('\r') ? undefined : placeIn(path, original, path);
}

function placeIn(name: string, original: string, path: string): Place | undefined {
  const lines = original.split('\n');
  const row = Math.floor(random() * lines.length);
  const line = lines[row]!;
  const stops = [...line.matchAll(/(?<=^\s*)\S|(?<=\W)\w|(?<=\w)\W/g)].map(match => match.index);
  if (line.trim() === '' || stops.length === 0) return undefined;
  const column = random() < 0.4 ? stops[0]! : pick(stops);
  const target = line.slice(column);
  // Nobody offers a lone closing bracket.
  if (!/[\p{L}\p{N}]/u.test(target)) return undefined;
  const { id, grammar } = languageOfPath(path)!;
  const at = lines.slice(0, row).join('\n').length + (row > 0 ? 1 : 0) + column;
  return {
    path: `${name}:${row + 1}:${column + 1}`,
    languageId: id,
    grammar: grammar!,
    original,
    prefix: original.slice(0, at),
    target,
    suffix: original.slice(at + target.length),
  };
}

/** The same place, where only some words of the rest are offered. */
function cutShort(place: Place): Place | undefined {
  const stops = [...place.target.matchAll(/\w\b/g)].map(match => match.index + 1);
  return stops.length > 0 ? { ...place, target: place.target.slice(0, pick(stops)) } : undefined;
}

/** The same place, where the block that the line opens is not written yet. */
function withoutBlock(place: Place): Place | undefined {
  const indentOf = (line: string) => /^\s*/.exec(line)![0].length;
  const line = place.prefix.slice(place.prefix.lastIndexOf('\n') + 1) + place.target;
  const lines = place.suffix.split('\n');
  let end = 1;
  while (end < lines.length && (lines[end]!.trim() === '' || indentOf(lines[end]!) > indentOf(line))) end++;
  if (end === 1 || end === lines.length || !/[{([:>]$/.test(line)) return undefined;
  if (/^\s*[)\]}]/.test(lines[end]!)) {
    // `} else {` would open again.
    if (/[{([:]$/.test(lines[end]!)) return undefined;
    end++;
  }
  return { ...place, suffix: ['', ...lines.slice(end)].join('\n') };
}

/** The same place, where one character of the target is wrong, and makes the file wrong. */
function damage(pattern: RegExp, wrong: (found: string) => string): (place: Place) => Place | undefined {
  return place => {
    const found = [...place.target.matchAll(pattern)];
    if (found.length === 0) return undefined;
    const { 0: text, index } = pick(found);
    const target = place.target.slice(0, index) + wrong(text) + place.target.slice(index + text.length);
    const faults = (content: string) =>
      trees.read(place.grammar, content, Number.POSITIVE_INFINITY, root => faultsIn(root).length)!;
    // In a comment or a string a bracket more or less is no error.
    return faults(place.prefix + target + place.suffix) > faults(place.original)
      ? { ...place, target }
      : undefined;
  };
}

function measure(
  grammar: string,
  name: string,
  places: readonly Place[],
  change: (place: Place) => Place | undefined,
): void {
  const times: number[] = [];
  const counts: Record<string, number> = {};
  let judged = 0;
  for (const original of places) {
    const place = change(original);
    if (!place) continue;
    judged++;
    const ruling = judge(place);
    times.push(judgeMs);
    if (values.show && name.startsWith('DAMAGE') && ruling.verdict === 'kept') {
      console.log(`${name} · ${grammar} · escaped · ${place.path}`);
      console.log(`    ${place.prefix.slice(place.prefix.lastIndexOf('\n') + 1)}█${place.target}`);
    }
    if (ruling.verdict === 'kept') continue;
    const key = ruling.verdict === 'undecided' ? 'undecided' : `${ruling.verdict} ${ruling.guard}`;
    counts[key] = (counts[key] ?? 0) + 1;
    if (values.show && !name.startsWith('DAMAGE')) {
      console.log(`${name} · ${key} · ${ruling.reason} · ${place.path}`);
      console.log(`    ${place.prefix.slice(place.prefix.lastIndexOf('\n') + 1)}█${place.target}`);
      if (ruling.verdict === 'repaired') console.log(`    → ${ruling.text}`);
    }
  }
  times.sort((a, b) => a - b);
  const share = (wanted: string) => {
    const sum = Object.entries(counts).reduce(
      (n, [key, count]) => (key.startsWith(wanted) ? n + count : n),
      0,
    );
    return `${((100 * sum) / judged).toFixed(2)} %`;
  };
  rows[`${grammar} · ${name}`] = {
    judged,
    refused: share('refused'),
    repaired: share('repaired'),
    undecided: share('undecided'),
    'p50 ms': times[times.length >> 1]?.toFixed(2) ?? '',
    'p95 ms': times[Math.floor(times.length * 0.95)]?.toFixed(2) ?? '',
    by: Object.entries(counts)
      .map(([key, count]) => `${key} ${count}`)
      .join(', '),
  };
}

function judge({ path, languageId, grammar, original, prefix, target, suffix }: Place): Ruling {
  const row = prefix.split('\n').length - 1;
  const position = { line: row, character: prefix.length - prefix.lastIndexOf('\n') - 1 };
  const document = { uri: path, path, languageId, version: 1, text: prefix + suffix };
  const context = { requestId: path, document, position, prefix, suffix, trigger: 'automatic' as const };
  const judged: Judged = {
    context,
    text: target,
    range: { start: position, end: position },
    multiLine: false,
  };
  // The document was open before this line was begun.
  trees.tree(path, grammar, original, Number.POSITIVE_INFINITY);
  const start = elapsed();
  const first = applyGuards(beforeCache, judged, () => {});
  const ruling =
    first.verdict === 'refused' ? first : applyGuards(after, { ...judged, text: first.text }, () => {});
  judgeMs = elapsed() - start;
  return ruling;
}
