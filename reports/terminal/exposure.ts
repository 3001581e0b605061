/**
 * The exposure picture in text: one row per asset and capability on a common axis, as wide as the terminal allows.
 *
 *     impersonate identity alice                   at least 34m, at most 51m
 *            ░░░░░░██████████████████░
 *     ├──────A──────────────────BC───────────────────≈≈≈≈────────────────┤
 */
import type { ExposureBar, VariantResult } from '../../scenarios/evidence/model.ts';
import {
  exposureFrom,
  exposureLength,
  exposureUntil,
  notProbed,
  pathOf,
  remarkOf,
  yieldOf,
} from '../exposure.ts';
import { letteredMoments, timesOf, type LetteredMoment } from '../moments.ts';
import { timeScale, type TimeScale } from '../time-scale.ts';
import { momentOf, roughly } from '../when.ts';
import { padded } from './columns.ts';
import { cell, paddedCell, paragraph, type Style } from './style.ts';

const INDENT = 6;

/** Lines of one variant's exposure, and what was not probed; none when all probes were made and nothing was exposed. */
export function exposureLines(variant: VariantResult, style: Style): string[] {
  if (variant.exposure.length === 0) return unprobedLines(variant, style);
  const { palette, columns } = style;
  const width = columns - INDENT;
  const scale = timeScale(variant.ends, timesOf(variant));
  const moments = letteredMoments(variant);
  const margin = ' '.repeat(INDENT);
  return [
    `    ${palette.strong('exposure')}  ${palette.quiet(legend(style))}`,
    ...variant.exposure.flatMap((bar) => [
      margin + titleLine(bar, width, style),
      margin + barLine(bar, scale, width, style),
      ...quietly(factsOf(variant.begins, bar, style), style),
    ]),
    margin + palette.quiet(axisLine(scale, moments, width, style)),
    margin + palette.quiet(datesLine(variant, width, style)),
    ...quietly(legendOf(moments, variant.begins, style), style),
    ...quietly(cutsText(scale, variant.begins, style), style),
    ...unprobedLines(variant, style),
  ];
}

/** What nobody tried: neither open nor closed. */
function unprobedLines(variant: VariantResult, style: Style): string[] {
  const ids = notProbed(variant);
  return ids.length === 0 ? [] : quietly(`not probed: ${ids.join(', ')}`, style);
}

function quietly(text: string, style: Style): string[] {
  return paragraph(text, INDENT, style).map(style.palette.quiet);
}

function legend({ glyphs }: Style): string {
  return `${glyphs.surely} possible  ${glyphs.possibly} between two probes  ${glyphs.open} still open`;
}

/** What was exposed, and at the right edge for how long. */
function titleLine(bar: ExposureBar, width: number, style: Style): string {
  const length = exposureLength(bar);
  const title = paddedCell(`${bar.capability} ${bar.asset}`, width - length.length - 2, style);
  return `${style.palette.harm(title)}  ${length}`;
}

function factsOf(begins: number, bar: ExposureBar, { glyphs }: Style): string {
  const until = exposureUntil(begins, bar);
  return [
    `from ${exposureFrom(begins, bar)}`,
    bar.firstFailure === undefined ? until : `until ${until}`,
    ...yieldOf(bar),
    remarkOf(begins, bar),
    `${bar.attacker}: ${pathOf(bar)}`,
  ]
    .filter((part) => part !== undefined)
    .join(` ${glyphs.dot} `);
}

function columnOf(scale: TimeScale, time: number, width: number): number {
  return Math.min(width - 1, Math.floor(scale.at(time) * width));
}

function barLine(bar: ExposureBar, scale: TimeScale, width: number, { glyphs, palette }: Style): string {
  const earliest = columnOf(scale, bar.fromEarliest, width);
  const from = columnOf(scale, bar.from, width);
  const last = Math.max(from, columnOf(scale, bar.lastSuccess, width));
  const failure = bar.firstFailure === undefined ? width - 1 : columnOf(scale, bar.firstFailure, width);
  const before = glyphs.possibly.repeat(from - earliest);
  const surely = glyphs.surely.repeat(last - from + 1);
  const after = glyphs.possibly.repeat(Math.max(0, failure - last));
  const open = bar.firstFailure === undefined;
  const drawn = before + surely + after;
  return ' '.repeat(earliest) + palette.harm(open ? drawn.slice(0, -1) + glyphs.open : drawn);
}

/** The axis, with the letters of the moments standing on it. */
function axisLine(
  scale: TimeScale,
  moments: readonly LetteredMoment[],
  width: number,
  { glyphs }: Style,
): string {
  const cells = Array.from({ length: width }, (_, column) => {
    const middle = (column + 0.5) / width;
    const cut = scale.stretches.some(({ cut, x0, x1 }) => cut && x0 <= middle && middle < x1);
    return cut ? glyphs.cut : glyphs.axis;
  });
  cells[0] = glyphs.axisStart;
  cells[width - 1] = glyphs.axisEnd;
  let free = 0;
  for (const { letter, time } of moments) {
    // Moments in one column stand side by side, as far as there is room.
    const column = Math.max(free, columnOf(scale, time, width));
    if (column + letter.length > width) break;
    cells.splice(column, letter.length, ...letter.split(''));
    free = column + letter.length;
  }
  return cells.join('');
}

function datesLine(variant: VariantResult, width: number, style: Style): string {
  const first = momentOf(variant.begins, 0);
  const last = momentOf(variant.begins, variant.ends);
  return cell(padded(first, width - last.length) + last, width, style);
}

function legendOf(moments: readonly LetteredMoment[], begins: number, { glyphs }: Style): string {
  return moments
    .map(({ letter, name, time }) => `${letter} ${name} ${momentOf(begins, time)}`)
    .join(` ${glyphs.dot} `);
}

function cutsText(scale: TimeScale, begins: number, { glyphs }: Style): string {
  const cuts = scale.stretches.filter(({ cut }) => cut);
  const texts = cuts.map(
    ({ from, to }) => `${roughly(to - from, 'at least')} from ${momentOf(begins, from)}`,
  );
  return texts.length === 0 ? '' : `${glyphs.cut} not to scale: ${texts.join('; ')}`;
}
