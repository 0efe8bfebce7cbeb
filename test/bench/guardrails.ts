/**
 * How often the guardrails refuse or alter what is right, and what of what is wrong they let through:
 *   node test/bench/guardrails.ts DIR... [--lines 500] [--damaged 1000] [--seed 1] [--budget 5] [--show] [--only KIND]
 * Each folder is a git repository. True texts are lines and blocks that its commits added, each in the document as it was
 * then, and some lines of its data files. Damaged ones are made of those that bring no syntax error. `--show` prints what
 * was refused or altered although it was right, and what was shown although it brings a syntax error.
 */
import { parseArgs } from 'node:util';
import type { CheckReport } from '../../src/domain/check.ts';
import { languageOf } from '../../src/domain/languages.ts';
import { seeded } from '../../src/evals/random.ts';
import { Checker } from '../../src/guardrails/checker.ts';
import { guardsFor } from '../../src/guardrails/guards.ts';
import { RecentPast } from '../../src/guardrails/recentPast.ts';
import { faultsIn } from '../../src/syntax/faults.ts';
import { Trees } from '../../src/syntax/trees.ts';
import { grammarsFor } from '../support/grammars.ts';
import { DAMAGES, type Damage } from './guardrails/damage.ts';
import { type TrueText, trueTexts } from './guardrails/trueTexts.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    lines: { type: 'string', default: '500' },
    damaged: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    budget: { type: 'string', default: '5' },
    show: { type: 'boolean', default: false },
    only: { type: 'string' },
  },
});

const elapsed = () => performance.now();
const grammars = await grammarsFor();
const trees = new Trees(grammars, elapsed);
const past = new RecentPast(() => 0);
const guards = Object.values(guardsFor({ trees, elapsed, budgetMs: Number(values.budget), past })).flat();
const checker = new Checker({ guards, grammars, trees, elapsed });

type Counts = Record<string, number>;
const rejections: Record<string, Counts> = {};
const escapes: Record<string, Counts> = {};
const byGuard: Counts = {};
const undecided: Counts = {};
const times: number[] = [];
/** What may become of a damaged text. */
const FATES = ['refused', 'repaired well', 'harmless', 'no worse', 'undecided', 'left open', 'escaped'];

for (const directory of positionals) {
  const seed = Number(values.seed);
  const texts = await trueTexts(directory, { lines: Number(values.lines), seed });
  if (!values.only) for (const text of texts) await judgeTrue(text);
  await judgeDamaged(texts, Number(values.damaged));
  console.log(`\n${directory.split('/').at(-1)}, and what came before it`);
  report();
}

function report(): void {
  if (!values.only) {
    console.log('True texts: refused and altered');
    console.table(sharesOf(rejections, ['refused', 'repaired', 'of these open', 'undecided']));
    console.log('by guard', byGuard);
  }
  console.log('Damaged texts: what became of them. escaped: shown with a new syntax error');
  console.table(sharesOf(escapes, FATES));
  console.log('undecided', undecided);
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(times.length * share)]?.toFixed(2);
  console.log(`guards: n ${times.length}, p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, max ${at(0.9999)} ms`);
}

async function judgeTrue(text: TrueText): Promise<void> {
  const report = await check(text, text.target);
  const kind = text.block ? 'block' : 'line';
  const rows = ['all', `all · ${kind}`, `${text.language} · ${kind}`, `${text.repository} · ${kind}`];
  for (const row of rows) count(rejections, row, report.verdict);
  if (report.verdict === 'undecided') undecided[report.reason!] = (undecided[report.reason!] ?? 0) + 1;
  if (report.verdict === 'kept' || report.verdict === 'undecided') return;
  // History cuts blocks where a commit's lines end: some leave open what they opened, and are no worse for being closed.
  const isOpen = faults(text, text.target)! > faultsBefore(text);
  if (isOpen) for (const row of rows) count(rejections, row, 'of these open', 0);
  const key = `${report.verdict} ${report.guard}`;
  byGuard[key] = (byGuard[key] ?? 0) + 1;
  if (values.show) show(`true · ${key} · ${report.reason}`, text, text.target, report);
}

