/**
 * Measures of keys that were made anew for a number that had some: for how many of them somebody had been proved before, by something else than
 * the number, and how long it took a user to complain whose own phone was shut out by it.
 */
import type { AnyTraceEvent, TraceEvent } from '../../sim/trace.ts';
import { HOUR } from '../../sim/clock.ts';
import type { Measure } from './model.ts';

type Issue = TraceEvent<'cms.user-added'>;

/** None where no keys were made again. A proof is on record when a note of the request says so; a call back to the number is none. */
export function reissuesOf(events: readonly AnyTraceEvent[]): readonly Measure[] {
  const issues = events.filter((event): event is AnyTraceEvent & Issue => isReissue(event));
  if (issues.length === 0) return [];
  const proved = issues.filter((issue) => isProved(issue, events));
  return [
    { name: 'keys issued again', value: issues.length, unit: 'users' },
    { name: 'keys issued again, proved by more than the number', value: proved.length, unit: 'users' },
    ...issues.flatMap((issue) => complaintOf(issue, events)),
  ];
}

function isReissue(event: AnyTraceEvent): boolean {
  return event.type === 'cms.user-added' && event.data.again;
}

function isProved({ t: time, data: { request } }: Issue, events: readonly AnyTraceEvent[]): boolean {
  const notes = events.flatMap((event) =>
    event.type === 'person.noted' && event.t <= time ? [event.data.text] : [],
  );
  const ofRequest = notes.filter((text) => request !== null && text.split(' ')[0] === request);
  return (
    ofRequest.some((text) => /\bproved\b/.test(text)) && !ofRequest.some((text) => /\bcall-back\b/.test(text))
  );
}

/** From the issue to the first word of its user after their own phone was refused for it; nothing where there was none. */
function complaintOf(
  { t: time, data: { user } }: Issue,
  events: readonly AnyTraceEvent[],
): readonly Measure[] {
  const refusal = events.find(
    (event) =>
      event.t >= time &&
      event.type === 'crs.handshake-refused' &&
      event.data.user === user &&
      event.data.reason === 'stale-psk' &&
      event.data.host.startsWith(`${user}-phone`),
  );
  const told = events.find(
    (event) =>
      refusal !== undefined && event.t >= refusal.t && event.type === 'person.told' && event.data.by === user,
  );
  if (told === undefined) return [];
  const hours = Number(((told.t - time) / HOUR).toFixed(2));
  return [{ name: `hours from new keys until ${user} complains`, value: hours, unit: 'hours' }];
}
