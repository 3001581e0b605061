/**
 * The ladder of messages: which events of a trace are drawn as arrows between whom. A user and the phone in their hand share a
 * lane, so that a call reads from left to right; what an attacker tries stays on the attacker's own.
 */
import type { AnyTraceEvent } from '../../sim/trace.ts';
import { CRS, MDM } from '../language/standing.ts';
import type { LadderMessage } from './model.ts';

export function ladderOf(events: readonly AnyTraceEvent[]): readonly LadderMessage[] {
  return events.flatMap((event) => {
    const arrow = arrowOf(event);
    return arrow === undefined ? [] : [{ ...arrow, time: event.t, event: event.n }];
  });
}

function arrowOf(event: AnyTraceEvent): Omit<LadderMessage, 'time' | 'event'> | undefined {
  switch (event.type) {
    case 'person.told':
      return { from: event.data.by, to: event.data.to, label: event.data.message, kind: 'people' };
    case 'person.carried':
      return { from: event.data.by, to: event.data.to, label: `carries ${event.data.thing}`, kind: 'people' };
    case 'person.seized':
      return {
        from: event.data.from,
        to: event.data.by,
        label: `loses ${event.data.device}`,
        kind: 'attack',
      };
    case 'handset.call-placed':
      return {
        from: event.data.from,
        to: CRS,
        label: `INVITE ${event.data.to} (I_MESSAGE ${event.data.octets} octets)`,
        kind: 'signalling',
      };
    case 'handset.ringing':
      return { from: CRS, to: event.data.to, label: `INVITE from ${event.data.shown}`, kind: 'signalling' };
    case 'mikey.refused':
      return { from: event.data.to, to: CRS, label: `488 ${event.data.code}`, kind: 'signalling' };
    case 'crs.call-refused':
      return {
        from: CRS,
        to: event.data.from,
        label: `${event.data.status} ${event.data.reason}`,
        kind: 'signalling',
      };
    case 'crs.handshake-refused':
      return {
        from: CRS,
        to: event.data.user ?? 'unknown',
        label: `TLS alert ${event.data.alert}: ${event.data.reason}`,
        kind: 'signalling',
      };
    case 'handset.call-secure':
      return {
        from: event.data.peer,
        to: event.data.user,
        label: 'first authentic SRTP packet',
        kind: 'media',
      };
    case 'crs.call-ended':
      return {
        from: event.data.from,
        to: event.data.to,
        label: `SRTP, ${event.data.relayed} packets relayed; ${event.data.reason}`,
        kind: 'media',
      };
    case 'crs.package-served':
      return {
        from: CRS,
        to: event.data.user,
        label: `key package ${event.data.period}`,
        kind: 'signalling',
      };
    case 'crs.session-closed':
      return event.data.reason === 'blocked'
        ? { from: CRS, to: event.data.user, label: 'session ended: blocked', kind: 'signalling' }
        : undefined;
    case 'mdm.wipe-ordered':
      return { from: MDM, to: event.data.phone, label: 'wipe', kind: 'signalling' };
    case 'mdm.wipe-acknowledged':
      return { from: event.data.phone, to: MDM, label: 'wiped', kind: 'signalling' };
    case 'probe.result':
      return {
        from: event.on,
        to: event.on,
        label: `${event.data.probe}: ${event.data.outcome}`,
        kind: 'attack',
      };
    default:
      return undefined;
  }
}
