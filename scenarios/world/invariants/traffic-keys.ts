/**
 * The keys of a call are with the phones of that call and with nobody else, least of all the relay (clause para-12): its TEKs, and the
 * SSV that all of them come from. An attacker who has stolen keys may work them out; that is what scenarios measure.
 */
import { custodyVerbOf, isCustodyType, type CustodyVerb } from '../../../sim/custody.ts';
import type { Secret } from '../../../sim/secret.ts';
import type { AnyTraceEvent, TraceType } from '../../../sim/trace.ts';
import type { Testimony } from '../witness.ts';
import { breach, handOverIn, type Invariant } from './invariant.ts';

/** Phones by the calls they are in, `<csb> <device>`, and who has stolen keys. */
export type TrafficKeyState = { readonly phones: readonly string[]; readonly thieves: readonly string[] };

/** Holds while every TEK and SSV is handed to a phone of its call, or to a thief. */
export class TrafficKeysKept implements Invariant<TrafficKeyState> {
  readonly id = 'traffic-keys';
  readonly initial: TrafficKeyState = { phones: [], thieves: [] };

  heeds(type: TraceType): boolean {
    return type === 'mikey.sent' || type === 'mikey.accepted' || type === 'srtp.keyed' || isCustodyType(type);
  }

  take(state: TrafficKeyState, event: AnyTraceEvent): Testimony<TrafficKeyState> {
    switch (event.type) {
      case 'mikey.sent':
      case 'mikey.accepted':
      case 'srtp.keyed': {
        const place = `${event.data.csb} ${event.on}`;
        return {
          state: state.phones.includes(place) ? state : { ...state, phones: [...state.phones, place] },
        };
      }
      default:
        return this.#handedOver(state, event);
    }
  }

  #handedOver(state: TrafficKeyState, event: AnyTraceEvent): Testimony<TrafficKeyState> {
    const handOver = handOverIn(event);
    if (handOver === undefined) return { state };
    const { secrets, to } = handOver;
    const verb = custodyVerbOf(event);
    if (verb === 'erased') return { state };
    if (verb === 'seized' && to !== null && secrets.length > 0)
      return { state: state.thieves.includes(to) ? state : { ...state, thieves: [...state.thieves, to] } };
    const strayed = secrets
      .filter(isOfCall)
      .filter((secret) => to === null || !(isDerived(state, verb, to) || isWith(state, secret, to)));
    return { state, says: strayed.map((secret) => breach(this.id, event, secret, to ?? 'whoever looks')) };
  }
}

function isOfCall({ kind }: Secret): boolean {
  return kind === 'TEK' || kind === 'SSV';
}

/** Whether a thief worked it out by itself. Keys that somebody hands to a thief have strayed all the same. */
function isDerived({ thieves }: TrafficKeyState, verb: CustodyVerb | undefined, holder: string): boolean {
  return (verb === 'made' || verb === 'unwrapped' || verb === 'used') && thieves.includes(holder);
}

/** The owner of a TEK or SSV begins with the CSB ID of its call. */
function isWith({ phones }: TrafficKeyState, { owner }: Secret, holder: string): boolean {
  return phones.includes(`${owner.split(' ')[0] ?? ''} ${holder}`);
}
