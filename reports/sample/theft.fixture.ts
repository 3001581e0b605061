/** A handset is stolen: the procedure by the book, and the same reported nine days late. */
import { PATH } from './path.fixture.ts';
import type { VariantResult } from '../../scenarios/evidence/model.ts';
import { DAY, HOUR, MINUTE } from '../../sim/clock.ts';
import { PROCEDURES } from './procedures.fixture.ts';
import { PSK, RSK, theftChecks } from './theft-checks.fixture.ts';
import { at, BEGINS, traceOf } from './trace.fixture.ts';

/** The trace of the theft: the events that checks rest on, with their causes, and much that they do not. */
export const theft = traceOf([
  [0, 'trace.began', 'run', 0, { version: 2, tool: 'calldrill 0.1.0', seed: '42' }],
  [at(8, 5), 'person.typed', 'alice', 0, { on: 'alice-phone', line: 'call bob --for 40s' }],
  [at(8, 5, 1), 'call.placed', 'alice-phone', 2, { call: 'alice-to-bob#1' }],
  [at(8, 5, 3), 'call.connected', 'bob-phone', 3, { call: 'alice-to-bob#1', setUpMs: 2210 }],
  [at(8, 12), 'person.typed', 'bob', 0, { on: 'bob-phone', line: 'call alice --for 40s' }],
  [at(8, 12, 1), 'call.placed', 'bob-phone', 5, { call: 'bob-to-alice#1' }],
  [at(8, 12, 3), 'call.connected', 'alice-phone', 6, { call: 'bob-to-alice#1', setUpMs: 1984 }],
  [at(8, 30), 'person.typed', 'thief', 0, { on: 'thief', line: 'seize alice-phone' }],
  [
    at(8, 30),
    'attacker.seized',
    'thief',
    8,
    {
      device: 'alice-phone',
      holds: ['RSK(+447700900001 2015-10)#5be1c9d0', 'PSK(+447700900001 2015-10)#1a2b3c4d'],
    },
  ],
  [at(8, 40), 'probe.ran', 'thief', 9, { id: 'decrypt-incoming', outcome: 'opened', audioSeconds: 39.98 }],
  [at(8, 41), 'probe.ran', 'thief', 9, { id: 'decrypt-outgoing', outcome: 'refused' }],
  [at(8, 45), 'probe.ran', 'thief', 9, { id: 'call-as-alice', outcome: 'opened' }],
  [at(9, 10), 'person.told', 'crs-admin', 0, { by: 'alice', text: 'my phone is gone' }],
  [at(9, 20), 'person.typed', 'crs-admin', 13, { on: 'crs', line: 'block-user +447700900001' }],
  [at(9, 20), 'crs.user-blocked', 'crs', 14, { user: 'alice', number: '+447700900001' }],
  [at(9, 20) + 412_000, 'crs.session-closed', 'crs', 15, { user: 'alice', peer: 'alice-phone' }],
  [at(9, 21), 'probe.ran', 'thief', 9, { id: 'call-as-alice-blocked', outcome: 'refused' }],
  [at(9, 45), 'person.typed', 'cms-operator', 13, { on: 'cms', line: 'destroy-keys +447700900001' }],
  [
    at(9, 45),
    'cms.keys-destroyed',
    'cms',
    18,
    { user: 'alice', updateKey: 'update key(+447700900001)#90c4e2aa' },
  ],
  [at(10, 30), 'probe.ran', 'thief', 9, { id: 'decrypt-incoming-later', outcome: 'opened' }],
  [
    17 * DAY + 16 * HOUR + 10 * MINUTE,
    'probe.ran',
    'thief',
    9,
    { id: 'unwrap-november', outcome: 'refused' },
  ],
  [18 * DAY, 'trace.ended', 'run', 0, { events: 22 }],
]);

