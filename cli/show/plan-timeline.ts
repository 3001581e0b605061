/**
 * A plan as a picture in a terminal: time runs down, everybody who acts has a lane, and idle time is cut. What comes at a time that only the run
 * can tell stands where it is to be expected, with what it comes after. What this variant does not do is not in the picture, and is counted below it.
 */
import { MINUTE, SECOND, type Micros } from '../../sim/clock.ts';
import { formatDuration } from '../../sim/duration.ts';
import { printable } from '../../reports/printable.ts';
import { fitted, padded } from '../../reports/terminal/columns.ts';
import type { Glyphs } from '../../reports/terminal/glyphs.ts';
import { instantText, type PlanLine } from './plan-line.ts';

/** What a picture is drawn with. */
export interface TimelineStyle {
  readonly columns: number | undefined;
  readonly glyphs: Glyphs;
  readonly strong: (text: string) => string;
  readonly quiet: (text: string) => string;
  readonly harm: (text: string) => string;
}

/** A wait as long as this is cut. */
const IDLE_FROM: Micros = 10 * MINUTE;
/** Columns that are left for a line on the narrowest terminal. */
const TEXT_MIN = 16;

/** A lane for each person, one row for each line, and a cut for each wait. */
export function timelineOf(all: readonly PlanLine[], begins: number, style: TimelineStyle): string {
  const { glyphs, strong, quiet, harm, columns } = style;
  const lines = all.filter(({ typed }) => typed !== 'no');
  const people = [...new Set(lines.map(({ by }) => by))];
  const placed = placedIn(lines, begins, glyphs);
  const width = Math.max(0, ...placed.flatMap(({ stamp, cut }) => [stamp.length, cut?.length ?? 0]));
  const room = columns === undefined ? Infinity : Math.max(TEXT_MIN, columns - width - 2 * people.length - 3);
  const rows = people.map((name, lane) => {
    const left = people.slice(0, lane).map(() => glyphs.lane);
    return `${' '.repeat(width + 2)}${[...left, glyphs.laneStart].join(' ')} ${strong(name)}`;
  });
  for (const { line, stamp, cut, day } of placed) {
    const isProbe = line.kind === 'probe';
    if (cut !== undefined)
      rows.push(quiet(`${padded(cut, width + 2)}${people.map(() => glyphs.cut).join(' ')}`));
    if (day !== undefined) rows.push(strong(day));
    const sign = isProbe ? glyphs.harm : line.typed === 'perhaps' ? glyphs.perhaps : glyphs.act;
    const lanes = people.map((name) => (name === line.by ? sign : glyphs.lane));
    const where = line.on === line.by ? '' : `${line.on}: `;
    const notes = [...(isFixed(line) ? [] : [line.time]), ...(line.mark === '' ? [] : [line.mark])];
    const waits = notes.length === 0 ? '' : ` (${notes.join('; ')})`;
    const text = fitted(printable(`${where}${line.line}${waits}`), room, glyphs.ellipsis);
    rows.push(`${padded(stamp, width + 2)}${lanes.join(' ')}  ${isProbe ? harm(text) : text}`.trimEnd());
  }
  const notes = [
    ...(lines.some(({ typed }) => typed === 'perhaps') ? [`${glyphs.perhaps} under a condition only`] : []),
    ...(all.length > lines.length
      ? [`${counted(all.length - lines.length)} here; the plan without --timeline says why`]
      : []),
  ];
  if (notes.length > 0) rows.push('', ...notes.map(quiet));
  return rows.map((row) => `${row}\n`).join('');
}

/** `3 more lines are not typed`. */
function counted(lines: number): string {
  return lines === 1 ? '1 more line is not typed' : `${lines} more lines are not typed`;
}

/** A line with what stands before it: a wait that is cut, and the day where it is another. */
interface PlacedLine {
  readonly line: PlanLine;
  readonly stamp: string;
  readonly cut: string | undefined;
  readonly day: string | undefined;
}

function placedIn(lines: readonly PlanLine[], begins: number, { cut }: Glyphs): readonly PlacedLine[] {
  let last: string | undefined;
  let before: Micros | undefined;
  return lines.map((line) => {
    const { estimate } = line;
    const idle = before === undefined || estimate === undefined ? 0 : estimate - before;
    const day = estimate === undefined ? last : instantText(begins, estimate).slice(0, '2015-10-14'.length);
    const isAnother = day !== last;
    last = day;
    before = estimate ?? before;
    return {
      line,
      stamp: stampOf(line, begins),
      cut: idle < IDLE_FROM ? undefined : `${cut} ${formatDuration(Math.round(idle / SECOND) * SECOND)}`,
      day: isAnother ? day : undefined,
    };
  });
}

/** Whether its time is known before the run. */
function isFixed({ time }: PlanLine): boolean {
  return /^\d{4}-/.test(time);
}

/** `08:05:00`; with a sign before it where it is estimated, and a question mark where nobody can tell from the file. */
function stampOf(line: PlanLine, begins: number): string {
  if (line.estimate === undefined) return '?';
  const text = instantText(begins, line.estimate).slice('2015-10-14 '.length);
  return isFixed(line) ? text : `~${text}`;
}
