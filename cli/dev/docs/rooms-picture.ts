/**
 * The rooms as a picture, from the data that every import is held to. Rooms stand on top of each other; behind each stands what it may
 * import, a column for each room in the same order. All marks are right of the diagonal: nothing imports upwards.
 */
import { accessOf, isEdgePlace, PLACES, purposeOf, type Access } from '../architecture/rooms.ts';

const ROW = 30;
const COLUMN = 34;
const BOX = { left: 20, width: 690, indent: 18 } as const;
const GRID = BOX.left + BOX.width + 30;
const TOP = 104;
const SCENARIOS = PLACES.filter((place) => place.startsWith('scenarios/'));
/** Space above and below the rooms of the scenarios, for the box around them. */
const GAP = { above: 30, below: 10 } as const;
const COLOURS = {
  ink: '#1f2933',
  quiet: '#52606d',
  line: '#9aa5b1',
  box: '#f5f7fa',
  mark: '#0b6e99',
} as const;

/** The top of a room's row. */
function topOf(place: string): number {
  const at = PLACES.indexOf(place);
  const first = PLACES.indexOf(SCENARIOS[0] ?? '');
  const inside = at >= first ? GAP.above : 0;
  const behind = at >= first + SCENARIOS.length ? GAP.below : 0;
  return TOP + at * ROW + inside + behind;
}

const WIDTH = GRID + PLACES.length * COLUMN + 40;
const HEIGHT = topOf(PLACES.at(-1) ?? '') + ROW + 44;

const middleOf = (column: number): number => GRID + column * COLUMN + COLUMN / 2;

/** The whole picture as SVG, on a ground of its own so that it can be read on any page. */
export function roomsPicture(): string {
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" font-family="sans-serif" font-size="13" role="img" aria-label="The rooms of calldrill and what each may import">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" rx="8" fill="#ffffff"/>`,
    scenariosBox(),
    ...PLACES.flatMap((place, column) => columnOf(place, column)),
    ...PLACES.flatMap((place) => rowOf(place)),
    ...legend(),
    '</svg>',
  ].join('\n')}\n`;
}

function scenariosBox(): string {
  const top = topOf(SCENARIOS[0] ?? '') - GAP.above + 3;
  const height = SCENARIOS.length * ROW + GAP.above + GAP.below - 6;
  return [
    `<rect x="${BOX.left}" y="${top}" width="${BOX.width}" height="${height}" rx="5" fill="#e4e7eb" stroke="${COLOURS.line}"/>`,
    text(BOX.left + 10, top + 19, 'scenarios/', { weight: 'bold' }),
  ].join('\n');
}

/** The name above its column, and the line down to the room itself. */
function columnOf(place: string, column: number): readonly string[] {
  const x = middleOf(column);
  return [
    `<line x1="${x}" y1="${TOP - 6}" x2="${x}" y2="${topOf(place) + ROW / 2}" stroke="${COLOURS.line}" stroke-width="0.6"/>`,
    `<text x="${x + 4}" y="${TOP - 12}" transform="rotate(-55 ${x + 4} ${TOP - 12})" fill="${COLOURS.ink}">${shortOf(place)}</text>`,
  ];
}

function rowOf(place: string): readonly string[] {
  const top = topOf(place);
  const inside = place.startsWith('scenarios/') ? BOX.indent : 0;
  const left = BOX.left + inside;
  const dash = isEdgePlace(place) ? ' stroke-dasharray="5 3"' : '';
  return [
    `<rect x="${left}" y="${top + 2}" width="${BOX.width - 2 * inside}" height="${ROW - 4}" rx="4" fill="${COLOURS.box}" stroke="${COLOURS.quiet}"${dash}/>`,
    text(left + 10, top + 20, `${shortOf(place)}/`, { weight: 'bold' }),
    text(BOX.left + 130, top + 20, purposeOf(place).replaceAll('`', ''), { fill: COLOURS.quiet, size: 12 }),
    `<line x1="${BOX.left + BOX.width - inside}" y1="${top + ROW / 2}" x2="${middleOf(PLACES.length - 1)}" y2="${top + ROW / 2}" stroke="${COLOURS.line}" stroke-width="0.6"/>`,
    ...PLACES.flatMap((to, column) =>
      to === place
        ? [diagonal(middleOf(column), top + ROW / 2)]
        : mark(accessOf(place, to), middleOf(column), top + ROW / 2),
    ),
  ];
}

/** Where a room meets its own column. */
function diagonal(x: number, y: number): string {
  return `<rect x="${x - 6}" y="${y - 6}" width="12" height="12" fill="${COLOURS.line}"/>`;
}

function mark(access: Access, x: number, y: number): readonly string[] {
  switch (access) {
    case 'all':
      return [`<circle cx="${x}" cy="${y}" r="6" fill="${COLOURS.mark}"/>`];
    case 'some':
      return [`<circle cx="${x}" cy="${y}" r="5" fill="#ffffff" stroke="${COLOURS.mark}" stroke-width="2"/>`];
    case 'none':
      return [];
  }
}

function legend(): readonly string[] {
  const y = HEIGHT - 22;
  const words: readonly (readonly [string, Access | 'self' | 'edge'])[] = [
    ['the room itself', 'self'],
    ['may import', 'all'],
    ['may import models or types of events only', 'some'],
    ['an edge: wall clock, files, sockets, threads', 'edge'],
  ];
  let x = BOX.left + 10;
  return words.flatMap(([words_, what]) => {
    const shape =
      what === 'self'
        ? [diagonal(x, y)]
        : what === 'edge'
          ? [
              `<rect x="${x - 8}" y="${y - 7}" width="16" height="14" rx="3" fill="${COLOURS.box}" stroke="${COLOURS.quiet}" stroke-dasharray="5 3"/>`,
            ]
          : mark(what, x, y);
    const drawn = [...shape, text(x + 16, y + 4, words_, { fill: COLOURS.quiet, size: 12 })];
    x += 60 + words_.length * 6.4;
    return drawn;
  });
}

function shortOf(place: string): string {
  return place.replace('scenarios/', '');
}

function text(
  x: number,
  y: number,
  words: string,
  { weight = 'normal', fill = COLOURS.ink, size = 13 }: { weight?: string; fill?: string; size?: number },
): string {
  const escaped = words.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<text x="${x}" y="${y}" font-weight="${weight}" font-size="${size}" fill="${fill}">${escaped}</text>`;
}
