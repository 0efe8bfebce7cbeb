import { dirname, resolve } from 'node:path';
import { type GuardCounts, JUDGEMENTS } from '../domain/guardCounts.ts';
import { type ExportFormat, exportFeedback } from '../feedback/export.ts';
import { purge } from '../feedback/journal.ts';
import { type FeedbackCounts, type FeedbackStats, stats } from '../feedback/stats.ts';
import { type Command, type Input, textOption, UsageError } from './command.ts';
import { counted, milliseconds, percent, size, table } from './layout.ts';
import { folderAt } from './place.ts';

const WHERE =
  "STORE is the folder of the journal; in VS Code, 'Wisp: Open the Feedback Journal' shows where it is.";

const FORMATS: readonly string[] = ['fim', 'sft', 'dpo', 'kto'] satisfies readonly ExportFormat[];

export const exportCommand: Command = {
  name: 'export',
  operands: ['STORE'],
  summary: 'Write what you did with suggestions as examples for fine-tuning.',
  options: {
    format: { value: 'FORMAT', help: `One of ${FORMATS.join(', ')}.` },
    out: { value: 'FILE', help: 'The file to write, one JSON object a line.' },
  },
  notes: `fim: prefix, middle and suffix of what you accepted. sft: the same as prompt and completion. dpo: what you made of a
suggestion, chosen over it. kto: what you kept and what you dismissed, with a label.

${WHERE}`,
  async run(input) {
    const format = formatOf(input);
    const out = textOption(input, 'out');
    if (out === undefined) throw new UsageError("'wisp export' needs --out FILE.");
    const store = await folderAt(input.operands[0]!);
    await folderAt(dirname(out));
    const report = await exportFeedback(store, format, resolve(out));
    const { records, duplicates, secret, unreadable } = report;
    const text = [
      `${counted(records, 'example')} written to ${out}.`,
      ...(duplicates > 0 ? [`${counted(duplicates, 'example')} left out, the same as another.`] : []),
      ...(secret > 0 ? [`${counted(secret, 'example')} left out, for a password or a key stood in it.`] : []),
      ...unreadableLines(unreadable),
    ];
    return { json: report, text: text.join('\n') };
  },
};

export const statsCommand: Command = {
  name: 'stats',
  operands: ['STORE'],
  summary: 'Count what became of the suggestions that were shown.',
  options: {},
  notes: WHERE,
  async run({ operands }) {
    const report = await stats(await folderAt(operands[0]!));
    return { json: report, text: told(report) };
  },
};

export const purgeCommand: Command = {
  name: 'purge',
  operands: ['STORE'],
  summary: 'Delete the feedback journal, and nothing else in its folder.',
  options: {},
  notes: WHERE,
  async run({ operands }) {
    const report = await purge(await folderAt(operands[0]!));
    const { files, bytes } = report;
    const text = files === 0 ? 'There is no journal.' : `${counted(files, 'file')} deleted (${size(bytes)}).`;
    return { json: report, text };
  },
};

function formatOf(input: Input): ExportFormat {
  const format = textOption(input, 'format');
  if (format === undefined)
    throw new UsageError(`'wisp export' needs --format, one of ${FORMATS.join(', ')}.`);
  if (FORMATS.includes(format)) return format as ExportFormat;
  throw new UsageError(`There is no format '${format}'; there are ${FORMATS.join(', ')}.`);
}

function told(report: FeedbackStats): string {
  const { shown, byLanguage, bySource, survived, ms, unreadable, guards } = report;
  if (shown === 0)
    return ['Nothing was shown yet.', ...unreadableLines(unreadable), ...guardLines(guards)].join('\n');
  const checks = Object.entries(survived).filter(([, { checked }]) => checked > 0);
  return [
    table([
      ['', 'shown', 'accepted', 'of shown', 'in part', 'dismissed', 'ignored', 'open'],
      row('all', report),
      ...Object.entries(byLanguage).map(([name, counts]) => row(name, counts)),
      ...Object.entries(bySource).map(([name, counts]) => row(`by ${name}`, counts)),
    ]),
    '',
    ...checks.map(
      ([seconds, { checked, survived: left }]) =>
        `${seconds} s after acceptance ${left} of ${counted(checked, 'suggestion')} still stood.`,
    ),
    ...(ms
      ? [`Ask to answer: half within ${milliseconds(ms.p50)}, 95 % within ${milliseconds(ms.p95)}.`]
      : []),
    ...unreadableLines(unreadable),
    ...guardLines(guards),
  ].join('\n');
}

function row(name: string, counts: FeedbackCounts): string[] {
  const { shown, accepted, acceptanceRate, partlyAccepted, dismissed, ignored, open } = counts;
  const numbers = [partlyAccepted, dismissed, ignored, open].map(String);
  return [name, String(shown), String(accepted), percent(acceptanceRate), ...numbers];
}

/** What each guard did, shown or not, with where it did so last. */
function guardLines(guards: GuardCounts): string[] {
  const rows = Object.entries(guards).toSorted(([a], [b]) => (a < b ? -1 : 1));
  if (rows.length === 0) return [];
  const examples = rows.flatMap(([guard, count]) =>
    count.examples.map(
      ({ path, line, judgement, reason }) => `  ${guard}, ${path}:${line}: ${judgement}, ${reason}`,
    ),
  );
  return [
    '',
    table([
      ['guard', ...JUDGEMENTS],
      ...rows.map(([guard, count]) => [guard, ...JUDGEMENTS.map(judgement => String(count[judgement]))]),
    ]),
    ...(examples.length > 0 ? ['', 'The last of each:', ...examples] : []),
  ];
}

function unreadableLines(count: number): string[] {
  return count > 0 ? [`${counted(count, 'line')} of the journal could not be read.`] : [];
}
