/** Virtual time as a person in the exercise reads it: UTC of the scenario's own date, to the second. */
import { MILLISECOND, type Micros } from '../../sim/clock.ts';

/** `2015-10-14 08:05:12Z`. `begins` is Unix milliseconds. */
export function clockText(begins: number, time: Micros): string {
  const text = new Date(begins + Math.floor(time / MILLISECOND)).toISOString();
  return `${text.slice(0, 10)} ${text.slice(11, 19)}Z`;
}
