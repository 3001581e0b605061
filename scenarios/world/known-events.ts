/**
 * The types of trace events that a scenario may name, with the fields of each: those of the kinds of devices, and those that no device
 * but a console, a person, the examiner or the world itself puts into the trace.
 */
import type { DeviceKinds } from '../../devices/kind.ts';
import '../../devices/console/index.ts';
import { CUSTODY_EVENTS } from '../../sim/custody.ts';
import { eventGroup, type EventGroup } from '../../sim/event-group.ts';
import { AUDIT_EVENTS } from './examiner/known-events.ts';
import './invariants/events.ts';
import './people/person.ts';
import { ASSET_EVENTS } from './things/asset-events.ts';
import './probes/events.ts';
import './procedures/events.ts';
import './events.ts';
import { NOTICE_EVENTS } from './notices/known-events.ts';
import { PROCEDURE_EVENTS } from './procedures/known-events.ts';

/** What consoles and people put into the trace. */
const BEFORE_DEVICES = [
  eventGroup('console', {
    title: 'Consoles',
    where: 'On the device or person whose console it is.',
    events: {
      'console.typed': { fields: ['by', 'line'], meaning: 'somebody typed a line' },
      'console.answered': { fields: ['lines'], meaning: 'what the console answered' },
      'console.refused': {
        fields: ['code', 'message'],
        meaning: 'the line was refused, with a code of [errors.md](errors.md)',
      },
    },
  }),
  eventGroup('person', {
    title: 'People',
    where: 'On the person. `by` is the same person.',
    events: {
      'person.told': { fields: ['by', 'to', 'message'], meaning: 'said something to somebody' },
      'person.carried': { fields: ['by', 'thing', 'to'], meaning: 'brought a thing to somebody' },
      'person.took': {
        fields: ['by', 'thing', 'from'],
        meaning: 'took a print or a disc from whoever had it',
      },
      'person.took-blank': { fields: ['by', 'disc'], meaning: 'took a new blank disc' },
      'person.inserted': {
        fields: ['by', 'disc', 'device', 'used'],
        meaning:
          'put a disc into a device; it is `used` when it is written, or was in another machine before',
      },
      'person.ejected': { fields: ['by', 'disc', 'device'], meaning: 'took a disc out of a device' },
      'person.scanned': {
        fields: ['by', 'phone', 'from'],
        meaning: 'pointed a phone at a QR code; `from` is the device or the print',
      },
      'person.photographed': {
        fields: ['by', 'source', 'photo'],
        meaning: 'took a picture of a screen or a print; nothing says whether it can be read',
      },
      'person.copied': {
        fields: ['by', 'disc', 'from', 'copy'],
        meaning: 'made another disc of a disc that somebody else has, who has it still',
      },
      'person.came-too-late': {
        fields: ['by', 'thing'],
        meaning: 'wanted a thing that was destroyed by then',
      },
      'person.sealed': {
        fields: ['by', 'thing', 'envelope', 'intact'],
        meaning: 'put a print into an envelope, which is not `intact` when it was opened before',
      },
      'person.opened': {
        fields: ['by', 'envelope', 'thing', 'intact'],
        meaning: 'took a print out of an envelope, which was `intact` until then, or not any more',
      },
      'person.inspected': {
        fields: ['by', 'envelope', 'intact'],
        meaning: 'looked at an envelope: whether it is as it was closed',
      },
      'person.destroyed': { fields: ['by', 'thing'], meaning: 'destroyed a disc or a print' },
      'person.sanitised': {
        fields: ['by', 'thing', 'medium', 'method'],
        meaning: 'treated a medium so that it can leave the house; what came of it nobody is told',
      },
      'person.threw-away': { fields: ['by', 'thing'], meaning: 'threw a thing into the bin' },
      'person.replaced-disk': {
        fields: ['by', 'device', 'disk', 'medium'],
        meaning: 'took the disk out of a computer, which goes on with a new one',
      },
      'person.shielded': {
        fields: ['by', 'device', 'shielded'],
        meaning: 'put a device out of reach of every network (`shielded: true`) or back',
      },
      'person.plugged': {
        fields: ['by', 'device', 'plugged'],
        meaning:
          'put a network cable into a device that must not have one, or (`plugged: false`) took it out',
      },
      'person.seized': {
        fields: ['by', 'device', 'from', 'octets', 'sha256'],
        meaning: 'took or copied the storage of a device; `octets` counts it',
      },
      'person.moved-number': {
        fields: ['by', 'number', 'from', 'to'],
        meaning: 'had the provider move a number from the SIM in one phone to a new one in another',
      },
      'person.rang': {
        fields: ['by', 'number', 'phone', 'answered'],
        meaning:
          'rang a number on the ordinary telephone network: the phone that it reached, and who `answered`; `null` when nobody did',
      },
      'person.noted': { fields: ['by', 'text'], meaning: 'wrote into the record of the exercise' },
    },
  }),
  ASSET_EVENTS,
] as const;

