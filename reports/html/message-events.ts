/**
 * What stands behind the messages of a ladder: of each the event with its fields, what happened with it in the same instant, what led to it, and what
 * came of it. One pass over the trace, which may be long; only what is drawn is kept.
 */
import type { AnyTraceEvent, EventNumber } from '../../sim/trace.ts';

/** Of each kind so many events are shown; how many more there are is said. */
const EFFECTS_MAX = 6;
const BESIDE_MAX = 3;
const CAUSES_MAX = 6;

/** What the trace has of an arrow of the ladder. */
export interface MessageEvent {
  readonly event: AnyTraceEvent;
  /** Nearest first. */
  readonly causes: readonly AnyTraceEvent[];
  /** On the same device, of the same cause and at the same instant: the I_MESSAGE of an INVITE. */
  readonly beside: readonly AnyTraceEvent[];
  readonly effects: readonly AnyTraceEvent[];
  readonly moreEffects: number;
}

/** By the number of the event; what is not in the trace is left out. */
export function messageEvents(
  events: readonly AnyTraceEvent[],
  numbers: Iterable<EventNumber>,
): ReadonlyMap<EventNumber, MessageEvent> {
  const wanted = new Set(numbers);
  const found = new Map<EventNumber, { event: AnyTraceEvent; effects: AnyTraceEvent[]; count: number }>();
  const besides = new Map<string, AnyTraceEvent[]>();
  const byNumber = new Map<EventNumber, AnyTraceEvent>();
  for (const event of events) {
    byNumber.set(event.n, event);
    if (wanted.has(event.n)) {
      found.set(event.n, { event, effects: [], count: 0 });
      besides.set(placeOf(event), []);
    }
    const cause = found.get(event.cause);
    if (cause !== undefined && cause.count++ < EFFECTS_MAX) cause.effects.push(event);
  }
  for (const event of events) {
    // Where secrets went is the matter of `custody`, and what a console answered of the typed lines; here they would be most of what is seen.
    if (event.cause === 0 || wanted.has(event.n) || /^(custody|console)\./.test(event.type)) continue;
    const beside = besides.get(placeOf(event));
    if (beside !== undefined && beside.length < BESIDE_MAX) beside.push(event);
  }
  return new Map(
    [...found].map(([n, { event, effects, count }]) => [
      n,
      {
        event,
        causes: causesOf(event, byNumber),
        beside: besides.get(placeOf(event)) ?? [],
        effects,
        moreEffects: count - effects.length,
      },
    ]),
  );
}

function placeOf({ on, cause, t }: AnyTraceEvent): string {
  return `${on}\0${cause}\0${t}`;
}

function causesOf(
  { cause }: AnyTraceEvent,
  byNumber: ReadonlyMap<EventNumber, AnyTraceEvent>,
): readonly AnyTraceEvent[] {
  const causes: AnyTraceEvent[] = [];
  for (
    let at = byNumber.get(cause);
    at !== undefined && causes.length < CAUSES_MAX;
    at = byNumber.get(at.cause)
  )
    causes.push(at);
  return causes;
}

/** What became of the packets that a message reports: how many never came, and how many came when they were of no use any more. */
export interface PacketFate {
  readonly lost: number;
  readonly late: number;
  /** The same packet again. */
  readonly again: number;
}

/** As the event counts them; nothing where it counts none. */
export function fateOf(event: AnyTraceEvent): PacketFate {
  const data = new Map<string, unknown>(Object.entries(event.data));
  const count = (field: string): number => {
    const value = data.get(field);
    return typeof value === 'number' ? value : 0;
  };
  return { lost: count('lost'), late: count('discarded'), again: count('replayed') };
}
