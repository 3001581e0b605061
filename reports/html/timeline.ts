/**
 * The picture of one run on its time axis: who typed what, the moments, and under them the exposures, so that a reader sees
 * which step ended which exposure. Positions are percentages and the text keeps its size, so one picture serves a wide
 * window, a phone and paper. All it says is said again in tables.
 */
import type { ExposureBar, ReportedLine, VariantResult } from '../../scenarios/evidence/model.ts';
import type { Micros } from '../../sim/clock.ts';
import { exposureFrom, exposureLength, exposureUntil } from '../exposure.ts';
import { storyMoments, timesOf } from '../moments.ts';
import { numbered } from '../tally.ts';
import { FINE, timeScale, type TimeScale } from '../time-scale.ts';
import { momentOf, roughly } from '../when.ts';
import { axisTicks, cutBands, percent } from './axis.ts';
import type { VariantAnchors } from './anchors.ts';
import { markup, type Content, type Markup } from './markup.ts';

const AXIS_HEIGHT = 48;
const LANE_HEIGHT = 46;
const BAR_ROW_HEIGHT = 42;
const BAR_HEIGHT = 12;
/** Marks nearer than this share of the width have one label. */
const LABEL_SPACING = 0.045;

/** A lane for each person who typed, one for moments if there are any, and a bar for each exposure. */
export function timeline(variant: VariantResult, anchors: VariantAnchors): Markup {
  const moments = storyMoments(variant);
  const people = [...new Set(variant.typed.map(({ by }) => by))];
  const scale = timeScale(variant.ends, timesOf(variant, moments), FINE);
  const lanes = [
    ...people.map((person) => (y: number) => lane(y, person, typedMarks(variant, person, scale))),
    ...(moments.length === 0
      ? []
      : [
          (y: number) =>
            lane(
              y,
              'moments',
              moments.map(({ letter, name, time }) => ({
                x: scale.at(time),
                label: letter,
                title: `${momentOf(variant.begins, time)} ${name}`,
              })),
              'moment',
            ),
        ]),
  ];
  const barsAt = AXIS_HEIGHT + lanes.length * LANE_HEIGHT;
  const height = barsAt + variant.exposure.length * BAR_ROW_HEIGHT + 4;
  const summary = `Timeline of ${variant.title}: ${numbered(variant.typed.length, 'typed line')}, ${numbered(moments.length, 'moment')}, ${numbered(variant.exposure.length, 'exposure')}, from ${momentOf(variant.begins, 0)} to ${momentOf(variant.begins, variant.ends)}`;
  return markup`<figure class="timeline">
<svg width="100%" height="${height}" role="img" aria-label="${summary}">
${cutBands(scale, height, 37)}<line class="axis" x1="0" x2="100%" y1="${AXIS_HEIGHT - 6}" y2="${AXIS_HEIGHT - 6}"/>
${axisTicks(scale, variant.begins, 0, height)}
${moments.map(({ time }) => markup`<line class="momentline" x1="${percent(scale.at(time))}" x2="${percent(scale.at(time))}" y1="${barsAt - 18}" y2="${height}"/>`)}
${lanes.map((draw, index) => draw(AXIS_HEIGHT + index * LANE_HEIGHT))}
${variant.exposure.map((bar, index) => barRow(bar, variant, scale, barsAt + index * BAR_ROW_HEIGHT))}
</svg>
<figcaption id="${anchors.part('timeline')}">Times are UTC; numbers are the <a href="#${anchors.part('typed')}">typed lines</a>. ${moments.map(
    ({ letter, name, time }) =>
      markup`<span class="legend"><b>${letter}</b> ${name} ${momentOf(variant.begins, time)}</span> `,
  )}${variant.exposure.length > 0 && LEGEND}${cutsText(scale, variant.begins)}</figcaption>
</figure>`;
}

const LEGEND = markup`<span class="legend"><svg width="26" height="10" aria-hidden="true"><rect class="surely" width="26" height="10"/></svg> possible</span> <span class="legend"><svg width="26" height="10" aria-hidden="true"><rect class="possibly" width="26" height="10"/></svg> between two probes: possible or not</span> <span class="legend"><svg width="12" height="12" aria-hidden="true"><path class="open" d="M0 0 L12 6 L0 12 Z"/></svg> open at the end</span> `;

