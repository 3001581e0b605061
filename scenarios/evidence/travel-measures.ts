/** Measures of phones that are away: how long whoever took one had it before its user was blocked, and what a CRS saw of where it was. */
import { HOUR } from '../../sim/clock.ts';
import type { AnyTraceEvent } from '../../sim/trace.ts';
import type { Measure } from './model.ts';

/** Nothing where no phone has roamed. */
export function travelsOf(events: readonly AnyTraceEvent[]): readonly Measure[] {
  const travellers = new Set(events.flatMap(({ type, on }) => (type === 'network.moved' ? [on] : [])));
  if (travellers.size === 0) return [];
  const abroad = events.filter(({ type }) => type === 'crs.registered-abroad').length;
  return [
    { name: 'registrations seen from abroad', value: abroad, unit: 'messages' },
    ...[...travellers].flatMap((phone) => hoursToBlock(phone, events)),
  ];
}

/** From the first time that somebody took the storage of a phone to the block of whose phone it is; nothing where neither was. */
function hoursToBlock(phone: string, events: readonly AnyTraceEvent[]): readonly Measure[] {
  const taken = events.find((event) => event.type === 'person.seized' && event.data.device === phone);
  if (taken === undefined) return [];
  const blocked = events.find(
    (event) =>
      event.t >= taken.t && event.type === 'crs.user-blocked' && phone.startsWith(`${event.data.user}-phone`),
  );
  const hours = blocked === undefined ? null : Number(((blocked.t - taken.t) / HOUR).toFixed(2));
  return [{ name: `hours from the seizure of ${phone} to the block`, value: hours, unit: 'hours' }];
}
