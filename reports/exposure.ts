/** An exposure bar in words and numbers: the same bounds in the terminal, on the page and for a reader who counts. */
import type { ExposureBar, VariantResult } from '../scenarios/evidence/model.ts';
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
  return `${interval(begins, bar.lastSuccess, bar.firstFailure)} (${bar.refusedAs ?? 'refused'})`;
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

/** `0.57 h to 0.85 h of impersonation`, or undefined where nobody was impersonated. */
function impersonationOf({ impersonationHours: hours }: ExposureBar): string | undefined {
  if (hours === undefined) return undefined;
  const until = hours.atMost === undefined ? ' or more' : ` to ${hours.atMost.toFixed(2)} h`;
  return `${hours.atLeast.toFixed(2)} h${until} of impersonation`;
}

/** What was got out of it, as numbers: speech, and time in somebody's name. */
export function yieldOf(bar: ExposureBar): readonly string[] {
  return [speechOf(bar), impersonationOf(bar)].filter((part) => part !== undefined);
}

/** The probes of a variant that were not made, by id: what they would have shown is not known, and is no refusal. */
export function notProbed({ checks }: VariantResult): readonly string[] {
  return checks.flatMap(({ id, kind, probe }) => (kind === 'probe' && probe === undefined ? [id] : []));
}

/** `call-as by own-account, with psk and ssk`: the path that it was done by. */
export function pathOf({ attack, route, needs }: ExposureBar): string {
  const means = needs.length === 0 ? '' : `, with ${needs.join(', ')}`;
  return `${attack} by ${route}${means}`;
}

/** What was said in the calls that were heard, or that no controls were made; undefined when there is nothing to add. */
export function remarkOf(begins: number, bar: ExposureBar): string | undefined {
  const { spokenFrom, spokenUntil = spokenFrom, controlled } = bar;
  const parts = [
    ...(spokenFrom === undefined || spokenUntil === undefined
      ? []
      : [`said ${interval(begins, spokenFrom, spokenUntil)}`]),
    ...(controlled ? [] : ['typed, without controls']),
  ];
  return parts.length === 0 ? undefined : parts.join('; ');
}