/** The reference run: the thief succeeds until the procedure takes effect, as predicted, so there are exposures and no failures. */
export const theftRun: VariantResult = {
  name: 'wipe-destroy-block',
  title: 'The procedure as written, one hour after the theft',
  reference: true,
  begins: BEGINS,
  ends: 18 * DAY,
  seed: '42/client-compromise/wipe-destroy-block',
  setBy: { 'block-subject': { by: 'variant' }, 'psk-rotation': { by: 'deployment', at: 'ours.yaml:7' } },
  parameters: { 'block-subject': 'number', 'psk-rotation': 'monthly' },
  checks: theftChecks,
  procedures: PROCEDURES,
  exposure: [
    {
      asset: 'call bob-to-alice#1',
      capability: 'decrypt',
      fromEarliest: at(8, 30),
      from: at(8, 40),
      lastSuccess: at(10, 30),
      means: [RSK, PSK],
      audioSeconds: 39.98,
      tries: ['decrypt-incoming'],
      ...PATH,
    },
    {
      asset: 'identity alice',
      capability: 'impersonate',
      fromEarliest: at(8, 30),
      from: at(8, 45),
      lastSuccess: at(9, 19),
      firstFailure: at(9, 21),
      means: [PSK],
      audioSeconds: 0,
      impersonationHours: { atLeast: 0.56, atMost: 0.85 },
      tries: ['call-as-alice', 'call-as-alice-blocked'],
      ...PATH,
    },
  ],
  ladder: [
    {
      time: at(8, 5, 1),
      from: 'alice-phone',
      to: 'crs',
      label: 'INVITE (I_MESSAGE 593 octets)',
      kind: 'signalling',
      event: 3,
    },
    {
      time: at(8, 5, 1) + 41_000,
      from: 'crs',
      to: 'bob-phone',
      label: 'INVITE (I_MESSAGE 593 octets)',
      kind: 'signalling',
      event: 3,
    },
    { time: at(8, 5, 3), from: 'bob-phone', to: 'crs', label: '200 OK', kind: 'signalling', event: 4 },
    {
      time: at(8, 5, 4),
      from: 'alice-phone',
      to: 'bob-phone',
      label: 'SRTP 1,998 packets',
      kind: 'media',
      event: 4,
    },
    {
      time: at(8, 12, 1),
      from: 'bob-phone',
      to: 'crs',
      label: 'INVITE (I_MESSAGE 593 octets)',
      kind: 'signalling',
      event: 6,
    },
    {
      time: at(8, 12, 4),
      from: 'bob-phone',
      to: 'alice-phone',
      label: 'SRTP 1,999 packets',
      kind: 'media',
      event: 7,
    },
    {
      time: at(8, 30),
      from: 'thief',
      to: 'alice-phone',
      label: 'seize: flash image, 4,194,304 octets',
      kind: 'attack',
      event: 9,
    },
    {
      time: at(8, 40),
      from: 'thief',
      to: 'thief',
      label: 'decrypt bob-to-alice#1: opened',
      kind: 'attack',
      event: 10,
    },
    {
      time: at(8, 45),
      from: 'thief',
      to: 'crs',
      label: 'INVITE as +447700900001',
      kind: 'attack',
      event: 12,
    },
    { time: at(9, 10), from: 'alice', to: 'crs-admin', label: 'my phone is gone', kind: 'people', event: 13 },
    {
      time: at(9, 20),
      from: 'crs-admin',
      to: 'crs',
      label: 'block-user +447700900001',
      kind: 'people',
      event: 14,
    },
    {
      time: at(9, 20) + 412_000,
      from: 'crs',
      to: 'alice-phone',
      label: 'TLS close_notify',
      kind: 'signalling',
      event: 16,
    },
    {
      time: at(9, 45),
      from: 'cms-operator',
      to: 'cms',
      label: 'destroy-keys +447700900001',
      kind: 'people',
      event: 18,
    },
  ],
  typed: [
    { time: at(8, 5), by: 'alice', on: 'alice-phone', line: 'call bob --for 40s' },
    { time: at(8, 12), by: 'bob', on: 'bob-phone', line: 'call alice --for 40s' },
    { time: at(8, 30), by: 'thief', on: 'thief', line: 'seize alice-phone' },
    { time: at(9, 10), by: 'alice', on: 'alice', line: 'tell crs-admin my phone is gone', clause: 'para-29' },
    {
      time: at(9, 12),
      by: 'mdm-admin',
      on: 'mdm',
      line: 'wipe alice-phone',
      clause: 'para-30',
      refused: 'MDM_UNREACHABLE: the phone has not been seen since 08:31',
    },
    { time: at(9, 20), by: 'crs-admin', on: 'crs', line: 'block-user +447700900001', clause: 'para-32' },
    { time: at(9, 45), by: 'cms-operator', on: 'cms', line: 'destroy-keys +447700900001', clause: 'para-31' },
    { time: at(9, 58), by: 'cms-operator', on: 'cms', line: 'burn-disc 2015-11', clause: 'para-26' },
    { time: at(10, 20), by: 'crs-admin', on: 'crs', line: 'load-disc', clause: 'para-26' },
  ],
  calls: [],
  moments: {
    stolen: { time: at(8, 30), event: 9 },
    reported: { time: at(9, 10), event: 13 },
    blocked: { time: at(9, 20), event: 15 },
    destroyed: { time: at(9, 45), event: 19 },
    wiped: null,
  },
  measures: [
    { name: 'calls connected', value: 4, unit: 'calls' },
    { name: 'call set-up, median', value: 2097, unit: 'milliseconds' },
    { name: 'packet loss', value: 1.02, unit: 'percent' },
  ],
  facts: [],
  traceDigest: theft.digest,
  traceEvents: theft.events.length,
  replay: 'calldrill run client-compromise --variant wipe-destroy-block --seed 42',
};

