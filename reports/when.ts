/**
 * Times and durations as reports print them: UTC, ISO 8601, by arithmetic. No locale and no time zone of the machine
 * has a say, so a report is the same octets everywhere.
 */
import { DAY, HOUR, MILLISECOND, MINUTE, SECOND, type Micros } from '../sim/clock.ts';

/** `2015-10-14T08:40:00.000Z`: a moment of a run, from the run's beginning in Unix milliseconds, and microseconds since. */
export function instantOf(begins: number, time: Micros): string {
  return new Date(begins + Math.floor(time / MILLISECOND)).toISOString();
}

/** `2015-10-14`. */
export function dateOf(begins: number, time: Micros): string {
  return instantOf(begins, time).slice(0, -'T00:00:00.000Z'.length);
}

/** `08:40:00`, or `08:40:00.125` when there is a part of a second. */
export function clockOf(begins: number, time: Micros): string {
  const clock = instantOf(begins, time).slice(-'00:00:00.000Z'.length, -1);
  return clock.endsWith('.000') ? clock.slice(0, -'.000'.length) : clock;
}

/** `08:40`: for axes whose ticks are whole minutes. */
export function minuteOf(begins: number, time: Micros): string {
  return clockOf(begins, time).slice(0, '00:00'.length);
}

/** `2015-10-14 08:40:00Z`. */
export function momentOf(begins: number, time: Micros): string {
  return `${dateOf(begins, time)} ${clockOf(begins, time)}Z`;
}

const UNITS: readonly (readonly [string, Micros])[] = [
  ['d', DAY],
  ['h', HOUR],
  ['m', MINUTE],
  ['s', SECOND],
  ['ms', MILLISECOND],
];

/**
 * A duration in its two largest units: `17d 2h`, `50m`, `1s 500ms`. `at least` rounds down and `at most` rounds up,
 * so a bound that was rounded still holds.
 */
export function roughly(duration: Micros, bound: 'at least' | 'at most'): string {
  const first = UNITS.findIndex(([, size]) => duration >= size);
  const [name, size] = UNITS[first] ?? ['ms', MILLISECOND];
  const [finerName, finer] = UNITS[first < 0 ? UNITS.length - 1 : first + 1] ?? [name, size];
  const round = bound === 'at least' ? Math.floor : Math.ceil;
  const rounded = round(duration / finer) * finer;
  // Rounding up may have filled the larger unit: 59m 60s is 1h.
  if (rounded !== duration && UNITS.findIndex(([, size]) => rounded >= size) < first)
    return roughly(rounded, bound);
  const large = Math.floor(rounded / size);
  const small = Math.round((rounded - large * size) / finer);
  if (finer === size) return `${large}${name}`;
  return small === 0 ? `${large}${name}` : `${large}${name} ${small}${finerName}`;
}
