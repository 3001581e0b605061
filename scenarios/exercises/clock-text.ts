/** Virtual time as a person in the exercise reads it: UTC of the scenario's own date, to the second. */
import { MILLISECOND, SECOND, type Micros } from '../../sim/clock.ts';
import { formatDuration } from '../../sim/duration.ts';

/** `2015-10-14 08:05:12Z`. `begins` is Unix milliseconds. */
export function clockText(begins: number, time: Micros): string {
  const text = new Date(begins + Math.floor(time / MILLISECOND)).toISOString();
  return `${text.slice(0, 10)} ${text.slice(11, 19)}Z`;
}

/** A length of time to the nearest second. */
export function lengthText(length: Micros): string {
  return formatDuration(Math.round(length / SECOND) * SECOND);
}
