import { commonPrefixLength } from '../../base/text.ts';
import type { Case } from './data.ts';
import type { Excerpt } from './excerpt.ts';
import { type Html, html, nothing } from './html.ts';
import { kindName } from './kinds.ts';
import { marginOf, withoutMargin } from './margin.ts';
import { counted, percent } from './numbers.ts';

/** More examples of one kind are skimmed, not read. */
const MOST_EXAMPLES = 12;
const MOST_PLACES = 3;

interface Kind {
  readonly id: string;
  readonly title: string;
  readonly order: string;
  readonly cases: readonly Case[];
}

/** Holes to look at, each with what stood there and what was offered side by side. Three tabs without a script. */
export function examples(cases: readonly Case[]): Html {
  const kinds = kindsOf(cases);
  // The first tab that has something in it is open.
  const open = Math.max(
    0,
    kinds.findIndex(kind => kind.cases.length > 0),
  );
  const tabs = kinds.map(
    ({ id, title, cases }, i) =>
      html`<input type="radio" name="kind" id="tab-${id}"${i === open ? html` checked` : nothing}><label for="tab-${id}">${title} <span class="of">${cases.length}</span></label>`,
  );
  return html`<div class="tabs">${tabs}${kinds.map(panel)}</div>`;
}

function kindsOf(cases: readonly Case[]): readonly Kind[] {
  const offers = cases.filter(({ result }) => result.offered);
  const saved = ({ result }: Case) => result.prefixMatchChars;
  const sure = ({ result }: Case) => result.confidence ?? 0;
  return [
    {
      id: 'right',
      title: 'Right',
      order: 'what saves most typing first',
      cases: offers.filter(({ result }) => result.right).sort((a, b) => saved(b) - saved(a)),
    },
    {
      id: 'wrong',
      title: 'Not right',
      order: 'what Wisp was surest of first',
      cases: offers.filter(({ result }) => !result.right).sort((a, b) => sure(b) - sure(a)),
    },
    {
      id: 'none',
      title: 'Nothing offered',
      order: 'in the order asked',
      cases: cases.filter(({ result }) => !result.offered),
    },
  ];
}

function panel({ id, order, cases }: Kind): Html {
  const shown = cases.slice(0, MOST_EXAMPLES);
  const note =
    shown.length === 0
      ? 'There are none.'
      : shown.length < cases.length
        ? `${shown.length} of ${cases.length}, ${order}.`
        : `All ${cases.length}, ${order}.`;
  return html`<section class="panel" id="panel-${id}"><p class="note">${note}</p>${shown.map(card)}</section>
`;
}

function card(one: Case): Html {
  const { result, path, line, lineSuffix, reason } = one;
  const { target, offer, linePrefix, above } = withoutIndentation(one);
  const agreed = commonPrefixLength(offer ?? '', target);
  const firstLine = one.linePrefix + (one.target.split('\n')[0] ?? '');
  const facts = [
    kindName(result.class),
    ...(result.source === null ? [] : [`by ${result.source}`]),
    ...(result.confidence === null ? [] : [`${percent(result.confidence)} sure`]),
    ...(one.commit === null ? [] : [`commit ${one.commit.slice(0, 10)}`]),
  ];
  const dim = (text: string) => html`<span class="dim">${text}</span>`;
  const stood = html`${dim(linePrefix)}<ins>${target}</ins>${dim(lineSuffix)}`;
  const offered =
    offer === null
      ? html`<p class="reason">${reason}</p>`
      : html`<pre>${dim(linePrefix)}<ins>${offer.slice(0, agreed)}</ins><del>${offer.slice(agreed)}</del>${dim(lineSuffix)}</pre>`;
  return html`<article>
<header>${place({ path, line, text: firstLine })}<span class="facts">${facts.join(' · ')}</span></header>
${above === '' ? nothing : html`<pre class="above">${above}</pre>`}
<div class="sides"><div><h4>What stood there</h4><pre>${stood}</pre></div>
<div><h4>What Wisp offered</h4>${offered}</div></div>
${provenanceOf(one.provenance)}${shownToModel(one.retrieved)}
</article>
`;
}

/** The same code at the left margin: how deep it stands in its file is nobody's question here. */
function withoutIndentation({ above, linePrefix, target, offer }: Case) {
  const margin = Math.min(
    // What of the indentation is missing too cannot be cut away before the cursor.
    marginOf(`${linePrefix}|`),
    marginOf(above, linePrefix + target, linePrefix + (offer ?? '')),
  );
  return {
    above: withoutMargin(above, margin, 'a line'),
    linePrefix: withoutMargin(linePrefix, margin, 'a line'),
    target: withoutMargin(target, margin, 'within a line'),
    offer: offer === null ? null : withoutMargin(offer, margin, 'within a line'),
  };
}

/** What the offer was made of, below it. */
function provenanceOf(places: readonly Excerpt[]): Html {
  if (places.length === 0) return nothing;
  return html`<div class="origins"><h4>Taken from</h4>${excerpts(places, MOST_PLACES)}</div>`;
}

/** All that a model was shown: long, so it is folded away. */
function shownToModel(places: readonly Excerpt[]): Html {
  if (places.length === 0) return nothing;
  const title = `The model was shown ${counted(places.length, 'snippet')} of other places`;
  return html`<details class="origins"><summary>${title}</summary>${excerpts(places, places.length)}</details>`;
}

function excerpts(places: readonly Excerpt[], most: number): Html {
  const rest = places.length - most;
  const item = ({ path, startLine, retriever, text }: Excerpt) =>
    html`<li>${place({ path, line: startLine, text: text.split('\n')[0]! })} <span class="dim">${retriever}</span>${
      text === '' ? nothing : html`<pre>${withoutMargin(text, marginOf(text), 'a line')}</pre>`
    }</li>`;
  const more = rest > 0 ? html`<li class="dim">and ${rest} more</li>` : nothing;
  return html`<ul>${places.slice(0, most).map(item)}${more}</ul>`;
}

/** A place in a file. The script makes it a link where somebody can open it; `text` finds the line where it is now. */
function place({ path, line, text }: { path: string; line: number; text: string }): Html {
  return html`<span class="place" data-path="${path}" data-line="${line}" data-text="${text}">${path}:${line}</span>`;
}
