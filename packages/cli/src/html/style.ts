/** How a report looks: one column, one accent, colours that the colour-blind can tell apart, by day and by night. */
export const styleSheet = `
:root {
  color-scheme: light dark;
  --paper: #fffefb; --ink: #1c1e21; --quiet: #5b6067; --faint: #8a9097; --rule: #d9d9d3; --grid: #ebebe5; --soft: #f5f4ee; --shade: #1c1e2140;
  --accent: #0b5fa5; --good: #00694d; --bad: #b3261e; --doubtful: #8a5a00;
  --hue-1: #0b5fa5; --hue-2: #b84a0e; --hue-3: #00725a; --hue-4: #8a3b8f; --hue-5: #796000; --hue-6: #a81e5c;
  --processing: #2f7fc4; --waiting: #e08a4a; --network: #9aa1a9;
  --load-1: #e4eef8; --load-2: #fdf0c4; --load-3: #fbd3a4; --load-4: #f4b0a6; --track: #1c1e2126;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #16181b; --ink: #e6e5e1; --quiet: #a4a9af; --faint: #757b82; --rule: #3b3f44; --grid: #2a2d31; --soft: #1f2226; --shade: #000000a0;
    --accent: #77b7f2; --good: #55cfa6; --bad: #ff8f85; --doubtful: #e6bd5c;
    --hue-1: #77b7f2; --hue-2: #f5a06c; --hue-3: #58d0a9; --hue-4: #d9a3e2; --hue-5: #dcc354; --hue-6: #f590bb;
    --processing: #4d96d9; --waiting: #d9823f; --network: #7d848c;
    --load-1: #1c3148; --load-2: #443a10; --load-3: #5c3510; --load-4: #6e221c; --track: #ffffff30;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 2.5rem 1.25rem 4rem; max-width: calc(960px + 2.5rem); background: var(--paper); color: var(--ink);
  font: 16px/1.5 ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  font-variant-numeric: tabular-nums; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; overflow-wrap: break-word;
}
h1 { font-size: 1.25rem; line-height: 1.3; font-weight: 600; margin: 0; }
h2 { font-size: 1.375rem; line-height: 1.3; font-weight: 600; letter-spacing: -0.01em; margin: 3rem 0 0.5rem; padding-top: 1rem; border-top: 1px solid var(--rule); }
h3 { font-size: 1.0625rem; line-height: 1.35; font-weight: 600; margin: 2rem 0 0.5rem; }
h4 { font-size: 1rem; font-weight: 600; margin: 1.5rem 0 0.5rem; }
p, ul, dl { margin: 0.5rem 0; max-width: 42rem; }
ul { padding-left: 1.25rem; }
code { font: 0.9375em ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
.about, .note, .quiet, footer, figcaption + .note { color: var(--quiet); }
.note, footer { font-size: 0.875rem; }
.lead { font-size: 1.0625rem; margin-bottom: 1.25rem; }
.good { color: var(--good); } .bad { color: var(--bad); } .doubtful { color: var(--doubtful); }
.verdict { margin: 1.75rem 0 0; padding-left: 1.25rem; border-left: 4px solid currentColor; }
.verdict p, .verdict ul { color: var(--ink); }
.verdict .word { color: inherit; font-weight: 600; margin: 0; }
.verdict .sentence { font-size: clamp(1.25rem, 1rem + 1.2vw, 1.75rem); line-height: 1.25; letter-spacing: -0.015em; margin: 0.125rem 0 0.5rem; max-width: 46rem; text-wrap: pretty; }
main > section:first-of-type h2 { margin-top: 2.25rem; }

.tiles { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 13rem), 1fr)); gap: 1.5rem 2rem; max-width: none; margin: 1.25rem 0 2rem; }
.tiles dt { color: var(--quiet); font-size: 0.875rem; }
.tiles dd { margin: 0; }
.tiles .value { font-size: 1.5rem; line-height: 1.25; font-weight: 600; letter-spacing: -0.01em; display: block; }
.tiles .interval, .tiles .more { font-size: 0.875rem; color: var(--quiet); }

.contents { margin: 2rem 0 0; font-size: 0.9375rem; }
.contents ul { list-style: none; padding: 0; margin: 0; max-width: none; display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; }
a { color: var(--accent); text-underline-offset: 0.2em; } .contents a { text-decoration-color: var(--rule); }
a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }

.scroll { overflow-x: auto; max-width: 100%; background: linear-gradient(to right, var(--paper) 40%, transparent) left / 2.5rem 100%, linear-gradient(to left, var(--paper) 40%, transparent) right / 2.5rem 100%, linear-gradient(to right, var(--shade), transparent) left / 0.875rem 100%, linear-gradient(to left, var(--shade), transparent) right / 0.875rem 100%; background-repeat: no-repeat; background-attachment: local, local, scroll, scroll; }
.cue { color: var(--quiet); font-size: 0.875rem; margin: 0 0 0.25rem; }
.scroll:focus-visible, summary:focus-visible { outline: 2px solid var(--accent); outline-offset: 3px; }
table { overflow-wrap: normal; border-collapse: collapse; width: 100%; font-size: 0.9375rem; line-height: 1.4; margin: 0.75rem 0 1rem; }
caption { text-align: left; color: var(--quiet); font-size: 0.875rem; padding-bottom: 0.25rem; }
th, td { text-align: left; vertical-align: baseline; padding: 0.4rem 1.25rem 0.4rem 0; border-bottom: 1px solid var(--grid); font-weight: 400; }
th:last-child, td:last-child { padding-right: 0; }
thead th, thead td { color: var(--quiet); font-size: 0.8125rem; border-bottom-color: var(--rule); vertical-align: bottom; }
th.number, td.number { text-align: right; }
td.number, th.number { white-space: nowrap; }
.cards td.number { white-space: normal; }
.whole { white-space: nowrap; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); gap: 0 3rem; }
.chip { font-weight: 600; white-space: nowrap; }
.swatch { display: inline-block; width: 0.625em; height: 0.625em; margin-right: 0.5em; border-radius: 50%; background: currentColor; }
.verdict.compared { color: var(--accent); } .verdict.compared .sentence { font-size: 1.25rem; line-height: 1.35; letter-spacing: 0; }

figure { margin: 1.75rem 0 2.25rem; }
figcaption { font-weight: 600; margin-bottom: 0.75rem; }
details { margin-top: 0.25rem; }
summary { cursor: pointer; color: var(--quiet); font-size: 0.875rem; width: fit-content; }
summary:hover { color: var(--accent); }
details.design { border-top: 1px solid var(--rule); padding: 0.75rem 0; margin: 0; }
summary h3 { display: inline; font-size: inherit; }
details.design > summary { font-size: 1.0625rem; font-weight: 600; color: var(--ink); padding: 0.25rem 0; }

.picture { display: block; max-width: 100%; height: auto; font-size: 13px; font-family: inherit; overflow: visible; }
.over .picture { max-width: none; }
.narrow { display: none; }
.picture text { fill: var(--ink); font-variant-numeric: tabular-nums; paint-order: stroke; stroke: var(--paper); stroke-width: 3px; stroke-linejoin: round; } .picture .node text { stroke: none; }
.picture .strong { font-weight: 600; }
.picture .quiet, .picture .axis text, .picture .axis-title, .picture .strip-name { fill: var(--quiet); font-weight: 400; }
.picture .axis text, .picture .axis-title, .picture .strip-name, .picture .events text, .picture .peak { font-size: 12px; }
.picture .events text { fill: var(--quiet); }
.grid { stroke: var(--grid); } .base, .tick { stroke: var(--faint); } .events line { stroke: var(--faint); stroke-dasharray: 2 3; }
.strip { fill: var(--soft); }
.line { fill: none; stroke: currentColor; stroke-width: 2; stroke-linejoin: round; stroke-linecap: round; }
.line.reference { stroke-width: 6; stroke-opacity: 0.4; }
.line.dashed { stroke-dasharray: 6 4; stroke-width: 1.5; }
.band { fill: currentColor; fill-opacity: 0.16; stroke: none; }
.load { fill: currentColor; fill-opacity: 0.14; stroke: none; } .load.hue-faint { fill-opacity: 0.16; }
.dot { fill: currentColor; }
.picture .name, .picture .name tspan { fill: currentColor; }
.picture .name { font-weight: 600; } .picture .peak { font-weight: 400; }
.hue-1 { color: var(--hue-1); } .hue-2 { color: var(--hue-2); } .hue-3 { color: var(--hue-3); } .hue-4 { color: var(--hue-4); }
.hue-5 { color: var(--hue-5); } .hue-6 { color: var(--hue-6); } .hue-ink { color: var(--ink); } .hue-faint { color: var(--faint); }
.fill.processing { fill: var(--processing); } .fill.waiting { fill: var(--waiting); } .fill.network { fill: var(--network); }
.reach { stroke: var(--faint); stroke-width: 1; } .interval-line { stroke: var(--hue-1); stroke-width: 3; stroke-opacity: 0.45; }
.longer { stroke: currentColor; stroke-width: 2.5; fill: none; }

.node .box { fill: var(--paper); stroke: var(--faint); stroke-width: 1; } .node.source .box { fill: var(--soft); stroke: var(--rule); }
.node.accent .box { stroke: var(--accent); stroke-width: 2; } .node.bad .box { stroke: var(--bad); stroke-width: 2.5; }
.picture .node .title { font-size: 14px; font-weight: 600; } .picture .node .about { font-size: 11px; fill: var(--quiet); }
.picture .node .mark { font-size: 11px; font-weight: 600; }
.gauge { fill: var(--track); } .gauge.full { fill: var(--quiet); }
.load-1 .box { fill: var(--load-1); } .load-2 .box { fill: var(--load-2); } .load-3 .box { fill: var(--load-3); } .load-4 .box { fill: var(--load-4); }
.picture .load-1 .about, .picture .load-2 .about, .picture .load-3 .about, .picture .load-4 .about { fill: var(--ink); }
.load-1 .gauge.full, .load-2 .gauge.full, .load-3 .gauge.full, .load-4 .gauge.full { fill: var(--ink); }
.legend { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; max-width: none; list-style: none; padding: 0; margin: 0 0 0.75rem; font-size: 0.875rem; color: var(--quiet); }
.legend .sample { display: inline-block; width: 1em; height: 1em; margin-right: 0.4em; vertical-align: -0.125em; border: 1px solid var(--faint); border-radius: 2px; }
.sample.load-1 { background: var(--load-1); } .sample.load-2 { background: var(--load-2); } .sample.load-3 { background: var(--load-3); } .sample.load-4 { background: var(--load-4); }
.edge { fill: none; stroke: var(--faint); stroke-opacity: 0.75; } .head { fill: var(--faint); } .plate { fill: var(--paper); }
.picture .rate { font-size: 12px; }

@media screen and (max-width: 760px) {
  body { padding-top: 1.5rem; }
  .wide { display: none; } .narrow { display: block; }
  .tiles { grid-template-columns: repeat(auto-fill, minmax(min(100%, 9.5rem), 1fr)); gap: 1.25rem; }
  .tiles .value { font-size: 1.25rem; }
  table.cards, .cards caption, .cards tbody, .cards tr, .cards th, .cards td { display: block; }
  .cards thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; white-space: nowrap; }
  .cards tr { border-bottom: 1px solid var(--rule); padding: 0.5rem 0; }
  .cards th, .cards td, .cards td.number { border: 0; padding: 0.125rem 0; text-align: left; }
  .cards th { font-weight: 600; } .cards { overflow-wrap: break-word; }
  .cards td[data-heading]::before { content: attr(data-heading) ": "; color: var(--quiet); }
  .cards td > div { display: inline; } .cards td > div + div::before { content: "; "; }
}
@media screen and (min-width: 1420px) {
  .contents { position: fixed; left: max(1rem, calc(50% - 700px)); top: 2.5rem; width: 180px; margin: 0; max-height: calc(100vh - 5rem); overflow-y: auto; }
  .contents ul { flex-direction: column; }
}
@media print {
  :root {
    --paper: #fff; --ink: #000; --quiet: #444; --faint: #777; --rule: #bbb; --grid: #ddd; --soft: #f3f3f3; --shade: transparent;
    --accent: #0b5fa5; --good: #00694d; --bad: #b3261e; --doubtful: #8a5a00;
    --hue-1: #0b5fa5; --hue-2: #b84a0e; --hue-3: #00725a; --hue-4: #8a3b8f; --hue-5: #796000; --hue-6: #a81e5c;
    --processing: #2f7fc4; --waiting: #e08a4a; --network: #9aa1a9;
    --load-1: #e4eef8; --load-2: #fdf0c4; --load-3: #fbd3a4; --load-4: #f4b0a6; --track: #1c1e2126;
  }
  @page { margin: 16mm 14mm; }
  body { padding: 0; font-size: 10.5pt; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .wide { display: block; } .narrow { display: none; }
  h2 { margin-top: 1.75rem; } h2, h3, figcaption, caption { break-after: avoid; }
  figure, tr, .tiles > div { break-inside: avoid; }
  figure details { display: none; }
  details::details-content { content-visibility: visible; block-size: auto; }
  .over .picture { max-width: 100%; }
  .scroll { overflow: visible; }
  td.number, th.number, .whole { white-space: normal; }
  table { font-size: 0.8125rem; } th, td { padding-right: 0.75rem; }
  .contents { display: none; }
}
`
