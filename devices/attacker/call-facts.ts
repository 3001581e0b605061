/** A call as the trace has it: who called whom, when, on which phones, and which I_MESSAGE its keys came with at a moment. */
import type { Micros } from '../../sim/clock.ts';
import type { Trace, TraceEvent } from '../../sim/trace.ts';
import { canonicalNumber, type TelNumber } from '../../network/mikey/index.ts';
import type { Contacts } from '../contacts.ts';
import { attackError } from './errors.ts';
import type { CallFacts } from './stage.ts';

/** What the trace says of a call, or of what came of it from `from` on. Errors: ATTACK_NO_CALL. */
export function callNamed(
  { events }: Trace,
  contacts: Contacts,
  name: string,
  { now, from }: { readonly now: Micros; readonly from: Micros | undefined },
): CallFacts {
  const placed = events.find((event) => event.type === 'handset.call-placed' && event.data.call === name);
  if (placed?.type !== 'handset.call-placed') {
    const names = events.flatMap((event) => (event.type === 'handset.call-placed' ? [event.data.call] : []));
    throw attackError('ATTACK_NO_CALL', `there was no call ${name}`, {
      fix: `The calls so far: ${names.join(', ') || 'none'}.`,
    });
  }
  const { csb, from: caller, toNumber } = placed.data;
  const ended = events.findLast((event) => event.type === 'handset.call-ended' && event.data.csb === csb);
  const first: CallFacts = {
    name,
    csb,
    from: numberOn(events, placed) ?? contacts.numberOf(caller),
    to: contacts.numberOf(toNumber),
    began: placed.t,
    ended: ended?.t ?? now,
    heardFrom: Math.max(placed.t, from ?? 0),
    caller: placed.on,
    callee: calleeOf(events, csb),
  };
  const renewed = from === undefined ? undefined : renewalOf(events, csb, from);
  if (renewed === undefined) return first;
  const isTurned = renewed.on !== first.caller;
  return {
    ...first,
    csb: renewed.data.csb,
    began: renewed.t,
    ...(isTurned ? { from: first.to, to: first.from, caller: renewed.on, callee: first.caller } : {}),
  };
}

/** The I_MESSAGE of the last new keys that were taken within a call before a moment. */
function renewalOf(
  events: Trace['events'],
  csb: string,
  before: Micros,
): TraceEvent<'mikey.sent'> | undefined {
  const taken = events.findLast(
    (event) => event.type === 'handset.call-rekeyed' && event.data.csb === csb && event.t <= before,
  );
  if (taken?.type !== 'handset.call-rekeyed') return undefined;
  const { keyed } = taken.data;
  return events.find(
    (event): event is TraceEvent<'mikey.sent'> => event.type === 'mikey.sent' && event.data.csb === keyed,
  );
}

/** The phone that an I_MESSAGE came to, whether it took it or not. */
function calleeOf(events: Trace['events'], csb: string): string | undefined {
  return events.find(
    (event) => (event.type === 'mikey.accepted' || event.type === 'mikey.refused') && event.data.csb === csb,
  )?.on;
}

/** The number that a phone had when it placed a call: an attacker's own phone has a victim's, and so has a clone, which nobody enrolled. */
function numberOn(
  events: Trace['events'],
  placed: { readonly n: number; readonly on: string },
): TelNumber | undefined {
  for (const { type, on, n, data } of events.toReversed())
    if ((type === 'handset.enrolled' || type === 'handset.registered') && on === placed.on && n < placed.n)
      return canonicalNumber(data.number);
  return undefined;
}
