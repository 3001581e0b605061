/**
 * The log of a world: what was done to it from outside, each with its time. A world is a function of its options and its log; so
 * whatever else is to show in a run has to be a consequence of these.
 */
import type { Micros } from '../../sim/clock.ts';
import type { TraceEvents } from '../../sim/trace.ts';
import './events.ts';
import './probes/events.ts';
import './procedures/events.ts';

/** What somebody typed at a console, and when; whether it was refused is not said. */
export interface TypedLine {
  readonly time: Micros;
  readonly by: string;
  /** The console; the person's own when it is the same as `by`. */
  readonly on: string;
  readonly line: string;
}

/** Events that no device writes and no witness: whoever performs a screenplay says how far it has come, and what came of its probes. */
export const NOTED_TYPES = [
  'opening.ended',
  'exercise.left',
  'step.typed',
  'probe.result',
  'probe.not-made',
  'procedure.time-come',
] as const;
/** One of them. */
export type NotedType = (typeof NOTED_TYPES)[number];

/** What there is to say, and of whom. */
export type Noted = {
  readonly [Type in NotedType]: {
    readonly type: Type;
    readonly on: string;
    readonly data: TraceEvents[Type];
  };
}[NotedType];

/** The same, as it was put into the trace. */
export type NotedEvent = Noted & { readonly time: Micros };

/** One thing that was done to a world from outside. */
export type LogEntry = TypedLine | NotedEvent;
