/** Keys that an attacker has come too late for, or cannot read: what the trace says of what it seized, wanted and looked at. */
import type { AnyTraceEvent, Trace } from '../../sim/trace.ts';
import type { Holdings } from './holdings.ts';

/** Of what an attacker seized, what was erased on it beforehand: kind and owner of each secret. */
export function erasedFor({ events }: Trace, attacker: string): readonly string[] {
  const seized = new Map<string, number>();
  for (const { type, data, n } of events)
    if (type === 'custody.seized' && data.to === attacker && data.from !== null) seized.set(data.from, n);
  return events.flatMap((event) => {
    if (event.type !== 'custody.erased' || event.data.from === null) return [];
    const before = seized.get(event.data.from);
    if (before === undefined || event.n > before) return [];
    return event.data.secrets.map(({ kind, owner }) => `${kind} ${owner}`);
  });
}

/** Of what an attacker came for or looked at, what was destroyed by then, and what no reader could read. */
export function goneFor({ events }: Trace, attacker: string): Pick<Holdings, 'destroyed' | 'unreadable'> {
  const wanted = new Set(events.flatMap((event) => wantedBy(event, attacker)));
  if (wanted.size === 0 && !events.some(({ type }) => type === 'attack.unread'))
    return { destroyed: [], unreadable: [] };
  return {
    destroyed: events.flatMap((event) =>
      event.type === 'custody.erased' && event.data.from !== null && wanted.has(event.data.from)
        ? event.data.secrets.map(({ kind, owner }) => `${kind} ${owner}`)
        : [],
    ),
    unreadable: events.flatMap((event) =>
      event.type === 'attack.unread' && event.on === attacker ? event.data.keys : [],
    ),
  };
}

function wantedBy({ type, on, data }: AnyTraceEvent, attacker: string): readonly string[] {
  return type === 'person.came-too-late' && on === attacker ? [data.thing] : [];
}
