/**
 * What a person notices: what others tell and bring them, and what shows by itself on the devices they look after. The trace
 * knows far more than that; a trainee must not.
 */
import type { AnyTraceEvent } from '../../sim/trace.ts';
import { MDM, MDM_ADMINISTRATOR, type World } from '../world/index.ts';
import { phonesOf } from './reach.ts';

/** What `role` notices of an event; undefined when that is nothing. */
export function noticed(world: World, role: string, event: AnyTraceEvent): string | undefined {
  switch (event.type) {
    case 'person.told':
      return event.data.to === role ? `${event.data.by} tells you: ${event.data.message}` : undefined;
    case 'person.carried':
      return event.data.to === role ? `${event.data.by} brings you ${event.data.thing}.` : undefined;
    case 'person.seized':
      // A copy that leaves the device where it was is not noticed.
      return event.data.from === role && !world.things.at(role).includes(event.data.device)
        ? `${event.data.device} is no longer with you.`
        : undefined;
    case 'mdm.wipe-acknowledged':
      return role === MDM_ADMINISTRATOR
        ? `${MDM}: ${event.data.phone} has acknowledged order ${event.data.order}: it is wiped.`
        : undefined;
    case 'attack.ended':
      return event.on === role
        ? `${event.data.attack}, ${event.data.asset}: ${event.data.outcome}: ${event.data.because}`
        : undefined;
    default: {
      if (!phonesOf(world, role).includes(event.on)) return undefined;
      const shown = shownOn(event);
      return shown === undefined ? undefined : `${event.on}: ${shown}`;
    }
  }
}

/** What a phone shows by itself. */
function shownOn(event: AnyTraceEvent): string | undefined {
  switch (event.type) {
    case 'handset.ringing': {
      const warning = event.data.mismatch ? '; WARNING: the network names another caller' : '';
      return `rings: call from ${event.data.shown} (verified)${warning}`;
    }
    case 'handset.call-secure':
      return `in a secure call with ${event.data.peer}`;
    case 'handset.call-refused':
      return `call to ${event.data.to} refused: ${event.data.status} ${event.data.reason}`;
    case 'handset.call-ended':
      return `call ended after ${Math.round(event.data.seconds)} s: ${event.data.reason.replaceAll('-', ' ')}`;
    case 'handset.refused':
      return `the server refuses this phone (${event.data.reason})`;
    case 'handset.offline':
      return `no connection to the server (${event.data.reason})`;
    case 'handset.enrolled':
      return `enrolled as ${event.data.number}`;
    case 'handset.enrol-refused':
      return `enrolment refused: ${event.data.message}`;
    case 'handset.keys-installed':
      return `new keys of ${event.data.period}`;
    case 'handset.awaiting-keys':
      return `no keys of ${event.data.period}: out of service until new keys come`;
    case 'handset.wiped':
      return 'this phone has been wiped';
    default:
      return undefined;
  }
}
