/**
 * Durations as people write them: `250ms`, `90s`, `10m`, `2h`, `3d`, `1h 30m`. One grammar for the console, the screenplay
 * and the command line, and one way to print them back.
 */
import { DAY, HOUR, MILLISECOND, MINUTE, SECOND, type Micros } from './clock.ts';

const UNITS: ReadonlyMap<string, Micros> = new Map([
  ['d', DAY],
  ['h', HOUR],
  ['m', MINUTE],
  ['s', SECOND],
  ['ms', MILLISECOND],
]);

/** Longest duration that is accepted: 100 years. */
const LONGEST: Micros = 36_525 * DAY;

const WHOLE = /^(?:\d{1,9}(?:ms|[dhms])(?: (?=\d))?)+$/;
const PART = /(\d{1,9})(ms|[dhms])/g;

/** Microseconds of a duration text, or undefined when it is not one. Units fall (`1h 30m`, never `30m 1h`). */
export function parseDuration(text: string): Micros | undefined {
  if (!WHOLE.test(text)) return undefined;
  let total = 0;
  let smallest = Infinity;
  for (const [, count, unit] of text.matchAll(PART)) {
    const size = UNITS.get(unit ?? '') ?? 0;
    if (size >= smallest) return undefined;
    smallest = size;
    total += Number(count) * size;
  }
  return total <= LONGEST ? total : undefined;
}

/** The shortest text that {@link parseDuration} reads back; below a millisecond it is rounded up. */
export function formatDuration(duration: Micros): string {
  let rest = Math.ceil(duration / MILLISECOND) * MILLISECOND;
  const parts: string[] = [];
  for (const [unit, size] of UNITS) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count}${unit}`);
  }
  return parts.length === 0 ? '0s' : parts.join(' ');
}

/** To the microsecond, for what is compared: `8m 12s 250us`. */
export function exactDuration(duration: Micros): string {
  const rest = duration % MILLISECOND;
  if (rest === 0) return formatDuration(duration);
  const whole = duration < MILLISECOND ? '' : `${formatDuration(duration - rest)} `;
  return `${whole}${rest}us`;
}

/** Milliseconds to a tenth, for what was measured. */
export function toMilliseconds(duration: Micros): number {
  return Math.round(duration / (MILLISECOND / 10)) / 10;
}