/** What whoever watches a world puts into the trace. */
const AFTER_DEVICES = [
  ...NOTICE_EVENTS,
  CUSTODY_EVENTS,
  eventGroup('opening', {
    title: 'The opening',
    where: 'On `world`.',
    events: {
      'opening.ended': {
        fields: ['played'],
        meaning:
          'everybody who begins with keys has them; lines of the roles in `played` are typed by people',
      },
    },
  }),
  eventGroup('exercise', {
    title: 'Exercises',
    where: 'On `world`.',
    events: {
      'exercise.left': {
        fields: ['roles'],
        meaning: 'those who were played left before the end; the rest is played on without them',
      },
    },
  }),
  eventGroup('step', {
    title: 'Steps',
    where: 'On the person who types.',
    events: {
      'step.typed': {
        fields: ['step', 'refused'],
        meaning: 'a line of the screenplay was typed; the code when it was refused, and `null` otherwise',
      },
    },
  }),
  PROCEDURE_EVENTS,
  eventGroup('probe', {
    title: 'Probes',
    where: 'On the attacker.',
    events: {
      'probe.not-made': {
        fields: ['id', 'row', 'reason'],
        meaning: 'a probe that this run cannot make: it would disturb a live world',
      },
      'probe.result': {
        fields: [
          'id',
          'row',
          'probe',
          'predict',
          'outcome',
          'attack',
          'route',
          'needs',
          'asset',
          'capability',
          'victim',
          'call',
          'reason',
          'missing',
          'means',
          'sources',
          'because',
          'audioSeconds',
          'positiveControl',
          'positiveBecause',
          'positiveReason',
          'negativeControl',
          'negativeBecause',
          'negativeReason',
        ],
        meaning: 'what a probe came to, with its controls',
      },
    },
  }),
  AUDIT_EVENTS,
  eventGroup('invariant', {
    title: 'Invariants',
    where:
      'On the invariant: `master-secrets`, `user-keys`, `traffic-keys`, `wiped-phones` or `months-ahead`.',
    events: {
      'invariant.watched': {
        fields: ['invariant', 'kind', 'holder'],
        meaning:
          'a secret that an invariant is about was made, the first of its kind: from then on it can be broken',
      },
      'invariant.broken': {
        fields: ['invariant', 'event', 'secret', 'holder'],
        meaning:
          'what must hold at every moment does not: event number `event` gave `holder` a secret, or left it there',
      },
    },
  }),
  eventGroup('live', {
    title: 'Live runs',
    where: 'On `world`.',
    events: {
      'live.lag': {
        fields: ['events', 'p50', 'p99', 'max', 'bound', 'valid', 'skipped'],
        meaning:
          'the last but one: percentiles of how late what was due came, in microseconds; beyond `bound` the run is not valid',
      },
    },
  }),
  eventGroup('director', {
    title: 'Directed runs',
    where: 'On the device.',
    events: {
      'director.device-joined': {
        fields: ['device', 'kind', 'address'],
        meaning: 'the process of a device has come to the director, or has come again',
      },
      'director.device-lost': {
        fields: ['device', 'reason'],
        meaning: 'the process of a device is gone: killed, crashed, or cut off',
      },
    },
  }),
  eventGroup('trace', {
    title: 'The trace itself',
    where: 'On `world`.',
    events: {
      'trace.began': {
        fields: ['version', 'tool', 'scenario', 'variant', 'seed', 'keySeed', 'begins'],
        meaning: 'the first event',
      },
      'trace.ended': { fields: ['events'], meaning: 'the last; `events` counts all of them' },
    },
  }),
] as const;

/** Of the world itself: what is no device's. */
export const WORLD_EVENTS = [...BEFORE_DEVICES, ...AFTER_DEVICES] as const;

/** All groups of a world with devices of these kinds, in the order in which documentation lists them. */
export function eventGroupsOf(kinds: DeviceKinds): readonly EventGroup[] {
  return [...BEFORE_DEVICES, ...kinds.flatMap(({ told }) => told.events), ...AFTER_DEVICES];
}

/** The fields of each type in such a world. */
export function eventFieldsOf(kinds: DeviceKinds): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    eventGroupsOf(kinds).flatMap(({ events }) =>
      Object.entries(events).map(([type, { fields }]) => [type, fields] as const),
    ),
  );
}
