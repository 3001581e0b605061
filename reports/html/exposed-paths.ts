/**
 * Exposures grouped by path: below each what an attacker could do, a lane for each course of time that it took in some run, on one axis with what happened
 * meanwhile. A moment that is the same in all runs is a line through all lanes; one that is not stands in each lane. What is drawn is said in words beside
 * it and for whoever does not see it.
 */
import type { SuiteResult } from '../../scenarios/evidence/model.ts';
import { atMost, staysOpen } from '../conclusion/open-path.ts';
import { exposureFrom, exposureLength, exposureUntil, speechOf } from '../exposure.ts';
import {
  exposureGroups,
  laneName,
  occurrence,
  type ExposedPath,
  type ExposureAxis,
  type ExposureGroup,
  type ExposureLane,
  type NamedInstant,
} from '../exposed-paths.ts';
import { numbered } from '../tally.ts';
import { FINE, timeScale, type TimeScale } from '../time-scale.ts';
import { momentOf, roughly } from '../when.ts';
import { linesId, pathAnchor, scenarioAnchor, variantAnchors } from './anchors.ts';
import { axisTicks, cutLengths, inOneLine, percent, tiersOf, type PlacedName } from './axis.ts';
import { joined, markup, type Content, type Markup } from './markup.ts';

/** What a plot is taken to be wide, in pixels, when names are placed: on a wide page, and on a phone. */
const WIDE = 700;
const NARROW = 330;
const LANE_HEIGHT = 34;
const BAR_TOP = 16;
const BAR_HEIGHT = 11;
const TIER_HEIGHT = 14;
const TICKS_HEIGHT = 40;
/** Scenarios whose pictures stand open; more are folded, each below a line that says what is in it. */
const OPEN_MAX = 3;

/** Every exposure of the suite, so that nobody has to unfold a run to find one. */
export function exposureOverview(suite: SuiteResult): Markup {
  const groups = exposureGroups(suite);
  return markup`<section aria-labelledby="exposures"><h2 id="exposures">Exposures</h2>
<p>What an attacker could do, in which runs, and for how long. An exposure is harm whether or not it was predicted; no verdict takes it away.</p>
${groups.length === 0 ? markup`<p>No probe that was made opened anything.</p>` : LEGEND}
${groups.map((group) => groupSection(group, groups.length <= OPEN_MAX))}
</section>`;
}

const LEGEND = markup`<p class="muted legends"><span class="legend"><svg width="26" height="10" aria-hidden="true"><rect class="surely" width="26" height="10"/></svg> possible</span> <span class="legend"><svg width="26" height="10" aria-hidden="true"><rect class="possibly" width="26" height="10"/></svg> between two attempts: possible or not</span> <span class="legend"><svg width="12" height="12" aria-hidden="true"><path class="open" d="M0 0 L12 6 L0 12 Z"/></svg> nothing shows that it ended</span> <span class="legend"><svg width="26" height="10" aria-hidden="true"><rect class="cut" width="26" height="10"/></svg> ≈ time in which nothing happened, cut out</span> <span class="legend"><i>in italics</i>: runs that show what an error costs</span> Times are UTC.</p>`;

function groupSection({ scenario, paths }: ExposureGroup, open: boolean): Markup {
  const book = paths.filter(({ inBook }) => inBook > 0).length;
  const lost = `${numbered(paths.length, 'path')}, ${book} of them by the book`;
  return markup`<details class="exposed"${open && markup` open`}><summary><h3>${scenario.title}</h3> <span class="muted">${lost}</span></summary>
<p class="muted">The runs: <a href="#${scenarioAnchor(scenario.id)}"><code>${scenario.id}</code></a></p>
${paths.map((path, at) => pathPanel(scenario.id, path, at))}</details>
`;
}

function pathPanel(scenario: string, path: ExposedPath, number: number): Markup {
  const { bar } = path;
  const id = pathAnchor(scenario, bar);
  return markup`<section class="path" id="${id}"><h4>${bar.attacker} could ${bar.capability}: ${bar.asset}</h4>
<p class="muted">${bar.attack} by ${bar.route}; ${occurrence(path)}</p>
${path.axes.map((axis, at) => axisPicture(scenario, path, axis, linesId(scenario, number, at)))}</section>
`;
}

