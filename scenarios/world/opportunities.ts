/**
 * What shows that something could have happened that did not: for a type of event that a `never` names, the types that are the same
 * attempt with another end, or the first half of it. It stands beside the declaration of events because only who knows what
 * writes them can say so. A type that is not here has no default, and a `never` of it says itself what is given.
 */
import { CUSTODY_EVENTS } from '../../sim/custody.ts';
import type { OpportunityWords } from '../language/index.ts';

/** Of these types; the fields, which have one name on both sides, must agree, and so must those that `renamed` pairs. */
const about = (
  types: readonly string[],
  fields: readonly string[],
  renamed: Readonly<Record<string, string>> = {},
): readonly OpportunityWords[] =>
  types.map((type) => ({
    type,
    same: { ...Object.fromEntries(fields.map((field) => [field, field])), ...renamed },
  }));

/** Of these types, whatever they are about. */
const ofTypes = (types: readonly string[]): readonly OpportunityWords[] => types.map((type) => ({ type }));

/** Whoever was refused at the door of the CRS would have done this behind it. */
const atTheDoor = about(['crs.handshake-refused'], ['user'], { from: 'user' });

/** By the type that must never be seen. */
export const OPPORTUNITIES: Readonly<Record<string, readonly OpportunityWords[]>> = {
  'crs.call-routed': [...about(['crs.call-refused'], ['from', 'to']), ...atTheDoor],
  'crs.call-connected': [...about(['crs.call-routed', 'crs.call-refused'], ['from', 'to']), ...atTheDoor],
  'crs.call-refused': about(['crs.call-routed'], ['from', 'to']),
  'crs.registered': atTheDoor,
  'crs.session-opened': atTheDoor,
  'crs.handshake-refused': about(['crs.session-opened', 'crs.registered'], ['user']),
  'crs.package-served': [...about(['crs.package-refused'], ['user', 'number', 'period']), ...atTheDoor],
  'crs.package-refused': about(['crs.package-served'], ['user', 'number', 'period']),
  'crs.user-unblocked': about(['crs.user-blocked'], ['user', 'number']),
  'cms.disc-refused': about(['cms.disc-burnt'], ['disc', 'on']),
  'cms.cable-plugged': about(['cms.disc-burnt', 'cms.user-added'], ['on']),
  'handset.enrolled': [
    ...about(['handset.install-refused', 'handset.enrol-refused'], ['on']),
    ...about(['person.scanned'], [], { on: 'phone' }),
  ],
  'handset.install-refused': about(['handset.installed'], ['on']),
  'handset.keys-installed': about(['handset.keys-refused'], ['on', 'user', 'period']),
  'handset.keys-refused': about(['handset.keys-installed'], ['on', 'user', 'period']),
  'handset.call-connected': about(['handset.call-placed'], ['from', 'to']),
  'handset.call-secure': about(['handset.call-placed'], ['from', 'to']),
  'handset.call-refused': about(['handset.call-placed', 'handset.call-secure'], ['from', 'to']),
  'mikey.accepted': about(['mikey.refused'], ['to', 'on'], { from: 'claimed' }),
  'mikey.refused': about(['mikey.accepted'], ['to', 'on'], { claimed: 'from' }),
  // In a run without calls nobody falls out of step, and nothing is shown.
  'handset.out-of-step': ofTypes(['handset.call-connected', ...Object.keys(CUSTODY_EVENTS.events)]),
  'console.refused': about(['console.answered'], ['on']),
  'audit.stray': ofTypes(['audit.scanned']),
  'invariant.broken': ofTypes(Object.keys(CUSTODY_EVENTS.events)),
};
