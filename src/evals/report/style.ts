/** The page's looks: the editor's own colours where there is an editor, calm ones of our own in a plain browser. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: var(--vscode-editor-background, #ffffff);
  --ink: var(--vscode-foreground, #24292f);
  --quiet: var(--vscode-descriptionForeground, #656d76);
  --rule: var(--vscode-widget-border, var(--vscode-panel-border, #d8dee4));
  --raised: var(--vscode-textCodeBlock-background, #f6f8fa);
  --link: var(--vscode-textLink-foreground, #0969da);
  --focus: var(--vscode-focusBorder, #0969da);
  --right: var(--vscode-charts-blue, #2f6fbf);
  --wrong: var(--vscode-editorWarning-foreground, #d18616);
  --inserted: var(--vscode-diffEditor-insertedTextBackground, #aceebb66);
  --removed: var(--vscode-diffEditor-removedTextBackground, #ffcecb80);
  --sans: var(--vscode-font-family, system-ui, sans-serif);
  --mono: var(--vscode-editor-font-family, ui-monospace, Menlo, Consolas, monospace);
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: var(--vscode-editor-background, #1b1d21);
    --ink: var(--vscode-foreground, #d7dade);
    --quiet: var(--vscode-descriptionForeground, #9198a1);
    --rule: var(--vscode-widget-border, var(--vscode-panel-border, #3a3f46));
    --raised: var(--vscode-textCodeBlock-background, #24272c);
    --link: var(--vscode-textLink-foreground, #6cb2ff);
    --focus: var(--vscode-focusBorder, #6cb2ff);
    --right: var(--vscode-charts-blue, #5b9bd9);
    --wrong: var(--vscode-editorWarning-foreground, #d99a3c);
    --inserted: var(--vscode-diffEditor-insertedTextBackground, #2ea04333);
    --removed: var(--vscode-diffEditor-removedTextBackground, #f8514933);
  }
}
* { box-sizing: border-box; }
html { background: var(--paper); }
body { max-width: 68rem; margin: 0 auto; padding: 2rem 1.5rem 4rem; background: var(--paper); color: var(--ink); font: 0.875rem/1.5 var(--sans); }
[hidden] { display: none !important; }
h1 { margin: 0; font-size: 1.6rem; font-weight: 500; line-height: 1.25; }
h2 { margin: 3rem 0 0.75rem; font-size: 1.05rem; font-weight: 600; }
table.facts-table { width: auto; }
.facts-table th, .facts-table td { text-align: left; white-space: normal; vertical-align: top; overflow-wrap: anywhere; }
.facts-table th { width: 9rem; color: var(--quiet); }
h4 { margin: 0 0 0.3rem; font-size: 0.75rem; font-weight: 500; color: var(--quiet); }
p { margin: 0.5rem 0; max-width: 46rem; }
.lead { color: var(--quiet); }
.note, .facts, .of, .dim { color: var(--quiet); }
.note { font-size: 0.8rem; }
.top { display: flex; align-items: flex-start; justify-content: space-between; gap: 2rem; }
button { flex: none; padding: 0.35rem 0.9rem; border: 1px solid var(--vscode-button-border, transparent); border-radius: 3px; background: var(--vscode-button-secondaryBackground, var(--raised)); color: var(--vscode-button-secondaryForeground, var(--ink)); font: inherit; cursor: pointer; }
button:hover { background: var(--vscode-button-secondaryHoverBackground, var(--rule)); }
.caution { margin: 1.25rem 0 0; padding: 0.6rem 0.9rem; border-left: 3px solid var(--wrong); background: var(--raised); }
.caution p { margin: 0; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); margin: 2rem 0 0; border-top: 1px solid var(--rule); border-bottom: 1px solid var(--rule); }
.figures div { padding: 1rem 1rem 1rem 0; }
.figures dt { color: var(--quiet); font-size: 0.8rem; }
.figures dd { margin: 0; }
.figures .value { font-size: 1.9rem; font-weight: 300; line-height: 1.3; font-variant-numeric: tabular-nums; white-space: nowrap; }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
table.narrow { width: auto; min-width: 26rem; max-width: 100%; }
th, td { padding: 0.3rem 0 0.3rem 0.75rem; text-align: right; font-weight: 400; white-space: nowrap; }
th:first-child { padding-left: 0; text-align: left; }
.narrow th:first-child { white-space: normal; }
thead th { vertical-align: bottom; color: var(--quiet); font-size: 0.8rem; line-height: 1.3; white-space: normal; }
.date { white-space: nowrap; }
tbody tr { border-top: 1px solid var(--rule); }
tr.group { border-top: 1px solid var(--rule); }
tr.group th { padding-top: 1.1rem; color: var(--quiet); font-size: 0.8rem; }
abbr { text-decoration: underline dotted var(--rule); text-underline-offset: 0.25em; cursor: help; }
details { margin-top: 0.75rem; }
summary { cursor: pointer; color: var(--quiet); }
details dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.35rem 1.25rem; margin: 0.75rem 0 0; max-width: 52rem; }
details dd { margin: 0; color: var(--quiet); }
figure { margin: 0; max-width: 46rem; }
svg { display: block; width: 100%; height: auto; overflow: visible; }
svg text { fill: var(--quiet); font: 11px var(--sans); text-anchor: middle; font-variant-numeric: tabular-nums; }
svg .count { fill: var(--ink); }
rect.right, .key.right { fill: var(--right); background: var(--right); }
rect.wrong, .key.wrong { fill: var(--wrong); background: var(--wrong); }
.axis { stroke: var(--rule); }
figcaption { margin-top: 0.5rem; color: var(--quiet); font-size: 0.8rem; text-align: center; }
.key { display: inline-block; width: 0.7rem; height: 0.7rem; margin: 0 0.4rem 0 1.25rem; border-radius: 2px; vertical-align: -0.05rem; }
pre, .place { font-family: var(--mono); font-size: 0.8125rem; }
pre { margin: 0; padding: 0.5rem 0.75rem; overflow-x: auto; background: var(--raised); border-radius: 4px; line-height: 1.5; tab-size: 4; unicode-bidi: isolate; }
pre.above { margin-bottom: 0.5rem; padding-top: 0; padding-bottom: 0; background: none; color: var(--quiet); }
ins, del { border-radius: 2px; color: inherit; text-decoration: none; -webkit-box-decoration-break: clone; box-decoration-break: clone; }
ins { background: var(--inserted); }
del { background: var(--removed); }
.place { overflow-wrap: anywhere; unicode-bidi: isolate; }
.place[role=link] { color: var(--link); cursor: pointer; }
.place[role=link]:hover { text-decoration: underline; }
:focus-visible { outline: 1px solid var(--focus); outline-offset: 2px; }
.tabs { display: flex; flex-wrap: wrap; gap: 0 1.5rem; }
.tabs > input { position: absolute; opacity: 0; }
.tabs > label { padding: 0.35rem 0; border-bottom: 2px solid transparent; cursor: pointer; }
.tabs > input:checked + label { border-color: var(--focus); }
.tabs > input:focus-visible + label { outline: 1px solid var(--focus); outline-offset: 2px; }
.panel { display: none; order: 1; width: 100%; border-top: 1px solid var(--rule); margin-top: -1px; padding-top: 0.5rem; }
#tab-right:checked ~ #panel-right, #tab-wrong:checked ~ #panel-wrong, #tab-none:checked ~ #panel-none { display: block; }
article { padding: 1.25rem 0; }
article + article { border-top: 1px solid var(--rule); }
article header { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1.5rem; margin-bottom: 0.5rem; }
.facts { font-size: 0.8rem; }
.sides { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 0.75rem; }
.reason { margin: 0; padding: 0.5rem 0.75rem; color: var(--quiet); }
.origins { margin-top: 0.75rem; }
.origins ul { margin: 0; padding: 0; list-style: none; }
.origins li { font-size: 0.8rem; }
.origins li + li { margin-top: 0.4rem; }
.origins summary { font-size: 0.75rem; }
.origins summary + ul { margin-top: 0.4rem; }
.origins pre { padding: 0.1rem 0 0.1rem 0.75rem; border-left: 2px solid var(--rule); border-radius: 0; background: none; font-size: 0.75rem; }
@media (max-width: 44rem) { .sides { grid-template-columns: minmax(0, 1fr); } }
@media print { .panel { display: block; } .tabs > label, button { display: none; } }
`;
