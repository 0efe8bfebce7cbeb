import { quantile } from '../statistics.ts';
import type { Summary } from '../summary.ts';
import type { Case } from './data.ts';
import { type Html, html } from './html.ts';
import { milliseconds, percent } from './numbers.ts';

/** How long each stage of an answer took, where it was passed through at all. */
export function latencyTable({ stages }: Pick<Summary, 'stages'>, cases: readonly Case[]): Html {
  const whole = cases.map(({ result }) => result.ms);
  if (whole.length === 0) return html`<p class="note">No hole was asked.</p>`;
  const row = (name: string, n: number, times: readonly (number | null)[]) =>
    html`<tr><th scope="row">${name}</th><td>${n}</td>${times.map(ms => html`<td>${milliseconds(ms)}</td>`)}</tr>
`;
  const total = [0.5, 0.95, 1].map(p => quantile(whole, p));
  const rows = Object.entries(stages).map(([stage, { n, p50Ms, p95Ms, longestMs }]) =>
    row(stage, n, [p50Ms, p95Ms, longestMs]),
  );
  const heads = ['times', 'p50', 'p95', 'longest'].map(name => html`<th scope="col">${name}</th>`);
  return html`<table class="narrow"><thead><tr><th scope="col"></th>${heads}</tr></thead>
<tbody>${row('question to answer', whole.length, total)}${rows}</tbody></table>
<p class="note">Measured on this machine at low priority, beside whatever else it did.</p>`;
}

/** What became of the holes, the most frequent ending first. */
export function outcomesTable(cases: readonly Case[]): Html {
  const counts = new Map<string, number>();
  for (const one of cases) {
    const ending = one.result.offered ? 'Something was offered.' : one.reason;
    counts.set(ending, (counts.get(ending) ?? 0) + 1);
  }
  const rows = [...counts].sort(([, a], [, b]) => b - a);
  return html`<table class="narrow"><tbody>
${rows.map(
  ([ending, count]) =>
    html`<tr><th scope="row">${ending}</th><td>${count}</td><td>${percent(count / cases.length)}</td></tr>
`,
)}</tbody></table>`;
}
