/**
 * A prefix of a trace, as verdicts see it: the events by type, how far it has come, and whether the run is over. Every
 * verdict is a function of this and of nothing else.
 */
import type { Micros } from '../../../sim/clock.ts';
import type { AnyTraceEvent, TraceEvent, TraceType } from '../../../sim/trace.ts';
import '../../world/events.ts';

/** Whatever has been told of a run so far; events are in the order of the trace in both forms. */
export interface Prefix {
  readonly events: readonly AnyTraceEvent[];
  readonly byType: ReadonlyMap<string, readonly AnyTraceEvent[]>;
  /** The end of the opening; absent before. */
  readonly opened: TraceEvent<'opening.ended'> | undefined;
  /** Virtual time of the last event; all later events have this time or a later one. */
  readonly reached: Micros;
  /** True when the trace is complete. */
  readonly ended: boolean;
}

/** It is complete when its last event is `trace.ended`. */
export function prefixOf(events: readonly AnyTraceEvent[]): Prefix {
  const byType = new Map<string, AnyTraceEvent[]>();
  for (const event of events) {
    const list = byType.get(event.type);
    if (list === undefined) byType.set(event.type, [event]);
    else list.push(event);
  }
  const last = events.at(-1);
  const [opened] = eventsOf({ byType }, 'opening.ended');
  return { events, byType, opened, reached: last?.t ?? 0, ended: last?.type === 'trace.ended' };
}

/** The events of one type, in the order of the trace, with the data that the type has. */
export function eventsOf<Type extends TraceType>(
  prefix: Pick<Prefix, 'byType'>,
  type: Type,
): readonly TraceEvent<Type>[];
/** The same of a type that a screenplay names: what its events hold is not known here. */
export function eventsOf(prefix: Pick<Prefix, 'byType'>, type: string): readonly AnyTraceEvent[];
/** None when no event of the type has happened. */
export function eventsOf({ byType }: Pick<Prefix, 'byType'>, type: string): readonly AnyTraceEvent[] {
  return byType.get(type) ?? [];
}