/** The same theft, reported when the month was over: the block comes too late. */
export const lateRun: VariantResult = {
  ...theftRun,
  name: 'reported-late',
  title: 'Human error: the theft is reported after nine days',
  reference: false,
  seed: '42/client-compromise/reported-late',
  parameters: { ...theftRun.parameters, 'crs-months': '3' },
  checks: theftChecks.map((check) => {
    if (check.id === 'keys-destroyed-in-time') {
      return {
        ...check,
        verdict: 'fail',
        why: 'cms.keys-destroyed came 9d 2h after reported; the limit is 1h.',
        lostAt: { event: 15, time: at(9, 20), by: 'window' },
      };
    }
    if (check.id === 'unwrap-november' && check.probe !== undefined) {
      return {
        ...check,
        verdict: 'fail',
        why: 'Predicted refused, was opened: the package was fetched on 2015-10-20, before the update key changed.',
        probe: { ...check.probe, outcome: 'opened', means: ['update key(+447700900001)#3c7700b1'] },
      };
    }
    if (check.id === 'call-as-alice-blocked' && check.probe !== undefined) {
      return {
        ...check,
        verdict: 'inconclusive',
        why: 'The positive control did not open: the peer was out of service.',
        probe: {
          ...check.probe,
          outcome: 'inconclusive',
          positiveControl: 'refused',
          positiveBecause: 'the peer was out of service',
        },
      };
    }
    return check;
  }),
  exposure: [
    ...theftRun.exposure,
    {
      asset: 'month 2015-11',
      capability: 'rekey',
      fromEarliest: 6 * DAY,
      from: 6 * DAY + HOUR,
      lastSuccess: 17 * DAY + 16 * HOUR + 10 * MINUTE,
      means: ['update key(+447700900001)#3c7700b1'],
      audioSeconds: 0,
      tries: ['unwrap-november'],
      ...PATH,
    },
  ],
  replay: 'calldrill run client-compromise --variant reported-late --seed 42',
};
