/**
 * Moments of a trace: which event each name stands for, whoever typed what led to it. A first or nth moment, once bound,
 * never changes. A last moment is known only when the trace is complete.
 */
import type { AnyTraceEvent, EventNumber } from '../../../sim/trace.ts';
import type { Moment } from '../../language/index.ts';
import { matches } from './match.ts';
import { eventsOf, type Prefix } from './prefix.ts';

/** The event of each moment that has happened. */
export type Bindings = ReadonlyMap<string, AnyTraceEvent>;

/** How far one moment has come: a plain value. */
export type MomentProgress = {
  /** Whether events count yet: after the opening, or from the beginning on. */
  readonly open: boolean;
  /** Events that matched, as long as it is not bound. */
  readonly seen: number;
  /** The last of them; 0 when there is none. */
  readonly event: EventNumber;
  /** Whether that is the event that the moment stands for. */
  readonly bound: boolean;
};

/** How far each of a list of moments has come, in the order of the list. */
export type MomentState = readonly MomentProgress[];

/** Before the first event. */
export function momentsAtFirst(moments: readonly Moment[]): MomentState {
  return moments.map(({ opening }) => ({ open: opening, seen: 0, event: 0, bound: false }));
}

/** Types of the events that can bring any of these moments further; all others leave them as they are. */
export function typesOfMoments(moments: readonly Moment[]): ReadonlySet<string> {
  return new Set(['opening.ended', 'trace.ended', ...moments.map(({ pattern }) => pattern.type)]);
}

/**
 * After one more event: a pure function, for whoever must know of a moment as soon as it has come. The state itself when the event
 * is none of a moment, as nearly all are. `state` is of the same list of moments.
 */
export function momentsAfter(
  moments: readonly Moment[],
  state: MomentState,
  event: AnyTraceEvent,
): MomentState {
  let after: MomentProgress[] | undefined;
  for (let at = 0; at < state.length; at++) {
    const [progress, moment] = [state[at], moments[at]];
    if (progress === undefined || moment === undefined || progress.bound) continue;
    const now = advanced(moment, progress, event);
    if (now !== progress) (after ??= [...state])[at] = now;
  }
  return after ?? state;
}

function advanced(moment: Moment, progress: MomentProgress, event: AnyTraceEvent): MomentProgress {
  const { occurrence, pattern } = moment;
  if (!progress.open) return event.type === 'opening.ended' ? { ...progress, open: true } : progress;
  const now = matches(pattern, event) ? { ...progress, seen: progress.seen + 1, event: event.n } : progress;
  const binds =
    occurrence === 'last' ? event.type === 'trace.ended' && now.event > 0 : now.seen === occurrence;
  return binds ? { ...now, bound: true } : now;
}

/** The event of each moment by its name; a moment that has not happened, or is not known yet, is not in it. */
export function bindMoments(moments: readonly Moment[], prefix: Prefix): Bindings {
  const types = typesOfMoments(moments);
  let state = momentsAtFirst(moments);
  for (const event of prefix.events) if (types.has(event.type)) state = momentsAfter(moments, state, event);
  return new Map(
    moments.flatMap(({ name, pattern }, at) => {
      const progress = state[at];
      if (progress?.bound !== true) return [];
      const event = eventsOf(prefix, pattern.type).find(({ n }) => n === progress.event);
      return event === undefined ? [] : [[name, event] as const];
    }),
  );
}