function axisPicture(scenario: string, path: ExposedPath, axis: ExposureAxis, lines: string): Markup {
  const scale = scaleOf(axis);
  return markup`${plotHead(path, axis, scale, lines)}
<ul class="lanes${!axis.byTheBook && ' error'}">${axis.lanes.map((lane) => laneRow(scenario, path, lane, scale, lines))}</ul>
`;
}

function scaleOf({ lanes, moments, from, until }: ExposureAxis): TimeScale {
  const times = [
    ...lanes.flatMap((lane) => [...timesOfLane(lane), ...lane.moments.map(({ time }) => time)]),
    ...moments.map(({ time }) => time),
  ];
  const begin = Math.min(from, ...times);
  // A little room before the first, so that its line is no edge.
  const room = Math.max(
    1,
    Math.round((Math.min(until, ...times.filter((time) => time > begin)) - begin) / 4),
  );
  const plain = timeScale(until, times, FINE, begin - room);
  if (lanes.some(({ bars: [{ bar }] }) => staysOpen(bar))) return plain;
  // Where all ended, there is room behind the last for the name of what ended it.
  const drawn = plain.stretches
    .filter(({ cut }) => !cut)
    .reduce((sum, stretch) => sum + stretch.to - stretch.from, 0);
  return timeScale(until + Math.round(drawn / 4), times, FINE, begin - room);
}

function timesOfLane({ bars: [{ bar, variant }] }: ExposureLane): readonly number[] {
  return [bar.fromEarliest, bar.from, bar.lastSuccess, bar.firstFailure ?? variant.ends];
}

/** Names of moments are placed twice, for a wide page and for a narrow one; the style shows one of them. */
const LOOKS = [
  { look: 'wide', width: WIDE },
  { look: 'narrow', width: NARROW },
] as const;

/** Once where both looks place them alike. */
function inBothLooks(
  place: (width: number) => readonly PlacedName[],
  draw: (names: readonly PlacedName[], look: string) => Markup,
): readonly Markup[] {
  const placed = LOOKS.map(({ look, width }) => ({ look, names: place(width) }));
  const [wide, narrow] = placed;
  const alike = JSON.stringify(wide?.names) === JSON.stringify(narrow?.names);
  return (alike && wide ? [{ ...wide, look: 'either' }] : placed).map(({ look, names }) => draw(names, look));
}

/** The names of what is the same in all runs, the ticks, and the lines that each lane shows again. */
function plotHead(
  { begins }: ExposedPath,
  { moments, byTheBook }: ExposureAxis,
  scale: TimeScale,
  lines: string,
): Markup {
  const names = inBothLooks((width) => tiersOf(placesOf(moments, scale), width), namesPicture);
  return markup`<svg class="definitions" width="0" height="0" aria-hidden="true"><defs><g id="${lines}">${scale.stretches
    .filter(({ cut }) => cut)
    .map(
      ({ x0, x1 }) =>
        markup`<rect class="cut" x="${percent(x0)}" width="${percent(x1 - x0)}" height="${TICKS_HEIGHT}"/>`,
    )}${moments.map(
    ({ time }) =>
      markup`<line class="momentline" x1="${percent(scale.at(time))}" x2="${percent(scale.at(time))}" y2="${TICKS_HEIGHT}"/>`,
  )}</g></defs></svg><div class="lane head"><span class="run">${byTheBook ? 'by the book' : 'with an error'}</span><div class="plot">${names}<svg width="100%" height="${TICKS_HEIGHT}" aria-hidden="true"><use href="#${lines}"/>${cutLengths(scale, TICKS_HEIGHT - 3)}${axisTicks(scale, begins, 0, TICKS_HEIGHT)}</svg></div></div>`;
}

/** Names one below the other, each on its line down to the ticks. */
function namesPicture(names: readonly PlacedName[], look: string): Markup {
  const height = names.reduce((most, { tier }) => Math.max(most, tier + 1), 0) * TIER_HEIGHT;
  if (height === 0) return markup``;
  return markup`<svg class="${look}" width="100%" height="${height}" aria-hidden="true">${names.map(
    (name) =>
      markup`<line class="momentline" x1="${percent(name.x)}" x2="${percent(name.x)}" y1="${name.tier * TIER_HEIGHT + 2}" y2="${height}"/>${nameText(name, name.tier * TIER_HEIGHT + 11)}`,
  )}</svg>`;
}

function placesOf(moments: readonly NamedInstant[], scale: TimeScale): { x: number; text: string }[] {
  return moments.map(({ names, time }) => ({ x: scale.at(time), text: names.join(', ') }));
}