function cutsText(scale: TimeScale, begins: number): Content {
  const cuts = scale.stretches.filter(({ cut }) => cut);
  if (cuts.length === 0) return undefined;
  return markup`<span class="legend"><svg width="26" height="10" aria-hidden="true"><rect class="cut" width="26" height="10"/></svg> not to scale: ${cuts
    .map(({ from, to }) => `${roughly(to - from, 'at least')} from ${momentOf(begins, from)}`)
    .join('; ')}</span>`;
}

interface Mark {
  readonly x: number;
  readonly label: string;
  readonly title: string;
  readonly refused?: boolean;
}

function typedMarks(variant: VariantResult, person: string, scale: TimeScale): Mark[] {
  return variant.typed.flatMap((line, index) =>
    line.by === person
      ? [
          {
            x: scale.at(line.time),
            label: String(index + 1),
            title: markTitle(variant, line),
            refused: line.refused !== undefined,
          },
        ]
      : [],
  );
}

function markTitle(variant: VariantResult, { time, by, on, line, refused }: ReportedLine): string {
  const place = on === by ? by : `${by} on ${on}`;
  return `${momentOf(variant.begins, time)} ${place}: ${line}${refused === undefined ? '' : ` (refused: ${refused})`}`;
}

function lane(y: number, name: string, marks: readonly Mark[], className = 'step'): Markup {
  const base = y + 22;
  return markup`<g class="${className}"><text class="lane" x="0" y="${y + 10}">${name}</text><line class="base" x1="0" x2="100%" y1="${base}" y2="${base}"/>
${marks.map(({ x, title, refused }) => markup`<circle class="${refused === true && 'refused'}" cx="${percent(x)}" cy="${base}" r="5"><title>${title}</title></circle>`)}
${labelsOf(marks).map(({ x, label }) => markup`<text class="number" x="${percent(x)}" y="${base + 17}" text-anchor="middle">${label}</text>`)}</g>
`;
}

/** Marks that stand too close share a label: `3…7`. */
function labelsOf(marks: readonly Mark[]): { readonly x: number; readonly label: string }[] {
  const groups: { first: Mark; last: Mark; count: number }[] = [];
  for (const mark of marks) {
    const group = groups.at(-1);
    if (group !== undefined && mark.x - group.first.x < LABEL_SPACING) {
      group.last = mark;
      group.count++;
    } else {
      groups.push({ first: mark, last: mark, count: 1 });
    }
  }
  return groups.map(({ first, last, count }) => ({
    x: (first.x + last.x) / 2,
    label: count === 1 ? first.label : `${first.label}${count === 2 ? ', ' : '…'}${last.label}`,
  }));
}

function barRow(bar: ExposureBar, variant: VariantResult, scale: TimeScale, y: number): Markup {
  const top = y + 20;
  const open = bar.firstFailure === undefined;
  const ends = bar.firstFailure ?? variant.ends;
  const text = `${bar.capability} ${bar.asset}`;
  const title = `${text}: ${exposureFrom(variant.begins, bar)}, ${exposureUntil(variant.begins, bar)}`;
  return markup`<g class="bar"><title>${title}</title><text class="halo" x="0" y="${y + 14}">${text}</text><text class="small wide" x="100%" y="${y + 14}" text-anchor="end">${exposureLength(bar)}</text>
<line class="base" x1="0" x2="100%" y1="${top + BAR_HEIGHT}" y2="${top + BAR_HEIGHT}"/>
${segment('possibly', bar.fromEarliest, bar.from, scale, top)}${segment('possibly', bar.lastSuccess, ends, scale, top)}${segment('surely', bar.from, bar.lastSuccess, scale, top)}
<line class="probe" x1="${percent(scale.at(bar.from))}" x2="${percent(scale.at(bar.from))}" y1="${top}" y2="${top + BAR_HEIGHT}"/>${
    open &&
    markup`<svg x="100%" y="${top}" overflow="visible"><path class="open" d="M-10 -2 L4 6 L-10 14 Z"/></svg>`
  }</g>
`;
}

function segment(className: string, from: Micros, to: Micros, scale: TimeScale, top: number): Content {
  const x0 = scale.at(from);
  const x1 = scale.at(to);
  return (
    x1 > x0 &&
    markup`<rect class="${className}" x="${percent(x0)}" width="${percent(x1 - x0)}" y="${top}" height="${BAR_HEIGHT}"/>`
  );
}
