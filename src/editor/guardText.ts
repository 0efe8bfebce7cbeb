import { type GuardCount, type GuardCounts, JUDGEMENTS } from '../domain/guardCounts.ts';
import type { Note } from '../domain/trace.ts';

/** What a guard looks for, by its name; a guard that is not among them is told by its name alone. */
const LOOKS_FOR: Readonly<Record<string, string>> = {
  addsSyntaxError: 'code that does not parse any more',
  bringsBack: 'text that you have just deleted',
  containsSecret: 'passwords and keys',
  controlTokens: "a model's own control tokens and fences",
  echoesPrompt: 'pieces of what the model was told',
  endsWhereItShould: 'text beyond what was asked for',
  fitsIndentation: 'indentation that does not fit',
  missingImport: 'imports of files and packages that are not there',
  onlyComments: 'comments without code',
  overlapsRestOfLine: 'text that stands to the right already',
  repeatsAbove: 'text that stands above already',
  repeatsBelow: 'text that stands below already',
  repeatsItself: 'text that says the same again and again',
  tooLittle: 'too little to be worth a look',
  trailingSpace: 'white space at the end',
  turnedDown: 'text that you turned down a moment ago',
  unbalanced: 'brackets and quotes without their other half',
  unknownNames: 'names that stand nowhere in the workspace',
};

/** One note of a trace as an item of a list, in words. */
export function noteText({ where, what }: Note): string {
  const guard = /^guard:(.+)$/.exec(where)?.[1];
  const [, judgement, reason] = /^(refused|repaired|doubted|undecided): (.*)$/s.exec(what) ?? [];
  if (guard === undefined || judgement === undefined) return `- ${where}: ${what}`;
  const did = judgement === 'undecided' ? 'could not tell' : `${judgement} it`;
  return `- The guard '${guard}' ${did}: ${reason}.`;
}

/** What the guards did, busiest first, in Markdown; empty if they had nothing to say. */
export function guardsText(counts: GuardCounts): string {
  const rows = Object.entries(counts).toSorted(([, a], [, b]) => totalOf(b) - totalOf(a));
  if (rows.length === 0) return '';
  return [
    '## What the guards did since Wisp started',
    'Every suggestion passes all guards before you see it. This is how often each of them had something to say.',
    table([
      [
        'guard',
        'looks for',
        ...JUDGEMENTS.map(judgement => (judgement === 'undecided' ? 'could not tell' : judgement)),
      ],
      ...rows.map(([guard, count]) => [
        guard,
        LOOKS_FOR[guard] ?? '',
        ...JUDGEMENTS.map(judgement => String(count[judgement])),
      ]),
    ]),
    ...rows
      .filter(([, { examples }]) => examples.length > 0)
      .map(([guard, count]) => examplesText(guard, count)),
  ].join('\n\n');
}

function examplesText(guard: string, { examples }: GuardCount): string {
  const items = examples.map(
    ({ path, line, judgement, reason }) => `- ${path}, line ${line}: ${judgement}, ${reason}`,
  );
  return [`Of ${guard} lately:`, ...items].join('\n');
}

function totalOf(count: GuardCount): number {
  return JUDGEMENTS.reduce((sum, judgement) => sum + count[judgement], 0);
}

function table(rows: readonly (readonly string[])[]): string {
  const [head, ...body] = rows.map(row => `| ${row.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`);
  return [head, `|${' --- |'.repeat(rows[0]!.length)}`, ...body].join('\n');
}
