/** An exposure bar in words and numbers: the same bounds in the terminal, on the page and for a reader who counts. */
import type { ExposureBar } from '../scenarios/evidence/model.ts';
import { clockOf, dateOf, momentOf, roughly } from './when.ts';

/** `at least 34m, at most 51m`; `seen once, still open at the end`. Rounded so that both bounds hold. */
export function exposureLength(bar: ExposureBar): string {
  const seen = bar.lastSuccess - bar.from;
  const least = seen === 0 ? 'seen once' : `at least ${roughly(seen, 'at least')}`;
  if (bar.firstFailure === undefined) return `${least}, still open at the end`;
  return `${least}, at most ${roughly(bar.firstFailure - bar.fromEarliest, 'at most')}`;
}

/** `from 2015-10-14 08:30:00Z to 08:40:00Z`, or one time; an an interval when the beginning lies between two probes. */
export function exposureFrom(begins: number, bar: ExposureBar): string {
  return interval(begins, bar.fromEarliest, bar.from);
}

/** `2015-10-14 09:19:00Z to 09:21:00Z`, from the last success to the first failure; `last success 2015-...` when open. */
export function exposureUntil(begins: number, bar: ExposureBar): string {
  if (bar.firstFailure === undefined) return `last success ${momentOf(begins, bar.lastSuccess)}`;
  return interval(begins, bar.lastSuccess, bar.firstFailure);
}

function interval(begins: number, first: number, second: number): string {
  if (first === second) return momentOf(begins, second);
  const sameDay = dateOf(begins, first) === dateOf(begins, second);
  return `${momentOf(begins, first)} to ${sameDay ? `${clockOf(begins, second)}Z` : momentOf(begins, second)}`;
}

/** `41.50 s of speech`, or undefined when none was recovered. */
export function speechOf(bar: ExposureBar): string | undefined {
  return bar.audioSeconds > 0 ? `${bar.audioSeconds.toFixed(2)} s of speech` : undefined;
}
