/** The page's style sheet: the system's own fonts, one column, light and dark by the reader's choice, and paper. */
import { DARK, declarations, LIGHT } from './colours.ts';

/** CSS for one `style` element; it loads nothing, and its colours are those of `Colours`. */
export const STYLE = `
:root { ${declarations(LIGHT)} color-scheme: light dark; }
@media (prefers-color-scheme: dark) { :root { ${declarations(DARK)} } }
* { box-sizing: border-box; }
html { font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; background: var(--page); color: var(--text); -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; }
body { margin: 0; }
main, footer { max-width: 76rem; margin: 0 auto; padding: 0 1.5rem; }
footer { color: var(--muted); padding-bottom: 2rem; font-size: .87rem; }
h1, h2, h3, h4, h5, h6 { line-height: 1.25; font-weight: 600; margin: 0; overflow-wrap: anywhere; }
h1 { font-size: 1.7rem; letter-spacing: -.01em; text-wrap: balance; }
h2 { font-size: 1.3rem; margin: 3rem 0 .5rem; padding-top: .6rem; border-top: 1px solid var(--line); }
h3 { font-size: 1.1rem; }
h4 { font-size: 1rem; }
h5 { font-size: 1rem; }
h6 { font-size: .87rem; color: var(--muted); margin: .8rem 0 .3rem; }
p { margin: .5rem 0; max-width: 48rem; }
a { color: var(--link); text-underline-offset: .15em; text-decoration-thickness: 1px; overflow-wrap: anywhere; }
code { font: .87em/1.45 ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; overflow-wrap: anywhere; }
h3 code { font-weight: 400; color: var(--muted); margin-left: .35rem; }
.muted { color: var(--muted); }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.whole { white-space: nowrap; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: 1rem; background: var(--page); padding: .5rem; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
:target { background: var(--harm-panel); }
.variant:target { background: none; border-color: var(--harm); }
.definitions { position: absolute; }
header { padding-top: 2.4rem; }
.kicker { margin: 0 0 .3rem; color: var(--muted); }
nav { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; margin: 1rem 0 0; }
.banner { border: 1px solid var(--harm); background: var(--harm-panel); padding: .6rem .8rem; border-radius: 4px; max-width: none; }
.attention { list-style: none; margin: 0; padding: 0; }
.attention li { border-left: 3px solid var(--fail); background: var(--fail-panel); padding: .45rem .8rem; margin: .5rem 0; overflow-wrap: anywhere; }
.attention li.inconclusive { border-color: var(--doubt); background: var(--panel); }

.question { margin: 1.4rem 0; }
.question ul, .finding > ul { margin: .4rem 0; padding-left: 1.1rem; max-width: 62rem; }
.question li, .finding li { margin: .3rem 0; overflow-wrap: anywhere; }
.grounds { color: var(--muted); font-size: .8rem; }
.finding { margin: 2rem 0; }
.matrix { width: auto; font-size: .87rem; }
.matrix thead th { vertical-align: bottom; padding: .3rem .2rem; min-width: 0; }
.matrix thead .turned { writing-mode: vertical-rl; transform: rotate(180deg); white-space: nowrap; }
.matrix.upright { width: 100%; }
.matrix.upright thead th { white-space: normal; text-align: center; min-width: 4.6rem; line-height: 1.25; }
.matrix.upright thead th:first-child { text-align: left; }
.matrix th a { text-decoration-color: var(--line); }
.matrix tbody th a { color: var(--text); }
.matrix tbody th, .matrix thead th:first-child { position: sticky; left: 0; background: var(--page); min-width: 17rem; max-width: 24rem; padding-right: .8rem; }
.matrix .by { display: block; color: var(--muted); font-size: .8rem; }
.matrix td { min-width: 0; padding: .38rem .35rem; text-align: center; vertical-align: middle; white-space: nowrap; border-left: 1px solid var(--line); font-variant-numeric: tabular-nums; }
.matrix .is-open { color: var(--page); background: var(--harm); font-weight: 600; }
.matrix .was-open { color: var(--text); background: var(--harm-panel); }
.matrix .was-open.day { background: color-mix(in srgb, var(--harm) 24%, var(--page)); }
.matrix .was-open.days { background: color-mix(in srgb, var(--harm) 40%, var(--page)); }
.matrix td { border-bottom-color: var(--page); border-left-color: var(--page); }
.matrix .was-refused { color: var(--pass); }
.matrix .not-known { color: var(--doubt); font-weight: 600; }
.matrix .not-tried { color: var(--muted); }
.legends { font-size: .8rem; max-width: none; }

dl { margin: .8rem 0; }
dl div { display: grid; grid-template-columns: 9rem minmax(0, 1fr); gap: .75rem; padding: .18rem 0; }
dt { color: var(--muted); }
dd { margin: 0; overflow-wrap: anywhere; }

.badge { display: inline-block; font-size: .8rem; font-weight: 600; line-height: 1.45; padding: 0 .45rem; border: 1px solid currentColor; border-radius: 3px; white-space: nowrap; }
.badge.pass { color: var(--pass); }
.badge.fail { color: var(--fail); background: var(--fail-panel); }
.badge.inconclusive { color: var(--doubt); }
.badge.waived { color: var(--link); }
.badge.not-tested, .badge.not-applicable, .badge.plain { color: var(--muted); font-weight: 400; }
.badge.harm { color: var(--harm); background: var(--harm-panel); white-space: normal; }
.badge.count { white-space: nowrap; }
.failtext { color: var(--fail); }

.boxes { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 1rem; margin-top: .8rem; }
.box { background: var(--panel); border: 1px solid var(--line); border-radius: 4px; padding: .8rem 1rem; }
.box ul { margin: .4rem 0 0; padding-left: 1.1rem; }
.box li { margin: .3rem 0; }

.scroll { overflow-x: auto; margin: .8rem 0; }
table { border-collapse: collapse; width: 100%; font-size: .93rem; }
caption { text-align: left; color: var(--muted); font-size: .87rem; padding: 0 0 .35rem; }
th, td { text-align: left; vertical-align: top; padding: .38rem .9rem .38rem 0; border-bottom: 1px solid var(--line); overflow-wrap: break-word; min-width: 4.5rem; }
td:last-child { padding-right: 0; }
thead th { font-weight: 600; border-bottom-color: var(--muted); white-space: nowrap; }
tbody th { font-weight: 400; }
td:empty { min-width: 0; }
.clauses td { min-width: 15rem; }
.clauses td:nth-of-type(1) { min-width: 0; }
.clauses td:nth-of-type(2), .modalities td { min-width: 0; }
.coverage { vertical-align: middle; }
.coverage .ground { fill: var(--line); }
.coverage .tested { fill: var(--link); }
.clauses tbody th a { color: var(--text); text-decoration-color: var(--line); }
#hits { list-style: none; margin: .3rem 0 0; padding: 0; font-size: .87rem; }
#hits:empty { display: none; }
#hits li { padding: .2rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
#search { margin: .8rem 0 0; }
.clauses .checks { display: block; font-size: .87rem; color: var(--muted); }
.asset { font-weight: 600; }
.exposures tbody th { min-width: 9rem; color: var(--harm); }
.exposures td { min-width: 6.5rem; }
.time, .digest { font-variant-numeric: tabular-nums; }
.time { display: inline-block; }
.data { color: var(--muted); }
.events td:last-child { min-width: 18rem; }
.tools { display: flex; flex-wrap: wrap; gap: .4rem 1rem; align-items: baseline; max-width: none; }
.tools[hidden] { display: none; }
input, select, button { font: inherit; color: inherit; background: var(--page); border: 1px solid var(--muted); border-radius: 4px; padding: .15rem .5rem; }
select, input { max-width: 100%; }
button { cursor: pointer; }
output { color: var(--muted); }

.scenario { margin: 1.8rem 0 2.6rem; }
summary { cursor: pointer; }
.drift h3 { margin: 1.2rem 0 .4rem; }
.variant { border: 1px solid var(--line); border-radius: 4px; margin: .7rem 0; }
.variant > summary { padding: .6rem .9rem; background: var(--panel); border-radius: 4px; }
.variant > summary h4, .part > summary h5 { display: inline; }
.vtitle { margin: 0 .5rem; }
.vmarks { display: inline-flex; flex-wrap: wrap; gap: .25rem; }
.variant > .body { padding: .4rem .9rem 1rem; }
.variant h5 { margin-top: 1.2rem; }
.part { margin: .9rem 0; }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(19rem, 1fr)); gap: 0 2rem; align-items: start; }

.checklist { border-top: 1px solid var(--line); }
.check { border-bottom: 1px solid var(--line); }
.check > summary { display: grid; grid-template-columns: 8.4rem minmax(0, 1fr); gap: .7rem; padding: .4rem .3rem; list-style: none; }
.check > summary::-webkit-details-marker { display: none; }
.check > summary:hover, .variant > summary:hover { background: var(--panel); }
.check .marks::before { content: "▸"; color: var(--muted); display: inline-block; width: 1.05rem; }
.check[open] .marks::before { content: "▾"; }
.check .title { font-weight: 600; overflow-wrap: anywhere; }
.check .id { color: var(--muted); }
.check .why { display: block; color: var(--muted); overflow-wrap: anywhere; }
.check.fail .why, .check.inconclusive .why { color: var(--text); }
.check dl { margin: 0; }
.check > .body { padding: 0 .3rem .5rem 9.4rem; font-size: .93rem; }
.chains { margin: 0; padding: 0; list-style: none; }
audio { display: block; height: 2.2rem; width: min(24rem, 100%); margin-top: .3rem; }
td audio { width: 11rem; }
td:has(audio) a { overflow-wrap: anywhere; }

svg text { font: 12px system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; fill: var(--text); font-variant-numeric: tabular-nums; }
svg text.small { font-size: 11px; fill: var(--muted); }
.timeline { margin: .8rem 0; padding: 0 10px; }
.timeline > svg { display: block; overflow: visible; }
.timeline figcaption { color: var(--muted); font-size: .87rem; margin-top: .5rem; }
.legend { display: inline-block; margin-right: .9rem; }
.legend b { color: var(--text); }
.legend svg { vertical-align: -.05em; }
.tick { overflow: visible; text-anchor: middle; }
.axis, .base, .tick path { stroke: var(--line); shape-rendering: crispEdges; }
.axis { stroke: var(--muted); }
.lane { font-size: 11px; fill: var(--muted); }
.step circle { fill: var(--link); stroke: var(--page); stroke-width: 1.5; }
.step circle.refused { fill: var(--page); stroke: var(--fail); }
.moment circle { fill: var(--text); stroke: var(--page); stroke-width: 1.5; }
.moment .number { font-weight: 600; }
svg text.number { font-size: 11px; fill: var(--muted); }
.moment text.number { fill: var(--text); }
.momentline { stroke: var(--muted); stroke-dasharray: 2 3; }
.surely { fill: var(--harm); }
.possibly { fill: url(#hatch); stroke: var(--harm); stroke-width: .75; }
.open { fill: var(--harm); }
.probe { stroke: var(--harm); stroke-width: 3; }
.bar text { fill: var(--harm); font-weight: 600; }
.bar text.small { font-weight: 400; }
.cut { fill: url(#cut); stroke: var(--line); }
.hatch-ground { fill: var(--page); }
.hatch-line { stroke: var(--harm); stroke-width: 3; }
.cut-line { stroke: var(--line); stroke-width: 3; }

.on-paper { display: none; }
.exposed { margin: 1rem 0; }
.exposed > summary h3 { display: inline; }
.path { margin: 1.6rem 0 2.2rem; max-width: 76rem; }
.path > h4 { color: var(--harm); }
.path > p { margin: .1rem 0 .5rem; font-size: .87rem; }
.lanes { list-style: none; margin: 0; padding: 0; border-bottom: 1px solid var(--line); }
li.lane, .lane.head { display: grid; grid-template-columns: 13rem minmax(0, 1fr) 11.5rem; column-gap: 1rem; align-items: center; }
.lane.head { border-bottom: 1px solid var(--muted); }
.lane.head .plot { grid-column: 2; }
.lane.head svg { display: block; overflow: visible; }
.lane.head svg.narrow { display: none; }
.lane + .lane { border-top: 1px solid var(--line); }
.plot { display: block; overflow: visible; }
.lane .run, .lane .for { font-size: .87rem; line-height: 1.3; overflow-wrap: anywhere; }
.lanes.error .run { font-style: italic; }
.lane .for b { color: var(--harm); }
.lane .for .muted, .lane .yield { display: block; font-size: .8rem; }
.ownline { stroke: var(--text); stroke-width: 1.5; }
svg text.name { font-size: 11px; paint-order: stroke; stroke: var(--page); stroke-width: 4px; stroke-linejoin: round; }
.narrow { display: none; }

.lanenames, .message > summary { display: grid; grid-template-columns: 6.4rem minmax(0, 1fr); column-gap: .4rem; align-items: center; }
.lanenames { position: sticky; top: 0; z-index: 1; background: var(--page); border-bottom: 1px solid var(--muted); padding: .35rem 0 .2rem; }
.lanenames > div { display: grid; grid-auto-flow: column; grid-auto-columns: minmax(0, 1fr); align-items: end; }
.who { font-weight: 600; font-size: .82rem; text-align: center; overflow-wrap: anywhere; line-height: 1.15; justify-self: center; }
.message > summary { list-style: none; }
.message > summary::-webkit-details-marker { display: none; }
.message > summary:hover, .message[open] > summary { background: var(--panel); }
.message > .body { padding: 0 0 .6rem 6.8rem; font-size: .87rem; border-bottom: 1px solid var(--line); }
.message dl { margin: .2rem 0; }
.message .row { display: block; overflow: visible; grid-column: 2; grid-row: 1; }
.message .said { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.fields { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: 0 1.1rem; }
.fields li { overflow-wrap: anywhere; min-width: 0; }
.pause { margin: 0; padding: .15rem 0; font-size: .8rem; color: var(--muted); border-top: 1px dotted var(--line); max-width: none; }
.laneline { stroke: color-mix(in srgb, var(--muted) 50%, var(--page)); shape-rendering: crispEdges; }
svg text.label { font-size: 11.5px; }
.clock { font: 11px ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace; color: var(--muted); }
.legend b.fate { color: var(--fail); }
svg text.fate { fill: var(--fail); font-weight: 700; font-size: 13px; }
svg text.halo { paint-order: stroke; stroke: var(--page); stroke-width: 4px; stroke-linejoin: round; }
.signalling { stroke: var(--link); stroke-width: 1.25; }
.media { stroke: var(--media); stroke-width: 3.5; }
.people { stroke: var(--muted); stroke-width: 1.5; stroke-dasharray: 1.5 3.5; stroke-linecap: round; }
.attack { stroke: var(--fail); stroke-width: 1.75; stroke-dasharray: 7 3; }
.head-signalling { fill: var(--link); }
.head-media { fill: var(--media); }
.head-people { fill: var(--muted); }
.head-attack { fill: var(--fail); }
svg text.t-attack { fill: var(--fail); font-weight: 600; }
svg text.t-people { font-style: italic; }

@media screen and (max-width: 46rem) {
  html { font-size: 14.5px; }
  main, footer { padding: 0 .9rem; }
  h1 { font-size: 1.35rem; }
  .boxes { grid-template-columns: minmax(0, 1fr); }
  dl div { grid-template-columns: 5.9rem minmax(0, 1fr); gap: .6rem; }
  .check > summary { grid-template-columns: minmax(0, 1fr); gap: .15rem; }
  .check > .body { padding-left: 1.35rem; }
  .vtitle { display: block; margin: .15rem 0 .3rem; }
  .variant > .body { padding: .3rem .6rem .8rem; }
  .wide, .lane.head svg.wide { display: none; }
  .lane.head svg.narrow { display: block; }
  .narrow { display: inline; }
  .lanenames, .message > summary { grid-template-columns: minmax(0, 1fr); }
  .lanenames > span { display: none; }
  .who { writing-mode: vertical-rl; transform: rotate(180deg); max-height: 7rem; text-align: left; }
  .message > summary { border-top: 1px solid var(--line); padding-top: .2rem; }
  .message .said { position: static; width: auto; height: auto; clip-path: none; white-space: normal; font-size: .87rem; line-height: 1.3; overflow-wrap: anywhere; }
  .message .row { grid-column: 1; grid-row: auto; margin-top: -10px; }
  .message > .body { padding-left: .6rem; }
  li.lane, .lane.head { display: grid; grid-template-columns: minmax(0, 1fr) auto; padding: .25rem 0; }
  .lane.head .plot, .lane .plot { grid-column: 1 / -1; grid-row: 2; }
  .lane .for { text-align: right; }
  .lane .for .muted, .lane .yield { display: inline; }
  .whole { white-space: normal; }
  table, tbody, tbody tr, tbody th, tbody td { display: block; min-width: 0; width: auto; }
  caption { display: block; }
  thead { position: absolute; left: 0; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
  tbody tr { border-bottom: 1px solid var(--line); padding: .5rem 0; }
  tbody tr[hidden] { display: none; }
  tbody th, tbody td { border: 0; padding: .1rem 0; }
  tbody th { font-weight: 600; }
  tbody td, .clauses tbody td:nth-of-type(n), .exposures tbody td, .events tbody td { position: relative; min-width: 0; width: auto; min-height: 1.6rem; padding-left: 6.5rem; }
  tbody td:empty { display: none; }
  .matrix tbody th, .matrix thead th:first-child { position: static; max-width: none; }
  .matrix tbody td { text-align: left; border: 0; padding-left: 12rem; white-space: normal; }
  .matrix tbody td::before { width: 11.5rem; }
  .matrix tbody td.not-tried { display: none; }
  .matrix td.is-open { color: var(--harm); background: none; }
  .drift tbody td:nth-of-type(n) { padding-left: 9.5rem; }
  .drift tbody td::before { width: 9rem; }
  tbody td::before { content: attr(data-head); color: var(--muted); position: absolute; left: 0; width: 6rem; }
}
@page { margin: 14mm 12mm; }
@media print {
  :root { ${declarations(LIGHT)} color-scheme: light; }
  html { font-size: 9.5pt; }
  main, footer { max-width: none; padding: 0; }
  .tools, .skip, nav, audio, #hits { display: none; }
  body:has([data-packed]) .on-paper { display: block; }
  .scroll { overflow: visible; }
  h2, h3, h4, h5, summary { break-after: avoid; }
  tr, .check, .timeline, .box { break-inside: avoid; }
  details:not(.message)::details-content { content-visibility: visible; block-size: auto; }
  .message { break-inside: avoid; }
  .matrix { table-layout: fixed; width: 100%; min-width: 0; }
  .matrix:not(.upright) { font-size: 6.5pt; }
  .matrix thead th:first-child { width: 20%; }
  .matrix tbody td { white-space: normal; min-width: 0; padding: 1px; overflow-wrap: break-word; }
  .lanenames { position: static; }
  .typed td:nth-of-type(4) { min-width: 16rem; }
  .typed .whole { white-space: normal; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