function nameText({ x, text, anchor }: PlacedName, y: number): Markup {
  return markup`<text class="name" x="${percent(x)}" dx="${anchor === 'start' ? 4 : -4}" y="${y}"${anchor === 'end' && markup` text-anchor="end"`}>${text}</text>`;
}

function laneRow(
  scenario: string,
  path: ExposedPath,
  lane: ExposureLane,
  scale: TimeScale,
  lines: string,
): Markup {
  const [{ bar }] = lane.bars;
  return markup`<li class="lane"><div class="run">${runsOf(scenario, lane)}</div><svg class="plot" width="100%" height="${LANE_HEIGHT}" role="img" aria-label="${laneText(path, lane)}"><use href="#${lines}"/>${barOf(lane, scale)}${ownMoments(lane, scale)}</svg><div class="for"><b>${staysOpen(bar) ? 'open' : `≤ ${roughly(atMost(bar), 'at most')}`}</b> <span class="muted">${
    staysOpen(bar) ? `to the end, ${exposureLength(bar).split(',')[0] ?? ''}` : (bar.refusedAs ?? 'refused')
  }</span>${bar.audioSeconds > 0 && markup` <span class="yield">${speechOf(bar)}</span>`}</div></li>
`;
}

/** A line for each; those that bear a name reach up to it. */
function ownMoments({ moments }: ExposureLane, scale: TimeScale): Content {
  if (moments.length === 0) return undefined;
  const line = (x: number, top: number): Markup =>
    markup`<line class="ownline" x1="${percent(x)}" x2="${percent(x)}" y1="${top}" y2="${LANE_HEIGHT}"/>`;
  return [
    ...moments.map(({ time }) => line(scale.at(time), BAR_TOP - 2)),
    ...inBothLooks(
      (width) => inOneLine(placesOf(moments, scale), width),
      (names, look) =>
        markup`<g class="${look}">${names.map((name) => [line(name.x, 2), nameText(name, 11)])}</g>`,
    ),
  ];
}

/** The run as a link; of several, a count that unfolds to them. */
function runsOf(scenario: string, lane: ExposureLane): Content {
  const names = [...new Set(lane.bars.map(({ variant }) => variant.name))];
  const links = names.map(
    (name) => markup`<a href="#${variantAnchors(scenario, name).part('exposure')}">${name}</a>`,
  );
  if (links.length <= 2) return joined(links, ', ');
  return markup`<details><summary>${laneName(lane)}</summary>${joined(links, ', ')}</details>`;
}

/** The lane in words: from when to when, and what happened in these runs alone. */
function laneText({ begins }: ExposedPath, lane: ExposureLane): string {
  const [{ bar, variant }] = lane.bars;
  const own = lane.moments.map(({ names, time }) => `${names.join(', ')} ${momentOf(begins, time)}`);
  return [
    `${laneName(lane)}: open from ${exposureFrom(variant.begins, bar)}, ${exposureUntil(variant.begins, bar)}; ${exposureLength(bar)}`,
    ...own,
  ].join('; ');
}

/** Solid where it was possible, hatched where it may have been, with an arrow where nothing shows that it ended. */
function barOf({ bars: [{ bar, variant }] }: ExposureLane, scale: TimeScale): Content {
  const ends = bar.firstFailure ?? variant.ends;
  const seen = percent(scale.at(bar.from));
  return markup`${segment('possibly', bar.fromEarliest, bar.from, scale)}${segment('possibly', bar.lastSuccess, ends, scale)}${segment('surely', bar.from, bar.lastSuccess, scale)}<line class="probe" x1="${seen}" x2="${seen}" y1="${BAR_TOP}" y2="${BAR_TOP + BAR_HEIGHT}"/>${
    bar.firstFailure === undefined &&
    markup`<svg x="${percent(scale.at(ends))}" y="${BAR_TOP}" overflow="visible"><path class="open" d="M-9 -2 L3 5.5 L-9 13 Z"/></svg>`
  }`;
}

function segment(className: string, from: number, to: number, scale: TimeScale): Content {
  const [x0, x1] = [scale.at(from), scale.at(to)];
  return (
    x1 > x0 &&
    markup`<rect class="${className}" x="${percent(x0)}" width="${percent(x1 - x0)}" y="${BAR_TOP}" height="${BAR_HEIGHT}"/>`
  );
}
