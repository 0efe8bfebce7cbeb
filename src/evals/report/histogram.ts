import type { Case } from './data.ts';
import { type Html, html, nothing } from './html.ts';
import { counted } from './numbers.ts';

/** Ten tenths, and one for what is the same text. */
const BINS = 11;
const WIDTH = 660;
const HEIGHT = 190;
const BASE = 150;
const TOP = 24;
const STEP = WIDTH / BINS;
const GAP = 10;

interface Bin {
  readonly label: string;
  readonly right: number;
  readonly wrong: number;
}

/** How near the offers came to the missing text, as a drawing; holes without an offer are not in it. */
export function similarityHistogram(cases: readonly Case[]): Html {
  const bins = binsOf(cases.filter(({ result }) => result.offered));
  const most = Math.max(...bins.map(({ right, wrong }) => right + wrong));
  if (most === 0) return html`<p class="note">Nothing was offered, so there is nothing to draw.</p>`;
  const label = bins.map(({ label, right, wrong }) => `${label}: ${right + wrong}`).join('; ');
  return html`<figure>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="Offers by edit similarity. ${label}.">
<line class="axis" x1="0" x2="${WIDTH}" y1="${BASE + 0.5}" y2="${BASE + 0.5}"/>
${bins.map((bin, i) => bar(bin, i, most))}
<text class="axis-name" x="${WIDTH / 2}" y="${HEIGHT - 4}">edit similarity of the offer and what stood there</text>
</svg>
<figcaption><span class="key right"></span>right as far as it goes<span class="key wrong"></span>not right</figcaption>
</figure>`;
}

function binsOf(offers: readonly Case[]): readonly Bin[] {
  const right = new Array<number>(BINS).fill(0);
  const wrong = new Array<number>(BINS).fill(0);
  for (const { result } of offers) {
    // A similarity of less than 1 never counts as the same text, however near it comes.
    const bin = result.editSimilarity === 1 ? BINS - 1 : Math.floor(result.editSimilarity * (BINS - 1));
    (result.right ? right : wrong)[bin]!++;
  }
  return right.map((count, i) => ({
    label: i === BINS - 1 ? 'same' : `${(i / 10).toFixed(1)}–`,
    right: count,
    wrong: wrong[i]!,
  }));
}

function bar({ label, right, wrong }: Bin, index: number, most: number): Html {
  const x = index * STEP + GAP / 2;
  const width = STEP - GAP;
  const scaled = (count: number) => (count / most) * (BASE - TOP);
  const rightTop = BASE - scaled(right);
  const wrongTop = rightTop - scaled(wrong);
  const middle = x + width / 2;
  const total = right + wrong;
  return html`<g><title>${label} ${counted(total, 'offer')}: ${right} right as far as they go, ${wrong} not</title>
<rect class="right" x="${x}" width="${width}" y="${rightTop}" height="${scaled(right)}"/>
<rect class="wrong" x="${x}" width="${width}" y="${wrongTop}" height="${scaled(wrong)}"/>
${total > 0 ? html`<text class="count" x="${middle}" y="${wrongTop - 6}">${total}</text>` : nothing}
<text class="tick" x="${middle}" y="${BASE + 16}">${label}</text></g>
`;
}