async function judgeDamaged(texts: readonly TrueText[], wanted: number): Promise<void> {
  const random = seeded(Number(values.seed));
  const isSound = memo((text: TrueText) => faults(text, text.target) === 0);
  const damages = DAMAGES.filter(({ kind }) => !values.only || kind.includes(values.only));
  const most = Math.ceil(wanted / damages.length);
  for (const damage of damages) {
    for (let made = 0, tries = 0; made < most && tries < most * 30; tries++) {
      const text = texts[random.below(texts.length)]!;
      if (!isSound(text)) continue;
      const damaged = damage.apply(text, random, texts);
      if (damaged === undefined || damaged === text.target || damaged.trim() === '') continue;
      // A bracket more or less in a comment or a string is no error.
      if (damage.ofSyntax && faults(text, damaged) === 0 && damage.kind !== 'foreign language') continue;
      made++;
      await judgeOne(text, damage, damaged);
    }
  }
}

async function judgeOne(text: TrueText, damage: Damage, damaged: string): Promise<void> {
  const report = await check(text, damaged);
  const became = await fateOf(text, report);
  for (const row of ['all', damage.kind, `language ${text.language}`]) count(escapes, row, became);
  if (became === 'undecided') undecided[report.reason!] = (undecided[report.reason!] ?? 0) + 1;
  if (values.show && (became === 'escaped' || became === 'left open')) {
    show(`${damage.kind} · ${became}`, text, damaged, report);
  }
}

/** Told by the whole document's tree, however long that takes: the true text brings no fault at all. */
async function fateOf(text: TrueText, report: CheckReport): Promise<string> {
  if (report.verdict === 'refused') return 'refused';
  const shown = faults(text, report.text);
  if (shown === undefined) return 'undecided';
  if (shown === 0) return report.verdict === 'repaired' ? 'repaired well' : 'harmless';
  if (report.verdict === 'undecided') return 'undecided';
  if (shown <= faultsBefore(text)) return 'no worse';
  const { parses } = await checker.check({ ...placeOf(text), text: report.text, parses: true });
  if (parses && !report.text.includes('\n')) return 'left open';
  // The head of a block may take several lines.
  return faults(text, `${report.text} {}`)! <= faultsBefore(text) ? 'left open' : 'escaped';
}

async function check(text: TrueText, suggestion: string): Promise<CheckReport> {
  const report = await checker.check({ ...placeOf(text), text: suggestion });
  times.push(report.ms);
  return report;
}

function placeOf({ path, language, prefix, suffix }: TrueText) {
  return { path, languageId: language, prefix, suffix };
}

/** Faults of the document with nothing at the cursor, or without its line, whichever is better. */
function faultsBefore(text: TrueText): number {
  const { prefix, suffix } = text;
  const lineStart = prefix.lastIndexOf('\n') + 1;
  const lineEnd = suffix.indexOf('\n') < 0 ? suffix.length : suffix.indexOf('\n');
  const without = { ...text, prefix: prefix.slice(0, lineStart), suffix: suffix.slice(lineEnd) };
  return Math.min(faults(text, '')!, faults(without, '')!);
}

/** Faults of the whole document with the suggestion in it; undefined without a grammar. */
function faults({ language, prefix, suffix }: TrueText, suggestion: string): number | undefined {
  const { grammar } = languageOf(language);
  if (!grammar) return undefined;
  const whole = prefix + suggestion + suffix;
  return trees.read(grammar, whole, Number.POSITIVE_INFINITY, root => faultsIn(root).length);
}

function memo<K, V>(of: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return key => {
    if (!known.has(key)) known.set(key, of(key));
    return known.get(key)!;
  };
}

function count(table: Record<string, Counts>, row: string, what: string, more = 1): void {
  table[row] ??= { n: 0 };
  const counts = table[row];
  counts.n! += more;
  counts[what] = (counts[what] ?? 0) + 1;
}

function sharesOf(
  table: Record<string, Counts>,
  columns: readonly string[],
): Record<string, Counts | object> {
  return Object.fromEntries(
    Object.entries(table)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([row, counts]) => [
        row,
        {
          n: counts.n,
          ...Object.fromEntries(
            columns.map(column => [
              column,
              `${((100 * (counts[column] ?? 0)) / counts.n!).toFixed(2)} % (${counts[column] ?? 0})`,
            ]),
          ),
        },
      ]),
  );
}

function show(title: string, text: TrueText, suggestion: string, report: CheckReport): void {
  console.log(`${title} · ${text.language} · ${text.repository} · ${text.id}`);
  const line = text.prefix.slice(text.prefix.lastIndexOf('\n') + 1);
  const rest = text.suffix.split('\n', 3).join('⏎');
  console.log(`    ${line}█${suggestion.replaceAll('\n', '\n    ')}   ░${rest.slice(0, 80)}`);
  if (report.verdict === 'repaired') console.log(`    → ${report.text.replaceAll('\n', '\n    ')}`);
}
