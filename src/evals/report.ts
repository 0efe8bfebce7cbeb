import { defaultSettings, QUIET_LANGUAGES, type Settings } from '../domain/settings.ts';
import type { HoleSource, ReportData } from './report/data.ts';
import { examples } from './report/examples.ts';
import { similarityHistogram } from './report/histogram.ts';
import { type Html, html, nothing, trusted } from './report/html.ts';
import { latencyTable, outcomesTable } from './report/latency.ts';
import { measuresTable } from './report/measures.ts';
import { counted, duration, milliseconds, percent, shareInterval } from './report/numbers.ts';
import { SCRIPT } from './report/script.ts';
import { STYLE } from './report/style.ts';
import type { Measures } from './summary.ts';

/**
 * An evaluation as one HTML document that needs nothing else, for a panel of the editor and for a browser. The same
 * data and nonce give the same text. Nothing of the data can become markup, and the page may load nothing.
 * @param nonce names the page's own style sheet and script; letters, digits and dashes.
 */
export function reportHtml(data: ReportData, nonce: string): string {
  const { summary, cases } = data;
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'`;
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width">
<title>Wisp on ${data.repository}</title>
<style nonce="${nonce}">${trusted(STYLE)}</style>
</head>
<body>
${heading(data)}
${figures(summary.code.n > 0 ? summary.code : summary)}
<h2>Measures</h2>
${measuresTable(data)}
<h2>How near the offers came</h2>
${similarityHistogram(cases)}
<h2>Examples</h2>
${examples(cases)}
<h2>What became of the questions</h2>
${outcomesTable(cases)}
<h2>Time</h2>
${latencyTable(summary, cases)}
<h2>How this was measured</h2>
${method(data)}
<script nonce="${nonce}">${trusted(SCRIPT)}</script>
</body>
</html>
`.markup;
}

/** The result in one sentence, for a notification. */
export function reportSentence({ summary }: ReportData): string {
  const { n, offered, rightOffers, savedChars } = summary.code.n > 0 ? summary.code : summary;
  if (n === 0) return 'No place was asked.';
  const right = rightOffers === null ? '' : `, ${percent(rightOffers)} of that right as far as it went`;
  const saved = savedChars === null ? '' : `; ${percent(savedChars)} of the typing saved`;
  return `Something offered at ${percent(offered)} of ${counted(n, 'place')}${right}${saved}.`;
}

function heading({ repository, source, planned, summary, seconds, at }: ReportData): Html {
  const day = new Date(at).toISOString().slice(0, 10);
  return html`<div class="top"><div><h1>Wisp on ${repository}</h1>
<p class="lead">${counted(summary.n, 'place')} in ${told(source)}, asked one after the other in ${duration(seconds)} on <span class="date">${day}</span>.</p></div>
<button type="button" id="save" hidden>Save Report…</button></div>
${summary.partial ? caution(`This is a partial report: it was stopped after ${summary.n} of ${planned} places.`) : nothing}
${source.kind === 'masked' ? caution(`${source.because} Lines of the files as they are now were taken away instead. That flatters: the rest of the finished repository can be copied from.`) : nothing}`;
}

function told(source: HoleSource): string {
  return source.kind === 'history'
    ? `lines that the newest ${counted(source.commits, 'commit')} added`
    : 'lines of the present files';
}

function caution(sentence: string): Html {
  return html`<div class="caution"><p>${sentence}</p></div>`;
}

/** What one wants to know first, of lines of code alone. */
function figures(measures: Measures): Html {
  const { n, offered, rightOffers, exactMatch, savedChars, p95Ms } = measures;
  const offers = Math.round((offered ?? 0) * n);
  const figure = (name: string, value: string, note: string) =>
    html`<div><dt>${name}</dt><dd class="value">${value}</dd><dd class="note">${note}</dd></div>
`;
  return html`<dl class="figures">
${figure('offered', percent(offered), between(offered, n))}${figure('right, of the offers', percent(rightOffers), between(rightOffers, offers))}${figure('exact match, of all', percent(exactMatch), between(exactMatch, n))}${figure('typing saved', percent(savedChars), 'of the missing characters')}${figure('answer time, p95', milliseconds(p95Ms), `${counted(n, 'question')} about code`)}</dl>`;
}

function between(share: number | null, of: number): string {
  const interval = shareInterval(share, of);
  if (!interval) return 'nothing to count';
  return `${Math.round(100 * interval.low)}–${percent(interval.high)} at 95 % confidence`;
}

function method({ source, head, seed, settings, versions, planned, repository }: ReportData): Html {
  const how =
    source.kind === 'history'
      ? `For each place the workspace was the tree before the commit, with what its author had typed of the commit by then. Near-duplicates of the file were left out of the index (at ${source.nearDuplicates} places). The places were cut at lines that the commit added: at their start, after their first tokens, within them, and before whole blocks.`
      : 'For each place the rest of one line was taken away from its file; what stands above and below stayed.';
  const model = settings.model.baseUrl === '' ? 'none but the workspace' : settings.model.name || 'unnamed';
  const rows: readonly (readonly [string, string])[] = [
    ['repository', repository],
    ['newest commit', head ?? 'no git repository'],
    ['places', `${planned}, seed ${seed}`],
    ['model', model],
    ['settings', changedSettings(settings)],
    ['versions', `Wisp ${versions.wisp}, Node ${versions.node}`],
  ];
  return html`<p>${how} An engine of its own was asked as it is while somebody types, on its own thread, and nothing was written into the folder. The same commit, seed, settings and version give the same places and offers.</p>
<table class="narrow facts-table"><tbody>${rows.map(
    ([name, value]) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>
`,
  )}</tbody></table>`;
}

/** The settings that are not the default, without the server's address: a report is passed on. */
function changedSettings(settings: Settings): string {
  const changed: string[] = [];
  const compare = (now: object, usual: object, way: string) => {
    for (const [key, value] of Object.entries(now)) {
      const standard = (usual as Record<string, unknown>)[key];
      const name = `${way}${key}`;
      if (name === 'model.baseUrl' || JSON.stringify(value) === JSON.stringify(standard)) continue;
      if (isSection(value) && isSection(standard)) compare(value, standard, `${name}.`);
      else changed.push(`${name} = ${JSON.stringify(value)}`);
    }
  };
  // The editor hands out the languages that are quiet unless the user says otherwise; the terminal leaves them out.
  compare(settings, { ...defaultSettings, languages: QUIET_LANGUAGES }, '');
  return changed.length === 0 ? 'all at their defaults' : changed.join(', ');
}

function isSection(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
