/**
 * The trace of a run of several processes. Each device numbers its own events; here they become one trace, in the order of (time,
 * device, number), the director before the devices. A cause is an earlier event of the same device, so it stays one. What led to what
 * between two devices is not known, as on any real network.
 */
import { Trace, type AnyTraceEvent, type EventNumber } from '../../../sim/trace.ts';

/** Where an adopted event comes from; what has no source happened in the director. */
export interface Source {
  readonly device: string;
  /** Its place among the events of its device, over all its processes. */
  readonly order: number;
}

/** What closes a trace stays at its end. */
const CLOSING = new Set<AnyTraceEvent['type']>(['live.lag', 'trace.ended']);

/** A new trace, numbered anew, of what all devices told until the run ended; `sources` says who told an event as which number. */
export function mergedTrace(trace: Trace, sources: ReadonlyMap<EventNumber, Source>): Trace {
  const closing = trace.events.filter(({ type }) => CLOSING.has(type));
  const ends = closing.at(-1)?.t ?? Infinity;
  const placed = trace.events
    .filter(({ type, t }) => !CLOSING.has(type) && t <= ends)
    .map((event) => ({ event, ...(sources.get(event.n) ?? { device: '', order: event.n }) }))
    .sort((a, b) => a.event.t - b.event.t || compared(a.device, b.device) || a.order - b.order);
  let time = 0;
  const merged = new Trace({ now: () => time });
  const numbers = new Map<EventNumber, EventNumber>();
  const places = new Map(placed.map(({ event }, at) => [event.n, at + 1]));
  for (const { event } of placed) {
    time = event.t;
    numbers.set(event.n, merged.append(event.type, event.on, dataOf(event, places), causeOf(event, numbers)));
  }
  for (const event of closing) {
    time = event.t;
    if (event.type === 'trace.ended')
      merged.append('trace.ended', event.on, { events: merged.events.length + 1 }, 0);
    else merged.append(event.type, event.on, event.data, 0);
  }
  return merged;
}

/** An event that the director's examiner wrote may have a device's as its cause, told with a later time: then it has none. */
function causeOf(event: AnyTraceEvent, numbers: ReadonlyMap<EventNumber, EventNumber>): EventNumber {
  return numbers.get(event.cause) ?? 0;
}

/** What names an event by its number names it by the new one. */
function dataOf(event: AnyTraceEvent, places: ReadonlyMap<EventNumber, EventNumber>): AnyTraceEvent['data'] {
  if (event.type !== 'procedure.step-done' && event.type !== 'invariant.broken') return event.data;
  return { ...event.data, event: places.get(event.data.event) ?? 0 };
}

function compared(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
