/**
 * The part of a trace that a check looks at. The order of the trace decides, not time alone: what happened in the same
 * microsecond as a moment, but before it, is before it.
 */
import type { Micros } from '../../../sim/clock.ts';
import type { AnyTraceEvent, EventNumber } from '../../../sim/trace.ts';
import type { When, Window } from '../../language/index.ts';
import type { Bindings } from './moment.ts';
import type { Prefix } from './prefix.ts';

interface Span {
  readonly contains: (event: AnyTraceEvent) => boolean;
  /** True when it ends before it begins. */
  readonly empty: boolean;
  /** True when no later event can be in it. */
  readonly over: boolean;
}

/** Either the span, or the moments that it waits for. */
type Placed =
  | { readonly span: Span; readonly missing?: never }
  | { readonly missing: readonly string[]; readonly span?: never };

/** A bound is an event, which is itself outside, or a time. */
interface SpanBound {
  readonly t: Micros;
  readonly n?: EventNumber;
}

/** The span that is looked at, or the moments it hangs on that have not happened. */
export function placeWindow({ from, to, toIncluded }: Window, bindings: Bindings, prefix: Prefix): Placed {
  const missing = [from, to].flatMap((when) =>
    when?.kind === 'after' && !bindings.has(when.moment) ? [when.moment] : [],
  );
  if (missing.length > 0) return { missing: [...new Set(missing)] };
  const start = boundOf(from, bindings, false);
  // A deadline is a time, even when it is no time at all after its moment.
  const end = boundOf(to, bindings, toIncluded);

  const begun = ({ n, t }: AnyTraceEvent): boolean =>
    start === undefined || (start.n === undefined ? t >= start.t : n > start.n);
  const expired = (t: Micros): boolean => end !== undefined && (toIncluded ? t > end.t : t >= end.t);
  const past = ({ n, t }: AnyTraceEvent): boolean => (end?.n === undefined ? expired(t) : n >= end.n);

  const started = start === undefined || prefix.reached >= start.t;
  const finished =
    end === undefined ? prefix.ended : expired(prefix.reached) || (prefix.ended && prefix.reached >= end.t);
  return {
    span: {
      contains: (event) => begun(event) && !past(event),
      empty: start !== undefined && end !== undefined && isBefore(end, start, toIncluded),
      over: started && finished,
    },
  };
}

function boundOf(when: When | undefined, bindings: Bindings, asTime: boolean): SpanBound | undefined {
  if (when === undefined) return undefined;
  if (when.kind === 'at') return { t: when.t };
  const event = bindings.get(when.moment);
  if (event === undefined) return undefined;
  return asTime || when.delay > 0 ? { t: event.t + when.delay } : { t: event.t, n: event.n };
}

/** True when nothing could ever lie between `start` and `end`. Two neighbouring events have nothing between them either, but could have. */
function isBefore(end: SpanBound, start: SpanBound, endIncluded: boolean): boolean {
  if (start.n !== undefined && end.n !== undefined) return end.n <= start.n;
  if (end.n !== undefined || endIncluded) return end.t < start.t;
  return end.t <= start.t;
}
