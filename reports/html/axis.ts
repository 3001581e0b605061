/** What pictures on an axis of time have in common: where cuts and ticks stand, and names of moments that do not stand upon each other. */
import { shortened } from '../printable.ts';
import { ticksOf, type Tick, type TimeScale } from '../time-scale.ts';
import { clockOf, dateOf, minuteOf, roughly } from '../when.ts';
import { markup, type Content, type Markup } from './markup.ts';

/** Ticks on a wide page, and those that remain on a narrow one. */
const TICK_SPACING = 0.12;
const NARROW_SPACING = 0.3;

/** A share of the width as an attribute of SVG. */
export function percent(share: number): string {
  return `${Number((share * 100).toFixed(2))}%`;
}

/** Text at the edges of a picture stands inside it. */
function anchorFor(x: number): 'start' | 'middle' | 'end' {
  if (x < 0.03) return 'start';
  return x > 0.97 ? 'end' : 'middle';
}

/** Bands where time is cut out, with how much of it above them at `labelY`. */
export function cutBands(scale: TimeScale, height: number, labelY: number): Content {
  return [
    ...cutsOf(scale).map(
      ({ x0, x1 }) =>
        markup`<rect class="cut" x="${percent(x0)}" width="${percent(x1 - x0)}" y="0" height="${height}"/>`,
    ),
    cutLengths(scale, labelY),
  ];
}

function cutsOf({ stretches }: TimeScale): TimeScale['stretches'] {
  return stretches.filter(({ cut }) => cut);
}

/** How much time is cut out, at each cut. */
export function cutLengths(scale: TimeScale, labelY: number): Content {
  return cutsOf(scale).map(
    ({ from, to, x0, x1 }) =>
      markup`<text class="small wide halo" x="${percent((x0 + x1) / 2)}" y="${labelY}" text-anchor="middle">≈ ${largest(to - from)}</text>
`,
  );
}

/** The largest unit of a wait alone: there is little room in a cut, and the text below has all of it. */
function largest(duration: number): string {
  return roughly(duration, 'at least').split(' ')[0] ?? '';
}

/** Ticks with their dates in two lines from `top` on, and lines down to `height`. */
export function axisTicks(scale: TimeScale, begins: number, top: number, height: number): readonly Markup[] {
  const ticks = ticksOf(scale, begins, TICK_SPACING);
  const narrow = ticks.reduce<Tick[]>(
    (kept, tick) => (tick.x - (kept.at(-1)?.x ?? -1) >= NARROW_SPACING ? [...kept, tick] : kept),
    [],
  );
  let lastDate = '';
  let lastNarrowDate = '';
  return ticks.map((tick) => {
    const date = dateOf(begins, tick.time);
    const kept = narrow.includes(tick);
    const dated = tick.form !== 'date' && (date !== lastDate || (kept && date !== lastNarrowDate));
    lastDate = date;
    if (kept) lastNarrowDate = date;
    const x = percent(tick.x);
    const anchor = anchorFor(tick.x);
    return markup`<svg class="tick${!kept && ' wide'}" x="${x}"><path d="M0 ${top + 30}V${height}"/><text y="${top + 11}"${anchor !== 'middle' && markup` text-anchor="${anchor}"`}>${tickText(begins, tick)}</text>${
      dated &&
      markup`<text class="small" y="${top + 24}"${anchor !== 'middle' && markup` text-anchor="${anchor}"`}>${date}</text>`
    }</svg>
`;
  });
}

function tickText(begins: number, { time, form }: Tick): string {
  if (form === 'date') return dateOf(begins, time);
  return form === 'minutes' ? minuteOf(begins, time) : clockOf(begins, time);
}

/** A name at a place of the axis. */
interface NamedPlace {
  readonly x: number;
  readonly text: string;
}

/** A name that stands beside its line: right of it, or left of it at the right edge; `tier` 0 is the topmost. */
export interface PlacedName extends NamedPlace {
  readonly anchor: 'start' | 'end';
  readonly tier: number;
}

/** Width of a character of a name in pixels, on the generous side. */
const CHARACTER_WIDTH = 5.8;
const GAP = 6;

function placed({ x, text }: NamedPlace, width: number, tier: number): PlacedName {
  const fits = x * width + text.length * CHARACTER_WIDTH + GAP <= width;
  return { x, text, anchor: fits ? 'start' : 'end', tier };
}

function spanOf({ x, text, anchor }: PlacedName, width: number): readonly [number, number] {
  const length = text.length * CHARACTER_WIDTH + GAP;
  return anchor === 'start' ? [x * width, x * width + length] : [x * width - length, x * width];
}

function overlaps(a: PlacedName, b: PlacedName, width: number): boolean {
  const [[from, to], [first, last]] = [spanOf(a, width), spanOf(b, width)];
  return from < last && first < to;
}

/** Names one below the other where they have no room beside each other; no line crosses a name before it. `width` is that of the picture in pixels. */
export function tiersOf(places: readonly NamedPlace[], width: number): readonly PlacedName[] {
  const names: PlacedName[] = [];
  for (const place of places) {
    const free = placed(place, width, 0);
    const below = names.filter((name) => overlaps(name, free, width)).map(({ tier }) => tier + 1);
    names.push({ ...free, tier: Math.max(0, ...below) });
  }
  return names;
}

/** Names in one line: those that have no room beside each other share a place; what is cut off is in the words beside the picture. */
export function inOneLine(places: readonly NamedPlace[], width: number): readonly PlacedName[] {
  const names: PlacedName[] = [];
  for (const place of places) {
    const last = names.at(-1);
    const free = placed(place, width, 0);
    if (last === undefined || !overlaps(last, free, width)) names.push(free);
    else
      names[names.length - 1] = {
        ...last,
        text: shortened(`${last.text}, ${place.text}`, roomOf(last, width)),
      };
  }
  return names;
}

/** In characters; never less than it takes already. */
function roomOf({ x, text, anchor }: PlacedName, width: number): number {
  const pixels = anchor === 'start' ? (1 - x) * width : x * width;
  return Math.max(text.length, Math.floor((pixels - GAP) / CHARACTER_WIDTH));
}
