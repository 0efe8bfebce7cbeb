import type { Measures } from '../summary.ts';
import type { ReportData } from './data.ts';
import { type Html, html, nothing } from './html.ts';
import { kindName } from './kinds.ts';
import { fraction, milliseconds, percent } from './numbers.ts';

interface Column {
  readonly name: string;
  readonly definition: string;
  readonly cell: (measures: Measures) => string;
}

const COLUMNS: readonly Column[] = [
  {
    name: 'places',
    definition: 'How many holes were asked at. A hole is a place where a text was taken away.',
    cell: ({ n }) => String(n),
  },
  {
    name: 'offered',
    definition: 'Share of the holes at which something was offered.',
    cell: ({ offered }) => percent(offered),
  },
  {
    name: 'right',
    definition: 'Of the offers, those that are all of the missing text or a beginning of it.',
    cell: ({ rightOffers }) => percent(rightOffers),
  },
  {
    name: 'precision',
    definition: 'Of the offers, those that are exactly the missing text, trailing white space aside.',
    cell: ({ precision }) => percent(precision),
  },
  {
    name: 'exact match',
    definition:
      'Of all holes, those whose offer is exactly the missing text. Where nothing is offered, nothing is matched.',
    cell: ({ exactMatch }) => percent(exactMatch),
  },
  {
    name: 'saved',
    definition: 'Share of all missing characters that accepting the right offers would have typed.',
    cell: ({ savedChars }) => percent(savedChars),
  },
  {
    name: 'edit similarity',
    definition:
      '1 − Levenshtein distance / the longer length, between the offer and the missing text; the mean over all holes, where no offer counts as an empty one.',
    cell: ({ editSimilarity }) => fraction(editSimilarity),
  },
  {
    name: 'BLEU\u20114',
    definition: 'Smoothed BLEU with code tokens up to four in a row; the mean over all holes.',
    cell: ({ bleu4 }) => fraction(bleu4),
  },
  {
    name: 'chrF',
    definition: 'F-score of character n-grams up to six; the mean over all holes.',
    cell: ({ chrF }) => fraction(chrF),
  },
  {
    name: 'escape',
    definition: 'Of the offers in languages with a grammar, those that bring a syntax error into the file.',
    cell: ({ escaped }) => percent(escaped),
  },
  {
    name: 'false rejection',
    definition: 'Share of the missing texts that the guardrails would have refused.',
    cell: ({ falseRejection }) => percent(falseRejection),
  },
  {
    name: 'p95',
    definition: '19 of 20 answers came within this time, from the question to the answer.',
    cell: ({ p95Ms }) => milliseconds(p95Ms),
  },
];

/** The table of measures: everything, then by class, language and source, and below it what each measure means. */
export function measuresTable({ summary, unseen }: Pick<ReportData, 'summary' | 'unseen'>): Html {
  const heads = COLUMNS.map(
    ({ name, definition }) => html`<th scope="col"><abbr title="${definition}">${name}</abbr></th>`,
  );
  return html`<div class="scroll"><table>
<thead><tr><th scope="col"></th>${heads}</tr></thead>
<tbody>${row('Everything', summary)}${row('Code', summary.code)}${unseen ? row('Code seen nowhere else', unseen) : nothing}</tbody>
${group('By kind of place', summary.classes, kindName)}
${group('By language', summary.languages)}
${group('By source of the offer', summary.sources)}
</table></div>
<p class="note">Code is everything but imports, comments and lines of brackets alone, which are easy or beside the point. Languages and sources count code.${unseen ? ' Some lines stand elsewhere between the same neighbours, so they could be copied; the third row leaves them out.' : ''}</p>
<details><summary>What each measure means</summary><dl>
${COLUMNS.map(({ name, definition }) => html`<dt>${name}</dt><dd>${definition}</dd>`)}
</dl></details>`;
}

function group(
  title: string,
  groups: Readonly<Record<string, Measures>>,
  nameOf = (key: string) => key,
): Html {
  const rows = Object.entries(groups).map(([key, measures]) => row(nameOf(key), measures));
  if (rows.length === 0) return nothing;
  const head = html`<tr class="group"><th scope="rowgroup" colspan="${COLUMNS.length + 1}">${title}</th></tr>`;
  return html`<tbody>${head}${rows}</tbody>`;
}

function row(name: string, measures: Measures): Html {
  return html`<tr><th scope="row">${name}</th>${COLUMNS.map(({ cell }) => html`<td>${cell(measures)}</td>`)}</tr>
`;
}
