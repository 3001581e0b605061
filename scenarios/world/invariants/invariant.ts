/**
 * Invariants: what must hold at every moment of every run, whatever its scenario is about. Each is a witness that looks at events only,
 * and says `invariant.broken` of the first event that breaks it for a secret and a holder. A standing check fails the run then.
 */
import { isCustody, type HandOver } from '../../../sim/custody.ts';
import type { Secret } from '../../../sim/secret.ts';
import type { AnyTraceEvent } from '../../../sim/trace.ts';
import type { PlainValue, Sight, Statement, Testimony, Witness } from '../witness.ts';
import './events.ts';

/** A witness of events, whose only statements are that its invariant is broken. */
export interface Invariant<State extends PlainValue = PlainValue> extends Witness<State> {
  take(state: State, event: AnyTraceEvent, sight: Sight): Testimony<State>;
}

/** What there is to say of a secret that is where it must not be. */
export function breach(invariant: string, event: AnyTraceEvent, secret: Secret, holder: string): Statement {
  return {
    type: 'invariant.broken',
    data: { invariant, event: event.n, secret: secret.label, holder },
  };
}

/** What there is to say of a secret that was made, where it is the first of its kind. */
export function watched(invariant: string, { kind }: Secret, holder: string): Statement {
  return { type: 'invariant.watched', data: { invariant, kind, holder } };
}

/** The hand-over that an event is; undefined when it is none. */
export function handOverIn(event: AnyTraceEvent): HandOver | undefined {
  return isCustody(event) ? event.data : undefined;
}
