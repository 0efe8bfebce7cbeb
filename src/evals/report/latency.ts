import { quantile } from '../statistics.ts';
import type { Case } from './data.ts';
import { type Html, html } from './html.ts';
import { milliseconds, percent } from './numbers.ts';

/** How long each stage of an answer took, where it was passed through at all. */
export function latencyTable(cases: readonly Case[]): Html {
  const times = new Map<string, number[]>();
  for (const { stages } of cases) {
    for (const { stage, ms } of stages) times.set(stage, [...(times.get(stage) ?? []), ms]);
  }
  const whole = cases.map(({ result }) => result.ms);
  if (whole.length === 0) return html`<p class="note">No hole was asked.</p>`;
  const row = (name: string, ms: readonly number[]) =>
    html`<tr><th scope="row">${name}</th><td>${ms.length}</td>${[0.5, 0.95, 1].map(
      p => html`<td>${milliseconds(quantile(ms, p))}</td>`,
    )}</tr>
`;
  const heads = ['times', 'p50', 'p95', 'longest'].map(name => html`<th scope="col">${name}</th>`);
  return html`<table class="narrow"><thead><tr><th scope="col"></th>${heads}</tr></thead>
<tbody>${row('question to answer', whole)}${[...times].map(([stage, ms]) => row(stage, ms))}</tbody></table>
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
