import type { Measures, Summary } from '../evals/summary.ts';
import type { TypingSummary } from '../evals/typing.ts';
import type { TypingTotals } from '../evals/typingRun.ts';
import { type Comparison, HOLE_MEASURES, LINE_MEASURES, points } from '../evals/variants/comparison.ts';
import { counted, milliseconds, percent, table } from './layout.ts';

/** An evaluation for a person; `more` are rows below the others. */
export function told(summary: Summary, more: readonly (readonly [string, Measures])[] = []): string {
  const groups: readonly (readonly [string, Measures])[] = [
    ['all', summary],
    ['code', summary.code],
    ...named('class', summary.classes),
    ...named('language', summary.languages),
    ...named('source', summary.sources),
    ...more,
  ];
  return [toldMeasures(groups), ...toldStages(summary)].join('\n');
}

/** Those who were asked at the same holes, by name: one row each, of the code among the holes. */
export function toldSideBySide(summaries: readonly (readonly [name: string, summary: Summary])[]): string {
  const groups = summaries.map(([name, summary]) => [name, summary.code] as const);
  return toldMeasures(groups, 'code');
}

function toldMeasures(groups: readonly (readonly [string, Measures])[], of = ''): string {
  return [
    table([[of, ...HEADINGS], ...groups.map(([name, measures]) => row(name, measures))]),
    '',
    'exact: whole target, of all holes. precise: whole target, of the offers. right: whole target or a beginning of it, of',
    'the offers. saved: characters that right offers would have typed. escaped: offers that bring a syntax error. false rej.:',
    'true texts that the guards would refuse. Languages and sources count code only.',
  ].join('\n');
}

/** How long what is on the way to an answer took; nothing is said of what was never on the way. */
function toldStages({ stages }: Summary): string[] {
  const rows = Object.entries(stages).map(([stage, { n, p50Ms, p95Ms }]) => [
    stage,
    String(n),
    milliseconds(p50Ms),
    milliseconds(p95Ms),
  ]);
  return rows.length === 0 ? [] : ['', table([['stage', 'times', 'p50', 'p95'], ...rows])];
}

const HEADINGS = [
  'holes',
  'offered',
  'exact',
  'precise',
  'right',
  'saved',
  'edit sim.',
  'escaped',
  'false rej.',
  'p50',
  'p95',
];

function named(kind: string, groups: Readonly<Record<string, Measures>>): [string, Measures][] {
  return Object.entries(groups).map(([name, measures]) => [`${kind} ${name}`, measures]);
}

function row(name: string, measures: Measures): string[] {
  const { n, offered, exactMatch, precision, rightOffers, savedChars, editSimilarity } = measures;
  const { escaped, falseRejection, p50Ms, p95Ms } = measures;
  return [
    name,
    String(n),
    ...[offered, exactMatch, precision, rightOffers, savedChars].map(percent),
    editSimilarity?.toFixed(3) ?? '–',
    percent(escaped),
    percent(falseRejection),
    milliseconds(p50Ms),
    milliseconds(p95Ms),
  ];
}

/** How two who were asked at the same holes differ, for a person. */
export function toldComparison({ a, b, n, clusters, sentence, measures }: Comparison): string {
  const rows = [...HOLE_MEASURES, ...LINE_MEASURES].flatMap(({ key, name }) => {
    const measure = measures[key];
    if (!measure) return [];
    const { interval } = measure;
    const range = interval ? `${points(interval.low)} to ${points(interval.high)}` : '–';
    return [
      [name, percent(measure.a), percent(measure.b), interval ? points(interval.difference) : '–', range],
    ];
  });
  return [
    `${b} against ${a}, at ${counted(n, 'place')} in ${counted(clusters, 'group')} of places that are alike:`,
    table([['', a, b, 'difference', '95 % interval'], ...rows]),
    sentence,
  ].join('\n');
}

/** A typing replay for a person. */
export function toldTyping(summary: TypingTotals): string {
  return toldSavings([
    ['all', summary],
    ...Object.entries(summary.languages).map(([id, of]) => [`language ${id}`, of] as const),
  ]);
}

/** Typing replays of the same lines or of some of them, one row each. */
export function toldSavings(groups: readonly (readonly [string, TypingSummary])[]): string {
  const headings = ['', 'lines', 'chars', 'completed', 'multi-token', 'keys saved', 'right', 'shown/line'];
  const rows = groups.map(([name, of]) => [
    name,
    String(of.lines),
    String(of.chars),
    ...[of.completed, of.multiTokenCompleted, of.keysSaved, of.rightDisplays].map(percent),
    of.displaysPerLine?.toFixed(2) ?? '–',
  ]);
  return [
    table([headings, ...rows]),
    '',
    'completed: characters from accepted offers, of all; multi-token: from offers of more than one token. right: offers',
    'shown that were all right. The user is an ideal one who reads every offer, so this is an upper bound.',
  ].join('\n');
}
